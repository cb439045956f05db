//! How callers are told to say who they are (RFC 9110, section 11.6.1).

use std::borrow::Cow;

use atlas9_descriptor::Auth;

use super::Problem;

/// Why a caller was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// There is no token.
    Missing,
    /// The token is not accepted.
    Invalid,
    /// The token lacks scopes.
    Scope,
}

/// The words of a problem whose service is not known yet.
const UNKNOWN: &[Auth] = &[Auth::Bearer];

/// What operations need: `a bearer token or an API key`.
pub(crate) fn needed(schemes: &[Auth]) -> &'static str {
    match (schemes.contains(&Auth::Bearer), schemes.contains(&Auth::ApiKey)) {
        (true, true) => "a bearer token or an API key",
        (false, true) => "an API key",
        _ => "a bearer token",
    }
}

impl Problem {
    /// In the words of bearer tokens, until it is known what the service takes.
    pub(super) fn challenging(
        status: u16,
        code: &'static str,
        title: &'static str,
        challenge: Challenge,
        scopes: &[&'static str],
    ) -> Problem {
        let detail = detail(challenge, UNKNOWN, scopes);
        let mut problem = Problem::new(status, code, code, title, detail);
        problem.inner.remedy = remedy(challenge, UNKNOWN);
        problem.inner.scopes = scopes.to_vec();
        problem.inner.challenge = Some(challenge);
        problem
    }

    /// The same in the words of the schemes and with their header. Other problems stay as they are, and so do words that the
    /// user's code chose.
    pub(super) fn challenged(mut self, schemes: &[Auth]) -> Problem {
        let Some(challenge) = self.inner.challenge else { return self };
        let schemes = if schemes.is_empty() { UNKNOWN } else { schemes };
        let scopes = &self.inner.scopes;
        if self.inner.detail == detail(challenge, UNKNOWN, scopes) {
            self.inner.detail = detail(challenge, schemes, scopes);
        }
        if self.inner.remedy == remedy(challenge, UNKNOWN) {
            self.inner.remedy = remedy(challenge, schemes);
        }
        let challenges: Vec<String> =
            schemes.iter().map(|auth| header(challenge, *auth, &self.inner.scopes)).collect();
        self.with_header("www-authenticate", challenges.join(", "))
    }
}

fn detail(challenge: Challenge, schemes: &[Auth], scopes: &[&str]) -> String {
    let what = match schemes {
        [Auth::ApiKey] => "API key",
        [Auth::Bearer] => "bearer token",
        _ => "token or API key",
    };
    match challenge {
        Challenge::Missing => format!("This operation needs {}, and the request has none.", needed(schemes)),
        Challenge::Invalid => format!("The {what} is not valid."),
        Challenge::Scope => {
            let what = if what == "bearer token" { "token" } else { what };
            format!("The {what} lacks the scope `{}`.", scopes.join("`, `"))
        }
    }
}

fn remedy(challenge: Challenge, schemes: &[Auth]) -> Cow<'static, str> {
    let (bearer, key) = ("`Authorization: Bearer TOKEN`", "`X-API-Key: KEY`");
    let what = if schemes == [Auth::ApiKey] { "key" } else { "token" };
    match (challenge, schemes) {
        (Challenge::Missing, [Auth::ApiKey]) => format!("Send the header {key}.").into(),
        (Challenge::Missing, [Auth::Bearer]) => format!("Send the header {bearer}.").into(),
        (Challenge::Missing, _) => format!("Send the header {bearer} or {key}.").into(),
        (Challenge::Invalid, _) => format!("Get a new {what}.").into(),
        (Challenge::Scope, _) => format!("Use a {what} that has the scope.").into(),
    }
}

/// RFC 6750, section 3, gives the parameters of `Bearer`. API keys have no registered scheme; theirs names the header.
fn header(challenge: Challenge, auth: Auth, scopes: &[&str]) -> String {
    let (scheme, mut parameters) = match auth {
        Auth::Bearer => ("Bearer", Vec::new()),
        Auth::ApiKey => ("ApiKey", vec!["header=\"X-API-Key\"".to_owned()]),
    };
    match challenge {
        Challenge::Missing => {}
        Challenge::Invalid => parameters.push("error=\"invalid_token\"".to_owned()),
        Challenge::Scope => {
            let scopes = scopes.join(" ");
            parameters.push(format!("error=\"insufficient_scope\", scope=\"{scopes}\""));
        }
    }
    format!("{scheme} {}", parameters.join(", ")).trim_end().to_owned()
}
