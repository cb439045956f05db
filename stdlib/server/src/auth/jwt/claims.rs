//! From the claims of a token to a principal.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use crate::auth::{LONGEST_ID, Principal};

/// Which claims are read.
#[derive(Default)]
pub(super) struct Claims {
    /// None: `scope`, then `scp`.
    pub(super) scope: Option<String>,
    pub(super) tenant: Option<String>,
}

impl Claims {
    /// The principal of a token whose signature, times, issuer and audience are good; nothing where another claim makes no sense.
    pub(super) fn principal(&self, claims: &Map<String, Value>, leeway: Duration) -> Option<Principal> {
        if !claims.get("iat").is_none_or(|time| has_begun(time, leeway)) {
            return None;
        }
        let subject = claims.get("sub")?.as_str().filter(|subject| is_subject(subject))?;
        let principal = Principal::new(subject, self.scopes(claims)?);
        match self.tenant.as_ref().and_then(|name| claims.get(name)) {
            None | Some(Value::Null) => Some(principal),
            Some(value) => Some(principal.with_tenant(tenant(value)?)),
        }
    }

    fn scopes(&self, claims: &Map<String, Value>) -> Option<Vec<String>> {
        let found = match &self.scope {
            Some(name) => claims.get(name),
            None => claims.get("scope").or_else(|| claims.get("scp")),
        };
        match found {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::String(words)) => Some(words.split_ascii_whitespace().map(str::to_owned).collect()),
            Some(Value::Array(items)) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
            Some(_) => None,
        }
    }
}

/// A token that will only be made is somebody's mistake, or worse.
fn has_begun(time: &Value, leeway: Duration) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    time.as_f64().is_some_and(|time| time <= (now + leeway).as_secs_f64())
}

/// The subject stands in logs and with the keys of idempotency.
fn is_subject(subject: &str) -> bool {
    let length = subject.chars().count();
    (1..=LONGEST_ID).contains(&length) && !subject.chars().any(char::is_control)
}

fn tenant(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}
