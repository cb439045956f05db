//! Fixed tokens.

use sha2::{Digest, Sha256};

use super::{Authenticator, Principal};
use crate::Problem;
use crate::descriptor::{Scalar, Service, Type};
use crate::handler::BoxFuture;

/// Fixed tokens, for development and tests.
#[derive(Default)]
pub struct StaticToken {
    known: Vec<([u8; 32], Principal)>,
}

impl StaticToken {
    /// The token of one caller.
    pub fn new(token: &str, principal: Principal) -> StaticToken {
        StaticToken { known: vec![(digest(token), principal)] }
    }

    /// A token for the caller `development` with every scope of a service. Where rows belong to tenants, `TOKEN=TENANT` says which
    /// one the caller is of; without it that is [`StaticToken::development_tenant`].
    pub fn development(token: &str, service: &Service) -> StaticToken {
        let principal = Principal::new("development", service.scopes.iter().copied());
        let Some(default) = StaticToken::development_tenant(service) else {
            return StaticToken::new(token, principal);
        };
        let (token, tenant) = token.split_once('=').unwrap_or((token, default));
        StaticToken::new(token, principal.with_tenant(tenant))
    }

    /// The tenant of callers in development who name none: `00000000-0000-0000-0000-000000000001`, `1` or `development`. None where
    /// no rows belong to tenants.
    pub fn development_tenant(service: &Service) -> Option<&'static str> {
        let tenant = service.resources.iter().find_map(|resource| resource.tenant_field())?;
        Some(match tenant.ty {
            Type::Scalar(Scalar::Uuid) => "00000000-0000-0000-0000-000000000001",
            Type::Scalar(Scalar::String { .. }) => "development",
            _ => "1",
        })
    }

    /// These tokens and others.
    #[must_use]
    pub fn and(mut self, others: StaticToken) -> StaticToken {
        self.known.extend(others.known);
        self
    }

    /// Makes up a token for development that nobody guesses, `dev-...`: a version 4 UUID has 122 random bits (RFC 9562).
    pub fn made_up() -> String {
        format!("dev-{}", uuid::Uuid::new_v4().simple())
    }
}

impl Authenticator for StaticToken {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        // Digests are compared, so that the time it takes tells nothing about the token.
        let asked = digest(token);
        let found =
            self.known.iter().find(|(known, _)| *known == asked).map(|(_, principal)| principal.clone());
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
