//! Who calls.

use axum::http::HeaderMap;

use atlas9_descriptor::Operation;

use crate::server::Shared;
use crate::{Principal, Problem};

/// That the caller has the scopes of an operation.
pub(crate) fn allowed(principal: &Principal, operation: &Operation) -> Result<(), Problem> {
    let lacking: Vec<&'static str> =
        operation.requires.iter().copied().filter(|scope| !principal.may(&[scope])).collect();
    if lacking.is_empty() { Ok(()) } else { Err(Problem::insufficient_scope(&lacking)) }
}

/// The caller of an operation; nobody in particular where it is public and there is no token.
pub(crate) async fn caller(shared: &Shared, headers: &HeaderMap, public: bool) -> Result<Principal, Problem> {
    let Some(authenticator) = shared.authenticator.as_ref().filter(|_| shared.plan.service.bearer) else {
        return Ok(Principal::anonymous());
    };
    match headers.get("authorization") {
        None if public => Ok(Principal::anonymous()),
        None => Err(Problem::unauthenticated()),
        Some(header) => {
            let token = header.to_str().ok().and_then(bearer).ok_or_else(Problem::invalid_token)?;
            authenticator.authenticate(token).await?.ok_or_else(Problem::invalid_token)
        }
    }
}

/// The token of RFC 6750, section 2.1.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
