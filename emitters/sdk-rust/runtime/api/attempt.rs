//! One attempt of a call.

use std::future::Future;
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use super::error::{ConnectionError, RequestError, TimeoutError};
use super::hooks::{AttemptInfo, AttemptResult, DeprecationNotice};
use super::prepare::Prepared;
use super::running::Running;
use super::settings::{Key, Scheme, Settings};
use super::{Error, Problem, Response, Transport};

impl Transport {
    /// Sends a request and reads the answer. An answer that is an error is one here, too.
    pub(super) async fn attempt(
        &self,
        request: &Prepared,
        info: &AttemptInfo,
        refresh: bool,
        running: &mut Running,
    ) -> Result<Response, Error> {
        let begun = Instant::now();
        let outcome = self.answer(request, info, refresh, running).await;
        self.0.report(info, begun.elapsed(), &outcome);
        outcome
    }

    async fn answer(
        &self,
        request: &Prepared,
        info: &AttemptInfo,
        refresh: bool,
        running: &mut Running,
    ) -> Result<Response, Error> {
        let settings = &self.0;
        let mut headers = request.headers.clone();
        running.mark(&mut headers);
        for hooks in &settings.hooks {
            let allowed = hooks.before_attempt(info, &mut headers);
            allowed.map_err(|why| RequestError::caused("a hook refused it", why))?;
        }
        within(running.left(), settings.authorise(&mut headers, refresh)).await?;
        // Only now: what came before has taken its time.
        let limit = running.limit();
        match exchange(settings, request, headers, limit).await {
            Ok(response) if (200..300).contains(&response.status) => Ok(response),
            Ok(response) => Err(Error::Api(Problem::of(response))),
            Err(why) => Err(failed(why, limit)),
        }
    }
}

async fn within(
    limit: Option<Duration>,
    work: impl Future<Output = Result<(), RequestError>>,
) -> Result<(), Error> {
    let Some(limit) = limit else { return Ok(work.await?) };
    match tokio::time::timeout(limit, work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Error::Timeout(TimeoutError(limit))),
    }
}

async fn exchange(
    settings: &Settings,
    request: &Prepared,
    headers: HeaderMap,
    limit: Option<Duration>,
) -> reqwest::Result<Response> {
    let mut sent = settings.http.request(request.method.clone(), request.url.clone()).headers(headers);
    if let Some(body) = &request.body {
        sent = sent.body(body.clone());
    }
    if let Some(limit) = limit {
        sent = sent.timeout(limit);
    }
    let mut got = sent.send().await?;
    let (status, headers) = (got.status().as_u16(), std::mem::take(got.headers_mut()));
    // Piece by piece into one text: whatever holds all pieces first has to be copied as a whole.
    let mut body = Vec::new();
    while let Some(piece) = got.chunk().await? {
        body.extend_from_slice(&piece);
    }
    Ok(Response { status, headers, body })
}

/// Without the URL, whose query is nobody's concern.
fn failed(why: reqwest::Error, limit: Option<Duration>) -> Error {
    match limit {
        Some(limit) if why.is_timeout() && !why.is_connect() => Error::Timeout(TimeoutError(limit)),
        _ if why.is_builder() => {
            Error::Request(RequestError::caused("it is no request of HTTP", why.without_url()))
        }
        _ => Error::Connection(ConnectionError(why.without_url())),
    }
}

impl Settings {
    async fn authorise(&self, headers: &mut HeaderMap, refresh: bool) -> Result<(), RequestError> {
        let key = match &self.key {
            None => return Ok(()),
            Some(Key::Fixed(key)) => key.clone(),
            Some(Key::Renewed(key)) => {
                key(refresh).await.map_err(|why| RequestError::caused("the key could not be had", why))?
            }
        };
        let (name, text) = match self.scheme {
            Scheme::Bearer => (AUTHORIZATION, format!("Bearer {key}")),
            Scheme::ApiKey => (HeaderName::from_static("x-api-key"), key),
        };
        // Without the text: an error may be logged.
        let value = HeaderValue::try_from(text);
        let mut value = value.map_err(|_| RequestError::new("the key cannot stand in a header"))?;
        value.set_sensitive(true);
        headers.insert(name, value);
        Ok(())
    }

    fn report(&self, attempt: &AttemptInfo, duration: Duration, outcome: &Result<Response, Error>) {
        if self.hooks.is_empty() {
            return;
        }
        let (status, headers) = match outcome {
            Ok(response) => (Some(response.status), Some(&response.headers)),
            Err(error) => (error.status(), error.problem().map(Problem::headers)),
        };
        let header = |name: &str| headers?.get(name)?.to_str().ok();
        let request_id = header("x-request-id");
        let result = AttemptResult { attempt, status, request_id, duration, error: outcome.as_ref().err() };
        let notice = DeprecationNotice {
            operation: attempt.call.operation,
            deprecation: header("deprecation").map(str::to_owned),
            sunset: header("sunset").map(str::to_owned),
            link: header("link").map(str::to_owned),
        };
        for hooks in &self.hooks {
            hooks.after_attempt(&result);
            // A service that knows no date of the deprecation itself sends the time of its end alone.
            if notice.deprecation.is_some() || notice.sunset.is_some() {
                hooks.on_deprecation(&notice);
            }
        }
    }
}
