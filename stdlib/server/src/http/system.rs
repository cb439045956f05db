//! What every server answers beside its service.

use super::reply::{JSON, Reply};
use crate::Problem;
use crate::server::Shared;
use crate::store::{Mode, Statement};

/// The answer to a path of the server's own; nothing where it is none.
pub(crate) async fn answer(shared: &Shared, path: &str) -> Option<Result<Reply, Problem>> {
    match path {
        "/livez" => Some(Ok(said("alive"))),
        "/readyz" => Some(ready(shared).await),
        "/openapi.json" if !shared.plan.service.openapi.is_empty() => {
            Some(Ok(Reply::new(200, JSON, shared.plan.service.openapi.as_bytes().to_vec())))
        }
        _ => None,
    }
}

fn said(status: &str) -> Reply {
    Reply::new(200, JSON, format!("{{\"status\":\"{status}\"}}").into_bytes())
}

/// Ready when the database answers and has the runtime's own tables, which migrating makes last.
async fn ready(shared: &Shared) -> Result<Reply, Problem> {
    let mut session = shared.store.session(Mode::Read, std::time::Duration::from_secs(5)).await?;
    let asked = session.row(Statement::new("SELECT count(*) FROM atlas9_secret")).await;
    asked.map(|_| said("ready")).map_err(|error| {
        let cause = Problem::from(error);
        Problem::unavailable(1, cause.cause().unwrap_or("the database does not answer"))
    })
}
