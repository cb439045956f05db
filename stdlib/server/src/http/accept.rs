//! What callers accept and send.

use axum::http::HeaderMap;

use super::reply::JSON;
use crate::Problem;
use atlas9_descriptor::Method;

/// What a patch can be.
const PATCHES: &str = "application/merge-patch+json, application/json";

/// Fails where the caller accepts no JSON.
pub(crate) fn acceptable(headers: &HeaderMap) -> Result<(), Problem> {
    let mut ranges = headers.get_all("accept").iter().filter_map(|value| value.to_str().ok()).peekable();
    if ranges.peek().is_none() {
        return Ok(());
    }
    let good = ranges.flat_map(|value| value.split(',')).any(accepts_json);
    if good { Ok(()) } else { Err(Problem::not_acceptable()) }
}

fn accepts_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let refused = parts.any(|part| {
        let quality = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
        quality.is_some_and(|quality| quality.parse::<f32>().is_ok_and(|quality| quality == 0.0))
    });
    !refused
        && matches!(
            media.as_str(),
            "*/*" | "application/*" | "application/json" | "application/problem+json" | ""
        )
}

/// Fails where a body is not of a type that the method reads.
pub(crate) fn readable(headers: &HeaderMap, method: Method) -> Result<(), Problem> {
    let given = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = given.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let utf8 = parts.all(|part| {
        let charset = part.to_ascii_lowercase();
        charset.strip_prefix("charset=").is_none_or(|name| matches!(name.trim_matches('"'), "utf-8" | "utf8"))
    });
    let patch = method == Method::Patch;
    if utf8 && (media == JSON || (patch && media == "application/merge-patch+json")) {
        return Ok(());
    }
    Err(if patch {
        Problem::unsupported_media_type("`application/merge-patch+json` or `application/json`")
            .with_header("accept-patch", PATCHES)
    } else {
        Problem::unsupported_media_type("`application/json`").with_header("accept", JSON)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_is_accepted() {
        let check = |accept: &str, expected| {
            let mut headers = HeaderMap::new();
            headers.insert("accept", accept.parse().expect("a header"));
            assert_eq!(acceptable(&headers).is_ok(), expected, "{accept}");
        };
        check("application/json", true);
        check("text/html, */*;q=0.1", true);
        check("application/*", true);
        check("text/html", false);
        check("application/json;q=0, text/html", false);
    }

    #[test]
    fn knows_what_is_read() {
        let check = |content: &str, method, expected| {
            let mut headers = HeaderMap::new();
            headers.insert("content-type", content.parse().expect("a header"));
            assert_eq!(readable(&headers, method).is_ok(), expected, "{content}");
        };
        check("application/json", Method::Post, true);
        check("Application/JSON; charset=UTF-8", Method::Post, true);
        check("application/json; charset=latin1", Method::Post, false);
        check("application/merge-patch+json", Method::Post, false);
        check("application/merge-patch+json", Method::Patch, true);
        check("text/plain", Method::Patch, false);
        check("", Method::Post, false);
    }
}
