//! Changing a row.

use atlas9_descriptor::Managed;

use super::create::now_as;
use super::write::{Written, soft_references, write};
use super::{find, load, not_found};
use crate::audit::Watched;
use crate::plan::{Plan, managed, path_binds};
use crate::row::{column_bind, read_row};
use crate::store::{Bind, Dialect, Row, Statement};
use crate::{Cx, Problem, Record, Value, rules};

pub(crate) use super::merge::Given;

/// Puts what a patch sets over the row that a path leads to. A patch that changes nothing writes nothing.
pub(crate) async fn row(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    patch: &Record,
    given: Given,
) -> Result<Row, Problem> {
    let row = find::locked(cx, plan, path, false).await?;
    let before = load(cx, plan, &row).await?;
    let mut after = before.clone();
    let mut failures = super::merge::merge(&mut after, patch, given, cx.now);
    if failures.is_empty() {
        failures = rules::broken(&after, plan.resource.rules, cx.now);
        failures.extend(soft_references(cx, plan, &after, Some(&before)).await?);
    }
    if !failures.is_empty() {
        return Err(Problem::invalid(failures));
    }
    save(cx, plan, path, &before, after).await.map(|saved| saved.unwrap_or(row))
}

/// The patch of a request with whole values: the parts of structures, maps and JSON that it names are put over what the row
/// holds. Code is given these, because a typed field cannot hold half a value.
pub(crate) async fn whole(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    mut patch: Record,
) -> Result<Record, Problem> {
    let parts = |value: &Value| {
        matches!(value, Value::Record(_) | Value::Variant(..) | Value::Map(_) | Value::Json(_))
    };
    let partial: Vec<usize> =
        (0..patch.fields().len()).filter(|index| patch.at(*index).is_some_and(parts)).collect();
    if partial.is_empty() {
        return Ok(patch);
    }
    let row = find::locked(cx, plan, path, false).await?;
    let mut after = read_row(plan, &row)?;
    let failures = super::merge::merge(&mut after, &patch, Given::Parts, cx.now);
    if !failures.is_empty() {
        return Err(Problem::invalid(failures));
    }
    for index in partial {
        patch.put(index, after.take::<Value>(index)?);
    }
    Ok(patch)
}

/// Writes the columns in which a row differs; `None` where there is none.
async fn save(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    before: &Record,
    mut after: Record,
) -> Result<Option<Row>, Problem> {
    if before == &after {
        return Ok(None);
    }
    touch(plan, &mut after, cx);
    let changes = changes(plan, before, &after);
    let watched = cx.watch(plan, path).await?;
    let mut update = update_where(plan, (cx.dialect(), watched), path, &changes, true);
    update.push(" RETURNING ").push(&plan.texts.returned);
    let key = path_binds(&plan.path, path);
    let written = Written { record: &after, before: Some(before), key: Some(&key) };
    write(cx, plan, update, written).await?.map(Some).ok_or_else(|| not_found(plan))
}

/// Sets the time of the last change.
pub(super) fn touch(plan: &Plan, record: &mut Record, cx: &Cx) {
    for index in managed(plan.resource.fields, Managed::UpdatedAt) {
        if let Some(field) = plan.resource.fields.get(index) {
            record.put(index, now_as(&field.ty, cx.now));
        }
    }
}

/// The columns that differ, with their new values.
fn changes(plan: &Plan, before: &Record, after: &Record) -> Vec<(usize, Bind)> {
    let mut found = Vec::new();
    // No row goes to another tenant.
    for (index, column) in plan.columns.iter().enumerate().filter(|(_, column)| !column.tenant) {
        let (old, new) = (column_bind(column, before), column_bind(column, after));
        if old != new {
            found.push((index, new));
        }
    }
    found
}

/// `UPDATE ... SET ... WHERE` the path leads to it and it is not deleted; more conditions and `RETURNING` can follow.
pub(super) fn update_where(
    plan: &Plan,
    (dialect, watched): (Dialect, Watched),
    path: &[Value],
    changes: &[(usize, Bind)],
    live: bool,
) -> Statement {
    let mut update = plan.update(watched, path_binds(&plan.path, path), |update| {
        for (index, bind) in changes {
            if let Some(column) = plan.columns.get(*index).filter(|column| !column.tenant) {
                update.push(", ").push(&column.quoted).push(" = ");
                update.bind_column(bind.clone(), column.ty, dialect);
            }
        }
    });
    update.push(&plan.texts.item);
    if live {
        update.push(&plan.texts.live);
    }
    update
}
