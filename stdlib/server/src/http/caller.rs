//! Who calls.

use atlas9_descriptor::{Auth, Operation};
use axum::http::{HeaderMap, HeaderValue};

use crate::auth::LONGEST_TOKEN;
use crate::server::Shared;
use crate::store::Reach;
use crate::{Principal, Problem};

/// That the caller has the scopes of an operation.
pub(crate) fn allowed(principal: &Principal, operation: &Operation) -> Result<(), Problem> {
    let lacking: Vec<&'static str> =
        operation.requires.iter().copied().filter(|scope| !principal.may(&[scope])).collect();
    if lacking.is_empty() { Ok(()) } else { Err(Problem::insufficient_scope(&lacking)) }
}

/// That the caller has a tenant where the rows of the operation's resource belong to tenants.
pub(crate) fn belongs(
    shared: &Shared,
    principal: &Principal,
    resource: Option<usize>,
) -> Result<(), Problem> {
    let tenants = resource.and_then(|place| shared.plan.at(place)).is_some_and(|plan| plan.tenant.is_some());
    match shared.plan.reach(principal) {
        Reach::Shared if tenants => Err(Problem::tenant_required()),
        _ => Ok(()),
    }
}

/// The caller of an operation; nobody in particular where it is public and there is no token. A token that is not accepted is
/// refused there too: whoever sends one believes to be somebody, and would be answered as nobody.
pub(crate) async fn caller(shared: &Shared, headers: &HeaderMap, public: bool) -> Result<Principal, Problem> {
    let schemes = shared.plan.service.auth;
    let Some(authenticator) = shared.authenticator.as_ref().filter(|_| !schemes.is_empty()) else {
        return Ok(Principal::anonymous());
    };
    let mut given = schemes.iter().flat_map(|auth| credentials(*auth, headers));
    match (given.next(), given.next()) {
        (None, _) if public => Ok(Principal::anonymous()),
        (None, _) => Err(Problem::unauthenticated()),
        // Of two, this server and one before it could take different ones.
        (Some(_), Some(_)) => Err(Problem::invalid_token()),
        (Some((auth, value)), None) => {
            let token = token(auth, value).ok_or_else(Problem::invalid_token)?;
            let found = authenticator.authenticate(token).await?;
            found.filter(Principal::has_room).ok_or_else(Problem::invalid_token)
        }
    }
}

/// Every value of a scheme's header.
fn credentials(auth: Auth, headers: &HeaderMap) -> impl Iterator<Item = (Auth, &HeaderValue)> {
    headers.get_all(auth.header()).iter().map(move |value| (auth, value))
}

/// The token in a header, where its form and length let it be one.
fn token(auth: Auth, value: &HeaderValue) -> Option<&str> {
    let text = value.to_str().ok()?;
    let token = match auth {
        Auth::Bearer => bearer(text)?,
        Auth::ApiKey => text,
    };
    let token = token.trim();
    let formed = token.bytes().all(|byte| byte.is_ascii_graphic());
    (formed && (1..=LONGEST_TOKEN).contains(&token.len())).then_some(token)
}

/// What follows the scheme in RFC 6750, section 2.1.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
