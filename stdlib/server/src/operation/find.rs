//! Finding one row.

use std::sync::Arc;

use crate::http::Precondition;
use crate::plan::{Plan, path_binds};
use crate::row::version;
use crate::store::{Mode, Row, Statement};
use crate::{Cx, Problem, Value};

use super::{not_found, singleton};

/// The row that a path leads to.
pub(crate) async fn row(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    show_deleted: bool,
) -> Result<Row, Problem> {
    let text = if show_deleted { &plan.texts.get_any } else { &plan.texts.get };
    one(cx, plan, text, path).await
}

async fn one(cx: &mut Cx, plan: &Plan, text: &Arc<str>, path: &[Value]) -> Result<Row, Problem> {
    let select = || Statement::prepared(text, path_binds(&plan.path, path));
    let mut found = cx.session().await?.row(select()).await?;
    if found.is_none() && plan.resource.is_singleton() {
        singleton::make(cx, plan, path).await?;
        found = cx.session().await?.row(select()).await?;
    }
    found.ok_or_else(|| not_found(plan))
}

/// The row that a path leads to, which nobody else changes until the transaction ends, in the state that the request wants.
pub(crate) async fn locked(cx: &mut Cx, plan: &Plan, path: &[Value], deleted: bool) -> Result<Row, Problem> {
    let text = if deleted { &plan.texts.lock_any } else { &plan.texts.lock };
    let row = one(cx, plan, text, path).await?;
    if let Some(precondition) = &cx.precondition {
        precondition.check(version(&row)?)?;
    }
    Ok(row)
}

/// Fails where a parent in the path is not there.
pub(crate) async fn parent(cx: &mut Cx, plan: &Plan, path: &[Value]) -> Result<(), Problem> {
    let shared = Arc::clone(&cx.shared);
    let Some(parent) = plan.resource.parent.and_then(|name| shared.plan.named(name)) else { return Ok(()) };
    let text = match cx.mode {
        Mode::Read | Mode::Snapshot => &parent.texts.exists_read,
        Mode::Write => &parent.texts.exists,
    };
    let select = Statement::prepared(text, path_binds(&parent.path, path));
    match cx.session().await?.row(select).await? {
        Some(_) => Ok(()),
        None => Err(not_found(parent)),
    }
}

/// Fails where the request is for another state of the row than it has. With `deleted` a row that is deleted is there, too.
pub(crate) async fn precondition(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    wanted: Precondition,
    deleted: bool,
) -> Result<(), Problem> {
    cx.precondition = Some(wanted);
    let result = locked(cx, plan, path, deleted).await;
    cx.precondition = None;
    result.map(|_| ())
}
