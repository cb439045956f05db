//! Changing a row.

use atlas9_descriptor::Managed;

use super::create::now_as;
use super::write::{Asked, Written, soft_references, write};
use super::{find, load, not_found};
use crate::audit::Watched;
use crate::plan::{Plan, managed, path_binds};
use crate::row::column_bind;
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
        failures.extend(plan.too_wide(&after));
        failures.extend(soft_references(cx, plan, &after, Asked::Changed(&before)).await?);
    }
    if !failures.is_empty() {
        return Err(Problem::invalid(failures));
    }
    save(cx, plan, path, &before, after).await.map(|saved| saved.unwrap_or(row))
}

/// The body of an update or a replacement with whole values, as code is given it: a typed field cannot hold half a value, nor be
/// unset in a replacement. What the body leaves open is as the row has it.
pub(crate) async fn whole(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    mut body: Record,
    given: Given,
) -> Result<Record, Problem> {
    let open: Vec<usize> = match given {
        Given::Parts => {
            (0..body.fields().len()).filter(|index| body.at(*index).is_some_and(is_part)).collect()
        }
        Given::Whole => left_open(&body),
    };
    if open.is_empty() {
        return Ok(body);
    }
    let row = find::locked(cx, plan, path, false).await?;
    let mut after = load(cx, plan, &row).await?;
    let failures = super::merge::merge(&mut after, &body, given, cx.now);
    if !failures.is_empty() {
        return Err(Problem::invalid(failures));
    }
    for index in open {
        body.put(index, after.take::<Value>(index)?);
    }
    Ok(body)
}

/// True for a value of a patch that the row has the rest of.
fn is_part(value: &Value) -> bool {
    matches!(value, Value::Record(_) | Value::Variant(..) | Value::Map(_) | Value::Json(_))
}

/// The fields of a replacement that its caller may not give, or whose members the caller may not give.
fn left_open(body: &Record) -> Vec<usize> {
    let fields = body.fields().iter().enumerate().filter(|(_, field)| field.updatable());
    let open = fields.filter(|(index, _)| match body.at(*index) {
        None => true,
        Some(Value::Record(inner)) => has_unset(inner),
        Some(Value::Variant(_, inner)) => has_unset(inner),
        Some(_) => false,
    });
    open.map(|(index, _)| index).collect()
}

fn has_unset(record: &Record) -> bool {
    (0..record.fields().len()).any(|index| match record.at(index) {
        None => true,
        Some(Value::Record(inner)) => has_unset(inner),
        Some(Value::Variant(_, inner)) => has_unset(inner),
        Some(_) => false,
    })
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
