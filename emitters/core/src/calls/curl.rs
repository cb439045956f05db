//! Calls with curl, for a POSIX shell.

use atlas9_ir::{AuthKind, HttpMethod};

use super::{Call, CallWriter, target};

/// Writes calls that stand by themselves.
pub(super) struct Calls;

impl CallWriter for Calls {
    fn client(&self) -> Option<String> {
        None
    }

    fn call(&self, call: &Call<'_>) -> String {
        written(call)
    }
}

/// `curl -X POST 'https://api.books.net/v1/books' ...`, an option a line. Tokens come from variables of the shell.
fn written(call: &Call<'_>) -> String {
    let address = quoted(&format!("{}{}", call.server.trim_end_matches('/'), target(call)));
    let mut parts = vec![match call.operation.method {
        HttpMethod::Get => format!("curl {address}"),
        other => format!("curl -X {} {address}", other.word()),
    }];
    parts.extend(credentials(call).map(|header| format!("-H \"{header}\"")));
    if call.operation.idempotent {
        parts.push("-H \"Idempotency-Key: $(uuidgen)\"".to_owned());
    }
    if call.operation.conditional {
        parts.push("-H \"If-Match: $ETAG\"".to_owned());
    }
    let own = call.request.headers.iter().flat_map(|given| {
        given
            .texts()
            .into_iter()
            .map(|text| format!("{}: {}", given.name, text.replace(char::is_control, " ")))
    });
    parts.extend(own.map(|header| format!("-H {}", quoted(&header))));
    if let Some(body) = &call.request.body {
        let kind = match call.operation.method {
            HttpMethod::Patch => "application/merge-patch+json",
            HttpMethod::Get | HttpMethod::Post | HttpMethod::Put | HttpMethod::Delete => "application/json",
        };
        parts.push(format!("-H \"Content-Type: {kind}\""));
        parts.push(format!("--data {}", quoted(&format!("{body:#}"))));
    }
    parts.join(" \\\n  ")
}

fn credentials(call: &Call<'_>) -> Option<&'static str> {
    let scheme = call.ir.service.auth.first().filter(|_| !call.operation.public)?;
    Some(match scheme.kind {
        AuthKind::Bearer => "Authorization: Bearer $TOKEN",
        AuthKind::ApiKey => "X-API-Key: $API_KEY",
    })
}

/// A word of the shell in which nothing has a meaning.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_ends_a_word() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(text), expected);
        check("plain", "'plain'");
        check("'; rm -rf / #$(x)`y`", "''\\''; rm -rf / #$(x)`y`'");
    }
}
