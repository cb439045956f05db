//! A key set behind a URL.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::Uri;

use super::keys::{Key, KeySet};
use super::settings::{JwtAlgorithm, JwtError};
use crate::Problem;

/// After this time keys are fetched again, so that one that was withdrawn is not trusted for ever.
const FRESH: Duration = Duration::from_secs(3600);
/// How long the key server has for its answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest document that is read, in bytes.
const LONGEST: u64 = 256 << 10;
/// While no key is known nobody can call, so that the key server is asked this often.
const PAUSE_WITHOUT_KEYS: Duration = Duration::from_secs(1);

/// The keys behind a URL, as they were when they were last fetched.
pub(super) struct Remote {
    url: String,
    agent: Agent,
    algorithms: Vec<JwtAlgorithm>,
    pub(super) pause: Duration,
    known: RwLock<Known>,
    /// One request at a time: whoever comes meanwhile waits for its outcome.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Clone, Default)]
struct Known {
    keys: Option<Arc<KeySet>>,
    fetched: Option<Instant>,
    tried: Option<Instant>,
    /// Why the last request failed, if it did.
    failure: Option<String>,
}

impl Known {
    fn find(&self, id: Option<&str>, algorithm: JwtAlgorithm) -> Vec<Arc<Key>> {
        self.keys.as_ref().map(|keys| keys.find(id, algorithm)).unwrap_or_default()
    }

    fn is_fresh(&self) -> bool {
        self.fetched.is_some_and(|fetched| fetched.elapsed() < FRESH)
    }

    /// True when the key server may be asked.
    fn may_ask(&self, pause: Duration) -> bool {
        let pause = if self.keys.is_some() { pause } else { pause.min(PAUSE_WITHOUT_KEYS) };
        self.tried.is_none_or(|tried| tried.elapsed() >= pause)
    }
}

impl Remote {
    pub(super) fn new(url: &str, algorithms: &[JwtAlgorithm]) -> Result<Remote, JwtError> {
        let uri: Uri = url.parse().map_err(|_| JwtError::Url("it cannot be read".to_owned()))?;
        if !matches!(uri.scheme_str(), Some("https" | "http")) || uri.host().is_none() {
            return Err(JwtError::Url("it begins with `https://`".to_owned()));
        }
        // Where it leads was decided by the operator, not by who answers there.
        let config = Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build();
        Ok(Remote {
            url: url.to_owned(),
            agent: config.into(),
            algorithms: algorithms.to_vec(),
            pause: Duration::from_secs(30),
            known: RwLock::default(),
            fetching: tokio::sync::Mutex::default(),
        })
    }

    /// The keys that a token may be signed with; none where the issuer has none of that id.
    ///
    /// # Errors
    /// 503 when nobody can tell, because the key server does not answer.
    pub(super) async fn find(
        self: &Arc<Remote>,
        id: Option<&str>,
        algorithm: JwtAlgorithm,
    ) -> Result<Vec<Arc<Key>>, Problem> {
        let known = self.known();
        let found = known.find(id, algorithm);
        if !found.is_empty() {
            // The token need not wait for newer keys.
            if !known.is_fresh() && known.may_ask(self.pause) && self.fetching.try_lock().is_ok() {
                tokio::spawn(Arc::clone(self).refresh());
            }
            return Ok(found);
        }
        // A task of its own: a caller who goes away would take the request along, and the next one would begin another.
        let refreshed = tokio::spawn(Arc::clone(self).refresh()).await;
        let known = refreshed.map_err(Problem::internal)?;
        let found = known.find(id, algorithm);
        match known.failure {
            Some(cause) if found.is_empty() => Err(Problem::unavailable(5, cause)),
            _ => Ok(found),
        }
    }

    fn known(&self) -> Known {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks the key server, unless it was asked just now; what is known after that.
    async fn refresh(self: Arc<Remote>) -> Known {
        let _fetching = self.fetching.lock().await;
        let known = self.known();
        if !known.may_ask(self.pause) {
            return known;
        }
        let remote = Arc::clone(&self);
        let fetched = tokio::task::spawn_blocking(move || remote.fetch()).await;
        let fetched = fetched.unwrap_or_else(|_| Err("the request was given up".to_owned()));
        let tried = Some(Instant::now());
        let known = match fetched {
            Ok(keys) => Known { keys: Some(Arc::new(keys)), fetched: tried, tried, failure: None },
            Err(cause) => {
                tracing::warn!(cause, "the key server gave no keys");
                Known { tried, failure: Some(format!("the key server gave no keys: {cause}")), ..known }
            }
        };
        self.known.write().unwrap_or_else(PoisonError::into_inner).clone_from(&known);
        known
    }

    fn fetch(&self) -> Result<KeySet, String> {
        let request =
            self.agent.get(&self.url).header("accept", "application/jwk-set+json, application/json");
        let mut response = request.call().map_err(|error| error.to_string())?;
        if response.status() != 200 {
            return Err(format!("its status is {}", response.status()));
        }
        let body = response.body_mut().with_config().limit(LONGEST).read_to_vec();
        KeySet::read(&body.map_err(|error| error.to_string())?, &self.algorithms)
            .map_err(|error| error.to_string())
    }
}
