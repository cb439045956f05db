//! What every server answers beside its service.

use super::reply::{JSON, Reply};
use crate::metrics::CONTENT_TYPE;
use crate::server::Shared;
use crate::store::{Mode, Statement};
use crate::{Metrics, Problem};

/// The answer to a path of the server's own; nothing where it is none.
pub(crate) async fn answer(shared: &Shared, path: &str) -> Option<Result<Reply, Problem>> {
    match path {
        "/livez" => Some(Ok(said("alive"))),
        "/readyz" => Some(ready(shared).await),
        "/metrics" if shared.options.metrics == Metrics::On && shared.routes.find(path).is_none() => {
            Some(Ok(metrics(shared)))
        }
        "/openapi.json" if !shared.plan.service.openapi.is_empty() => {
            Some(Ok(Reply::new(200, JSON, shared.plan.service.openapi.as_bytes().to_vec())))
        }
        _ => None,
    }
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
    let mut session = shared.store.session(Mode::Read, std::time::Duration::from_secs(5)).await?;
    let asked = session.row(Statement::new("SELECT count(*) FROM atlas9_secret")).await;
    asked.map(|_| said("ready")).map_err(|error| {
        let cause = Problem::from(error);
        Problem::unavailable(1, cause.cause().unwrap_or("the database does not answer"))
    })
}
