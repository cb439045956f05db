//! What callers accept and send.

use axum::http::HeaderMap;

use super::reply::JSON;
use crate::{Failure, Problem};
use atlas9_descriptor::Method;

/// What a patch can be.
const PATCHES: &str = "application/merge-patch+json, application/json";

/// Fails where the caller accepts no JSON.
pub(crate) fn acceptable(headers: &HeaderMap) -> Result<(), Problem> {
    let mut ranges = headers.get_all("accept").iter().filter_map(|value| value.to_str().ok()).peekable();
    if ranges.peek().is_none() {
        return Ok(());
    }
    // Of the ranges that JSON is in the most specific one counts (RFC 9110, section 12.5.1).
    let best = ranges.flat_map(|value| value.split(',')).filter_map(json_range).max();
    if best.is_some_and(|(_, accepted)| accepted) { Ok(()) } else { Err(Problem::not_acceptable()) }
}

/// How specific a range is that JSON is in, and whether it is accepted.
fn json_range(range: &str) -> Option<(u8, bool)> {
    let mut parts = range.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let refused = parts.any(|part| {
        let quality = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
        quality.is_some_and(|quality| quality.parse::<f32>().is_ok_and(|quality| quality == 0.0))
    });
    let specific = match media.as_str() {
        "*/*" | "" => 0,
        "application/*" => 1,
        "application/json" | "application/problem+json" => 2,
        _ => return None,
    };
    Some((specific, !refused))
}

/// Fails where a body is coded: nothing is unpacked, which also means that nothing small unpacks to something large (RFC 9110,
/// section 8.4).
pub(crate) fn plain(headers: &HeaderMap) -> Result<(), Problem> {
    let codings = headers.get_all("content-encoding").iter().filter_map(|value| value.to_str().ok());
    let mut codings = codings.flat_map(|value| value.split(',')).map(str::trim);
    if codings.all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case("identity")) {
        return Ok(());
    }
    Err(Problem::unsupported_encoding().with_header("accept-encoding", "identity"))
}

/// Fails where a body is not of a type that the method reads.
pub(crate) fn readable(headers: &HeaderMap, method: Method) -> Result<(), Problem> {
    if headers.get_all("content-type").iter().nth(1).is_some() {
        return Err(Problem::malformed(vec![Failure::repeated_header("Content-Type")]));
    }
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
        check("application/json;q=0, */*", false);
        check("application/*;q=0, */*", false);
        check("application/*;q=0, application/json", true);
    }

    #[test]
    fn knows_what_is_coded() {
        let check = |coding: &str, expected| {
            let mut headers = HeaderMap::new();
            headers.insert("content-encoding", coding.parse().expect("a header"));
            assert_eq!(plain(&headers).is_ok(), expected, "{coding}");
        };
        check("identity", true);
        check("Identity, ", true);
        check("gzip", false);
        check("identity, br", false);
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
