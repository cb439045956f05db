//! Who calls, and what that caller may do.

mod api_key;
mod jwt;
mod static_token;

pub use api_key::{ApiKey, ApiKeys, ApiKeysOr, NewApiKey};
pub use jwt::{JwtAlgorithm, JwtError, JwtVerifier};
pub use static_token::StaticToken;

use std::collections::BTreeSet;

use crate::Problem;
use crate::handler::BoxFuture;

/// The longest token that is looked at, in bytes. What many servers and proxies take as a whole header.
pub(crate) const LONGEST_TOKEN: usize = 8192;

/// The longest id of a caller, in characters (OpenID Connect Core, section 2, of `sub`). The schema's `principal` has room for it.
pub(crate) const LONGEST_ID: usize = 255;

/// A caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Principal {
    id: String,
    scopes: BTreeSet<String>,
    tenant: Option<String>,
}

impl Principal {
    /// A caller with an id that stays the same from request to request, and scopes. One with an id of more than 255 characters is
    /// refused as a token that is not accepted.
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

    /// True where the id is not longer than one may be.
    pub(crate) fn has_room(&self) -> bool {
        self.id.chars().nth(LONGEST_ID).is_none()
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

/// Finds the caller behind a bearer token, or an API key where the service takes those.
pub trait Authenticator: Send + Sync + 'static {
    /// The caller; `None` for a token that is unknown, expired or not to be trusted.
    ///
    /// # Errors
    /// When the question cannot be answered, for example because a key server is down. Answer with
    /// [`Problem::unavailable`].
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>>;
}

/// For choosing one when the server starts.
impl<A: Authenticator + ?Sized> Authenticator for Box<A> {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        (**self).authenticate(token)
    }
}
