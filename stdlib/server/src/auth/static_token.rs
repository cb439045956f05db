//! One fixed token.

use sha2::{Digest, Sha256};

use super::{Authenticator, Principal};
use crate::handler::BoxFuture;
use crate::{Problem, descriptor::Service};

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
