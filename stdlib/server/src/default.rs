//! What the server does by itself for an operation, for code that does something before or after it.
//!
//! Everything happens in the transaction of the context. What is refused leaves nothing behind: code may go on after a problem, and
//! what it did before is still there. Code behind a GET only reads: there what writes is a 500, whose cause says so. Keys are those of the parents, outermost first, then the own key. The
//! problems are those that the operation itself would answer.

use atlas9_descriptor::{OperationKind, Resource};

use std::sync::Arc;

use crate::list::{ListRequest, Page};
use crate::operation::{self, Answer, Next, attempt};
use crate::plan::Plan;
use crate::row::read_row;
use crate::server::Shared;
use crate::store::Row;
use crate::{Cx, Problem, Record, Value};

/// Finds one that is not deleted.
///
/// # Errors
/// `not_found`.
pub async fn get(cx: &mut Cx, resource: &Resource, key: &[Value]) -> Result<Record, Problem> {
    let shared = Arc::clone(&cx.shared);
    let plan = plan(&shared, resource)?;
    let row = operation::find::row(cx, plan, key, false).await?;
    operation::load(cx, plan, &row).await
}

/// A page of those that live in the parents with these keys. [`ListRequest::first`] asks for those made first.
///
/// # Errors
/// `not_found` where a parent is not there.
pub async fn list(
    cx: &mut Cx,
    resource: &Resource,
    parents: &[Value],
    request: &ListRequest,
) -> Result<Page, Problem> {
    let shared = Arc::clone(&cx.shared);
    let plan = plan(&shared, resource)?;
    let request = request.clone().ordered(plan);
    match operation::list::rows(cx, plan, parents, &request).await? {
        Answer::Rows { rows, next, count } => {
            let mut items = Vec::with_capacity(rows.len());
            for (row, lists) in
                rows.iter().zip(operation::lists(cx, plan, &rows.iter().collect::<Vec<_>>()).await?)
            {
                items.push(operation::with_lists(plan, read_row(plan, row)?, lists));
            }
            let (next_cursor, next_page) = match next {
                Next::Cursor(cursor) => (cursor, None),
                Next::Page(page) => (None, page),
                Next::Never => (None, None),
            };
            Ok(Page { items, next_cursor, next_page, count })
        }
        _ => Ok(Page::default()),
    }
}

/// Makes one. The record of a create's input has everything that the server gives already; [`prepared`] gives it to others.
///
/// # Errors
/// `invalid` where a rule or a reference does not hold, `conflict` where a value is taken, `not_found` where a parent is not there.
pub async fn create(cx: &mut Cx, resource: &Resource, record: Record) -> Result<Record, Problem> {
    let shared = Arc::clone(&cx.shared);
    let plan = plan(&shared, resource)?;
    attempt::begin(cx).await?;
    let made = operation::create::row(cx, plan, &record).await;
    ended(cx, plan, made).await
}

/// The record with what the server gives: a new key, the tenant, the keys of the parents, the times. Defaults are the schema's.
///
/// # Errors
/// When the service has no such resource.
pub fn prepared(
    cx: &Cx,
    resource: &Resource,
    parents: &[Value],
    mut record: Record,
) -> Result<Record, Problem> {
    let plan = plan(&cx.shared, resource)?;
    let tenant = cx.shared.plan.tenant_of(&cx.principal);
    operation::create::give(plan, &mut record, parents, &tenant, cx.now);
    for (index, field) in plan.resource.fields.iter().enumerate() {
        if let (None, Some(default)) = (record.at(index), &field.default) {
            record.put(index, crate::validate::literal(default, &field.ty, cx.now));
        }
    }
    Ok(record)
}

/// Changes what the patch sets. Unset members of a structure stay as they are; lists, maps and JSON are replaced.
///
/// # Errors
/// As [`create`], and `not_found`.
pub async fn update(
    cx: &mut Cx,
    resource: &Resource,
    key: &[Value],
    patch: Record,
) -> Result<Record, Problem> {
    let shared = Arc::clone(&cx.shared);
    let plan = plan(&shared, resource)?;
    attempt::begin(cx).await?;
    let changed = operation::update::row(cx, plan, key, &patch, operation::update::Given::Whole).await;
    ended(cx, plan, changed).await
}

/// Changes everything that can be updated.
///
/// # Errors
/// As [`update`].
pub async fn replace(
    cx: &mut Cx,
    resource: &Resource,
    key: &[Value],
    record: Record,
) -> Result<Record, Problem> {
    update(cx, resource, key, record).await
}

/// Removes one. A resource that is deleted softly is kept and returned.
///
/// # Errors
/// `not_found`, and `conflict` where something refers to it.
pub async fn delete(cx: &mut Cx, resource: &Resource, key: &[Value]) -> Result<Option<Record>, Problem> {
    delete_with(cx, resource, key, false).await
}

/// As [`delete`]; with `force` what refers to it and would hold it goes as well.
///
/// # Errors
/// As [`delete`], and `forbidden` where the caller may not delete what would go as well.
pub async fn delete_with(
    cx: &mut Cx,
    resource: &Resource,
    key: &[Value],
    force: bool,
) -> Result<Option<Record>, Problem> {
    let shared = Arc::clone(&cx.shared);
    let plan = plan(&shared, resource)?;
    let soft = plan
        .resource
        .operations
        .iter()
        .any(|operation| matches!(operation.kind, OperationKind::Delete { soft_keep_days: Some(_) }));
    attempt::begin(cx).await?;
    let deleted = operation::delete::row(cx, plan, key, operation::delete::How { soft, force }).await;
    match attempt::end(cx, deleted).await? {
        Some(row) => operation::load(cx, plan, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Takes back a soft delete.
///
/// # Errors
/// `not_found`, and `not_deleted`.
pub async fn undelete(cx: &mut Cx, resource: &Resource, key: &[Value]) -> Result<Record, Problem> {
    let shared = Arc::clone(&cx.shared);
    let plan = plan(&shared, resource)?;
    attempt::begin(cx).await?;
    let back = operation::delete::undelete(cx, plan, key).await;
    ended(cx, plan, back).await
}

/// Does what an action declares, and returns the resource as it is then.
///
/// # Errors
/// `not_found`, the error behind `else`, and 501 for an action that declares nothing.
pub async fn action(
    cx: &mut Cx,
    resource: &Resource,
    name: &str,
    key: &[Value],
    params: Record,
) -> Result<Record, Problem> {
    let shared = Arc::clone(&cx.shared);
    let plan = plan(&shared, resource)?;
    let declared = plan.resource.operations.iter().find(|operation| operation.name == name);
    let declared = declared.ok_or_else(|| Problem::internal(format!("there is no operation `{name}`")))?;
    match &declared.kind {
        OperationKind::Action(action) if !action.needs_code() => {
            attempt::begin(cx).await?;
            let done = operation::action::row(cx, plan, action, key, &params).await;
            ended(cx, plan, done).await
        }
        _ => Err(Problem::not_implemented(plan.resource.name, declared)),
    }
}

/// The row that something has led to, or what stood in its way.
async fn ended(cx: &mut Cx, plan: &Plan, done: Result<Row, Problem>) -> Result<Record, Problem> {
    let row = attempt::end(cx, done).await?;
    operation::load(cx, plan, &row).await
}

fn plan<'s>(shared: &'s Shared, resource: &Resource) -> Result<&'s Plan, Problem> {
    let found = shared.plan.named(resource.name);
    found.ok_or_else(|| Problem::internal(format!("the service has no resource `{}`", resource.name)))
}
