//! What a client works with: the builder over the environment over the defaults.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;

use super::{BoxError, ConfigError, Hidden, Hooks, Transport};
use crate::Client;

/// What is known of a service.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The package's name and version, for `User-Agent`.
    pub agent: &'static str,
    /// How its variables in the environment begin: `BOOKSTORE` for `BOOKSTORE_API_KEY`.
    pub environment: &'static str,
    /// Where it is when nobody says so.
    pub base_url: Option<&'static str>,
    /// How a key travels.
    pub scheme: Scheme,
}

/// How a key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: Bearer`
    Bearer,
    /// `X-API-Key`
    ApiKey,
}

/// How long calls may take, and how often they are repeated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retries: u32,
}

impl Limits {
    /// What is wrong with them.
    pub(super) fn wrong(self) -> Option<&'static str> {
        [self.timeout, self.attempt_timeout].contains(&Some(Duration::ZERO)).then_some(NO_TIME)
    }
}

const NO_TIME: &str = "a time limit is zero: `None` is no limit";

pub(super) type KeyFuture = Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send>>;

/// Where keys come from.
#[derive(Clone)]
pub(super) enum Key {
    Fixed(String),
    /// Gives another one after the one before was refused.
    Renewed(Arc<dyn Fn(bool) -> KeyFuture + Send + Sync>),
}

/// What all calls of a client share.
pub(super) struct Settings {
    pub(super) base_url: String,
    pub(super) key: Option<Key>,
    pub(super) scheme: Scheme,
    pub(super) http: reqwest::Client,
    pub(super) limits: Limits,
    pub(super) headers: HeaderMap,
    pub(super) hooks: Vec<Arc<dyn Hooks>>,
}

/// Makes a client. What is left out comes from the environment, or has a default.
#[must_use = "a client is only made by `build`"]
pub struct ClientBuilder {
    service: Service,
    base_url: Option<String>,
    key: Option<Key>,
    scheme: Scheme,
    http: Option<reqwest::Client>,
    connect_timeout: Duration,
    limits: Limits,
    headers: HeaderMap,
    hooks: Vec<Arc<dyn Hooks>>,
    wrong: Option<String>,
}

impl ClientBuilder {
    pub(crate) fn new(service: Service) -> Self {
        Self {
            service,
            base_url: None,
            key: None,
            scheme: service.scheme,
            http: None,
            connect_timeout: Duration::from_secs(10),
            limits: Limits {
                timeout: Some(Duration::from_secs(120)),
                attempt_timeout: Some(Duration::from_secs(30)),
                retries: 2,
            },
            headers: HeaderMap::new(),
            hooks: Vec::new(),
            wrong: None,
        }
    }

    /// The key or token. It is never printed or logged.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(Key::Fixed(key.into()));
        self
    }

    /// Gives the key for each attempt. It is told `true` after the server refused the key before; that attempt is then made once more.
    pub fn api_key_from<F, K, E>(mut self, key: F) -> Self
    where
        F: Fn(bool) -> K + Send + Sync + 'static,
        K: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        self.key = Some(Key::Renewed(Arc::new(move |refresh| {
            let key = key(refresh);
            Box::pin(async move { key.await.map_err(Into::into) })
        })));
        self
    }

    /// How the key travels; by default the first way that the service declares.
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// Where the service is, without the path that every operation begins with: `https://api.example.com`. It has no password and no
    /// query.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sends requests: a client with a proxy, certificates or a cookie store. Its own time limits hold, too. Build it with
    /// `redirect(reqwest::redirect::Policy::none())`: one that follows redirects may make a GET of a POST, and send keys in headers of
    /// your own to another place.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The time that connecting may take, which is not zero; 10 seconds by default. A client of your own has its own.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// The time that a whole call may take, with its retries and pauses; 120 seconds by default, `None` for no limit.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = limit.into();
        self
    }

    /// The time that one attempt may take; 30 seconds by default, `None` for no limit.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt_timeout = limit.into();
        self
    }

    /// How often a failed attempt is repeated; 2 by default. A write is only repeated under its idempotency key.
    pub fn retries(mut self, times: u32) -> Self {
        self.limits.retries = times;
        self
    }

    /// Sets a header of every request.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            _ => self.wrong = Some(format!("the header {name} is none")),
        }
        self
    }

    /// Adds functions that are called around calls and attempts.
    pub fn hooks(mut self, hooks: impl Hooks + 'static) -> Self {
        self.hooks.push(Arc::new(hooks));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// When nothing says where the service is, or something that was said cannot be used.
    pub fn build(self) -> Result<Client, ConfigError> {
        let Self { service, base_url, key, scheme, http, connect_timeout, limits, headers, hooks, wrong } =
            self;
        if let Some(wrong) = wrong.or_else(|| limits.wrong().map(str::to_owned)) {
            return Err(ConfigError(wrong));
        }
        if connect_timeout.is_zero() {
            return Err(ConfigError("the time for connecting is zero".to_owned()));
        }
        let variable = |name: &str| {
            let found = std::env::var(format!("{}_{name}", service.environment)).ok();
            found.filter(|text| !text.is_empty())
        };
        let base_url =
            base_url.or_else(|| variable("BASE_URL")).or_else(|| service.base_url.map(str::to_owned));
        let Some(base_url) = base_url else {
            let environment = service.environment;
            return Err(ConfigError(format!(
                "say `base_url` or set {environment}_BASE_URL: nothing says where the service is"
            )));
        };
        let http = match http {
            Some(http) => http,
            None => client(connect_timeout).map_err(|why| ConfigError(why.to_string()))?,
        };
        let settings = Settings {
            base_url: address(&base_url)?,
            key: key.or_else(|| variable("API_KEY").map(Key::Fixed)),
            scheme,
            http,
            limits,
            headers: with_defaults(headers, service.agent),
            hooks,
        };
        Ok(Client::from(Transport::new(settings)))
    }
}

fn address(url: &str) -> Result<String, ConfigError> {
    let good = |parsed: &Url| {
        let bare = parsed.query().is_none() && parsed.fragment().is_none();
        let nobody = parsed.username().is_empty() && parsed.password().is_none();
        bare && nobody && parsed.has_host() && matches!(parsed.scheme(), "http" | "https")
    };
    match Url::parse(url) {
        Ok(parsed) if good(&parsed) => Ok(url.trim_end_matches('/').to_owned()),
        // Without quoting it: it may hold a password.
        _ => Err(ConfigError(
            "the base URL is `http://` or `https://`, a host, and nothing else but a path".to_owned(),
        )),
    }
}

fn with_defaults(mut headers: HeaderMap, agent: &'static str) -> HeaderMap {
    for (name, text) in [(ACCEPT, "application/json"), (USER_AGENT, agent)] {
        headers.entry(name).or_insert(HeaderValue::from_static(text));
    }
    headers
}

/// A client that stays where it is sent.
fn client(connect_timeout: Duration) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().connect_timeout(connect_timeout).redirect(Policy::none()).build()
}

/// A base URL as it was given, without the name and the password that it may hold.
struct Shown<'a>(&'a str);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(mut url) = Url::parse(self.0) else { return Hidden.fmt(f) };
        match url.set_username("").and_then(|()| url.set_password(None)) {
            Ok(()) => fmt::Debug::fmt(url.as_str(), f),
            Err(()) => Hidden.fmt(f),
        }
    }
}

/// Without the key and the headers.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url.as_deref().map(Shown))
            .field("scheme", &self.scheme)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole_and_shown_without_passwords() {
        assert_eq!(address("https://example.com/at/"), Ok("https://example.com/at".to_owned()));
        for bad in [
            "example.com",
            "ftp://example.com",
            "http://",
            "https://example.com?a=b",
            "https://example.com#a",
            "https://secret@example.com",
            "https://user:secret@example.com/at/",
        ] {
            assert!(address(bad).is_err_and(|why| !why.to_string().contains("secret")), "{bad}");
        }
        assert_eq!(
            format!("{:?}", Shown("https://user:secret@example.com/at")),
            r#""https://example.com/at""#
        );
        assert_eq!(format!("{:?}", Shown("user:secret@")), "(hidden)");
    }

    #[test]
    fn no_time_is_no_limit() {
        let service =
            Service { agent: "test", environment: "ATLAS9_TEST", base_url: None, scheme: Scheme::Bearer };
        let builder = || ClientBuilder::new(service).base_url("https://example.com");
        let zero = Duration::ZERO;
        for bad in [builder().timeout(zero), builder().attempt_timeout(zero), builder().connect_timeout(zero)]
        {
            let why = bad.build().map(drop).map_err(|why| why.to_string());
            assert!(why.as_ref().is_err_and(|why| why.contains("is zero")), "{why:?}");
        }
        assert!(builder().timeout(None).attempt_timeout(None).build().is_ok());
    }
}
