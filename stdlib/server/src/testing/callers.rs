//! Callers that a test makes up.

use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::Authenticator;
use crate::handler::BoxFuture;
use crate::{Principal, Problem};

/// Every caller of a test; the token is the place.
#[derive(Default)]
pub(super) struct Callers {
    known: Mutex<Vec<Principal>>,
}

impl Callers {
    /// The token of a caller.
    pub(super) fn token(&self, caller: Principal) -> String {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.push(caller);
        (known.len() - 1).to_string()
    }
}

impl Authenticator for Arc<Callers> {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = token.parse::<usize>().ok().and_then(|place| known.get(place).cloned());
        Box::pin(std::future::ready(Ok(found)))
    }
}
