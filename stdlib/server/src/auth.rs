//! Who calls, and what that caller may do.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::handler::BoxFuture;
use crate::{Problem, descriptor::Service};

/// A caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Principal {
    id: String,
    scopes: BTreeSet<String>,
    tenant: Option<String>,
}

impl Principal {
    /// A caller with an id that stays the same from request to request, and scopes.
    pub fn new(id: impl Into<String>, scopes: impl IntoIterator<Item = impl Into<String>>) -> Principal {
        Principal { id: id.into(), scopes: scopes.into_iter().map(Into::into).collect(), tenant: None }
    }

    /// The tenant whose rows the caller sees, in the form that its column's type has in JSON.
    #[must_use]
    pub fn with_tenant(mut self, tenant: impl Into<String>) -> Principal {
        self.tenant = Some(tenant.into());
        self
    }

    /// Nobody in particular: no id, no scopes.
    pub fn anonymous() -> Principal {
        Principal::default()
    }

    /// The id; empty for [`Principal::anonymous`].
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The scopes.
    pub fn scopes(&self) -> &BTreeSet<String> {
        &self.scopes
    }

    /// The tenant that the caller belongs to; none for a caller who belongs to none.
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// True when the caller has all of these scopes.
    pub fn may(&self, scopes: &[&str]) -> bool {
        scopes.iter().all(|scope| self.scopes.contains(*scope))
    }
}

/// Finds the caller behind a bearer token.
pub trait Authenticator: Send + Sync + 'static {
    /// The caller; `None` for a token that is unknown, expired or not to be trusted.
    ///
    /// # Errors
    /// When the question cannot be answered, for example because a key server is down. Answer with
    /// [`Problem::unavailable`].
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>>;
}

/// One fixed token, for development and tests.
pub struct StaticToken {
    digest: [u8; 32],
    principal: Principal,
}

impl StaticToken {
    /// The token of one caller.
    pub fn new(token: &str, principal: Principal) -> StaticToken {
        StaticToken { digest: digest(token), principal }
    }

    /// A token for the caller `development` with every scope of a service.
    pub fn development(token: &str, service: &Service) -> StaticToken {
        StaticToken::new(token, Principal::new("development", service.scopes.iter().copied()))
    }

    /// Makes up a token for development that nobody guesses, `dev-...`: a version 4 UUID has 122 random bits (RFC 9562).
    pub fn made_up() -> String {
        format!("dev-{}", uuid::Uuid::new_v4().simple())
    }
}

impl Authenticator for StaticToken {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        // Digests are compared, so that the time it takes tells nothing about the token.
        let found = (digest(token) == self.digest).then(|| self.principal.clone());
        Box::pin(std::future::ready(Ok(found)))
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::StaticToken;

    #[test]
    fn makes_up_tokens() {
        let token = StaticToken::made_up();
        assert!(token.starts_with("dev-") && token.len() == 36, "{token}");
        assert_ne!(token, StaticToken::made_up());
    }
}
