//! `@header("X-Shop-Region")`: the header that carries a parameter.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_syntax::ast::Annotation;

use super::arguments;
use crate::context::At;

/// The header that the annotations name. Nothing where there is none, or none that a parameter can have, which is then
/// reported.
pub(crate) fn header(at: At<'_, '_>, list: &[Annotation]) -> Option<(String, Span)> {
    let annotation = list.iter().find(|annotation| annotation.name.text() == "header")?;
    let args = arguments::Arguments::read(annotation);
    let Some(name) = args.text(0).filter(|_| annotation.args.len() == 1) else {
        arguments::wrong(at, annotation, "it takes the header's name, in quotes");
        return None;
    };
    if !is_token(name) {
        at.report(
            Diagnostic::error(codes::E0425, "this is no name of a header")
                .at(annotation.span, "not a name")
                .help("a name consists of letters, digits and `-`, such as `X-Shop-Region`"),
        );
        return None;
    }
    if let Some(why) = taken(&name.to_ascii_lowercase()) {
        at.report(
            Diagnostic::error(codes::E0426, format!("no parameter can be in the header `{name}`"))
                .at(annotation.span, why)
                .help("choose a name of your own, such as `X-Shop-Region`"),
        );
        return None;
    }
    Some((name.to_owned(), annotation.span))
}

/// A token of RFC 9110, section 5.6.2.
fn is_token(name: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.len() <= 64 && name.bytes().all(token)
}

/// Why a header, in lower case, has a meaning of its own already.
fn taken(name: &str) -> Option<&'static str> {
    const FAMILIES: [(&str, &str); 8] = [
        ("content-", "it describes the body"),
        ("if-", "it makes the request conditional"),
        ("proxy-", "it is between a client and its proxy"),
        ("sec-", "browsers keep it for themselves"),
        ("access-control-", "browsers and servers agree by it what a page may call"),
        ("x-forwarded-", "proxies say by it who called them"),
        ("ratelimit", "the server tells its limits in it"),
        ("x-http-method", "servers take it for another method"),
    ];
    const NAMES: [(&[&str], &str); 8] = [
        (
            &["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"],
            "it belongs to the connection, and proxies remove it",
        ),
        (&["host", "via", "forwarded", "max-forwards", "expect", "date"], "it belongs to the transport"),
        (&["authorization", "x-api-key", "cookie", "cookie2"], "it says who the caller is"),
        (
            &["accept", "accept-charset", "accept-encoding", "range"],
            "it says which form of the answer is wanted",
        ),
        (&["idempotency-key"], "`idempotent` gives it its meaning"),
        (&["x-request-id", "traceparent", "tracestate", "baggage"], "requests are followed by it"),
        (&["cache-control", "pragma", "origin", "referer", "user-agent"], "clients set it by themselves"),
        (
            &[
                "allow",
                "deprecation",
                "etag",
                "idempotent-replayed",
                "last-modified",
                "link",
                "location",
                "retry-after",
                "server",
                "set-cookie",
                "set-cookie2",
                "sunset",
                "vary",
                "www-authenticate",
            ],
            "answers carry it",
        ),
    ];
    let family = FAMILIES.iter().find(|(start, _)| name.starts_with(start)).map(|(_, why)| *why);
    family.or_else(|| NAMES.iter().find(|(names, _)| names.contains(&name)).map(|(_, why)| *why))
}
