//! What every server answers beside its service.

use axum::http::{HeaderMap, Method, request::Parts};
use sha2::{Digest, Sha256};

use super::precondition::none_match_has_tag;
use super::reply::{JSON, Reply};
use crate::metrics::CONTENT_TYPE;
use crate::server::Shared;
use crate::store::{Mode, Reach, Statement};
use crate::{Metrics, Problem};

/// What can be done at the server's own paths.
const ALLOW: &str = "GET, HEAD, OPTIONS";

/// The answer to a path of the server's own; nothing where it is none.
pub(crate) async fn answer(shared: &Shared, parts: &Parts) -> Option<Result<Reply, Problem>> {
    let path = parts.uri.path();
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return read(shared, path, &parts.headers).await;
    }
    // A service without a base path may have more at such a path.
    if !is_own(shared, path) || shared.routes.find(path).is_some() {
        return None;
    }
    if parts.method != Method::OPTIONS {
        return Some(Err(Problem::method_not_allowed(ALLOW)));
    }
    let mut reply = Reply::empty(204);
    reply.header("allow", ALLOW);
    Some(Ok(reply))
}

fn is_own(shared: &Shared, path: &str) -> bool {
    match path {
        "/livez" | "/readyz" => true,
        "/metrics" => shared.options.metrics == Metrics::On,
        "/openapi.json" => !shared.plan.service.openapi.is_empty(),
        "/docs" => shared.reference.is_some(),
        _ => false,
    }
}

async fn read(shared: &Shared, path: &str, headers: &HeaderMap) -> Option<Result<Reply, Problem>> {
    match path {
        "/livez" => Some(Ok(said("alive"))),
        "/readyz" => Some(ready(shared).await),
        "/metrics" if shared.options.metrics == Metrics::On && shared.routes.find(path).is_none() => {
            Some(Ok(metrics(shared)))
        }
        "/openapi.json" if is_own(shared, path) => Some(Ok(document(shared.plan.service.openapi, headers))),
        "/docs" => shared.reference.as_ref().map(|reference| Ok(reference.answer(headers))),
        _ => None,
    }
}

/// The OpenAPI document, or that the caller has it already.
fn document(text: &str, headers: &HeaderMap) -> Reply {
    let digest = Sha256::digest(text);
    let tag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let mut reply = match none_match_has_tag(headers, &tag) {
        true => Reply::empty(304),
        false => Reply::new(200, JSON, text.as_bytes().to_vec()),
    };
    reply.header("etag", &format!("\"{tag}\""));
    reply
}

/// What the server counted.
pub(crate) fn metrics(shared: &Shared) -> Reply {
    let (process, pools) = (&shared.process, shared.store.pools());
    match process.metrics.render(process.requests(), &pools) {
        Ok(text) => Reply::new(200, CONTENT_TYPE, text.into_bytes()),
        // Text can always be written into memory.
        Err(_) => Reply::empty(500),
    }
}

fn said(status: &str) -> Reply {
    Reply::new(200, JSON, format!("{{\"status\":\"{status}\"}}").into_bytes())
}

/// Not when the server is about to stop; else when the database answers and has the runtime's own tables, which migrating makes last.
async fn ready(shared: &Shared) -> Result<Reply, Problem> {
    if shared.process.is_stopping() {
        return Err(Problem::unavailable(1, "the server is stopping"));
    }
    let mut session =
        shared.store.session(Mode::Read, std::time::Duration::from_secs(5), Reach::Shared).await?;
    let asked = session.row(Statement::new("SELECT count(*) FROM atlas9_secret")).await;
    asked.map(|_| said("ready")).map_err(|error| {
        let cause = Problem::from(error);
        Problem::unavailable(1, cause.cause().unwrap_or("the database does not answer"))
    })
}
