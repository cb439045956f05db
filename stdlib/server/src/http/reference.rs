//! The reference of the service: one page that is complete in itself, answered to everybody.

use axum::http::HeaderMap;
use sha2::{Digest, Sha256};

use super::precondition::none_match_has_tag;
use super::reply::Reply;

const HTML: &str = "text/html; charset=utf-8";

/// How a page begins to say what may run in it; the rest of the attribute is a content security policy.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// The page, and what is told of it in headers.
pub(crate) struct Reference {
    page: &'static str,
    tag: String,
    policy: String,
}

impl Reference {
    /// Of a page; nothing where there is none.
    pub(crate) fn new(page: &'static str) -> Option<Reference> {
        let hash = Sha256::digest(page.as_bytes());
        let tag = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        (!page.is_empty()).then(|| Reference { page, tag, policy: policy(page) })
    }

    /// The page, or 304 where the caller has it.
    pub(crate) fn answer(&self, headers: &HeaderMap) -> Reply {
        let mut reply = match none_match_has_tag(headers, &self.tag) {
            true => Reply::empty(304),
            false => Reply::new(200, HTML, self.page.as_bytes().to_vec()),
        };
        reply.header("etag", &format!("\"{}\"", self.tag));
        reply.header("cache-control", "no-cache");
        reply.header("content-security-policy", &self.policy);
        reply.header("x-content-type-options", "nosniff");
        reply.header("referrer-policy", "no-referrer");
        reply
    }
}

/// The page's own policy, and that no other page may show it in a frame, which only a header can say. A page without one may do
/// nothing at all.
fn policy(page: &str) -> String {
    let head = page.split_once("</head>").map_or("", |(head, _)| head);
    let own = head.split_once(POLICY).and_then(|(_, rest)| Some(rest.split_once('"')?.0));
    format!("{}; frame-ancestors 'none'", own.unwrap_or("default-src 'none'"))
}
