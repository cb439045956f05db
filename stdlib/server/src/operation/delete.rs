//! Removing a row, for ever or for a while.

use std::borrow::Cow;

use atlas9_descriptor::{Managed, OnDelete};

use super::create::now_as;
use super::update::update_where;
use super::write::{Asked, Written, soft_references, write};
use super::{find, force, load, not_found};
use crate::audit::Watched;
use crate::plan::{Plan, Referrer, managed, path_binds};
use crate::problem::Failure;
use crate::store::{Bind, Broken, ColumnType, Row, Statement, Violation};
use crate::{Cx, Problem, Value};

/// How a row is removed.
#[derive(Clone, Copy)]
pub(crate) struct How {
    /// It is kept for a while.
    pub(crate) soft: bool,
    /// What holds it goes as well.
    pub(crate) force: bool,
}

/// Removes the row that a path leads to. A soft delete keeps it and returns it.
pub(crate) async fn row(cx: &mut Cx, plan: &Plan, path: &[Value], how: How) -> Result<Option<Row>, Problem> {
    // By force it may come to rows that tenants' rows refer to.
    let comes_to_tenants = how.force && plan.tenant.is_none() && cx.shared.plan.tenant.is_some();
    if !plan.concerns_tenants && !comes_to_tenants {
        return remove(cx, plan, path, how).await;
    }
    cx.session().await?.every_tenant(true).await?;
    let removed = remove(cx, plan, path, how).await;
    // Code may go on after a refusal.
    let closed = cx.session().await?.every_tenant(false).await;
    let removed = removed?;
    closed?;
    Ok(removed)
}

async fn remove(cx: &mut Cx, plan: &Plan, path: &[Value], how: How) -> Result<Option<Row>, Problem> {
    let found = find::locked(cx, plan, path, false).await?;
    let soft = how.soft;
    let key = plan.key_values(&crate::row::read_row(plan, &found)?);
    if how.force {
        return match force::delete(cx, plan, key, soft).await? {
            true => mark(cx, plan, path).await.map(Some),
            false => Ok(None),
        };
    }
    let restricting = |referrer: &&Referrer| referrer.on_delete == OnDelete::Restrict;
    refuse_if_referred_to(cx, plan, path, soft, |it| restricting(it) && !(soft && it.is_needed)).await?;
    if soft {
        return mark(cx, plan, path).await.map(Some);
    }
    let watched = cx.watch_going(plan, &[key]).await?;
    touch_losers(cx, plan, path, watched).await?;
    // Another key may have left the same list before it was locked.
    refuse_if_referred_to(cx, plan, path, soft, |it| it.is_needed).await?;
    let delete = Statement::prepared(plan.texts.delete(watched), path_binds(&plan.path, path));
    match cx.session().await?.execute(delete).await {
        Ok(_) => Ok(None),
        // Somebody referred to it after it was asked who does.
        Err(Broken::Violation(Violation::ForeignKey)) => Err(in_use(plan, &[], free_first(plan, false))),
        Err(other) => Err(other.into()),
    }
}

/// Gives the rows that lose a reference another version: what they show changes.
async fn touch_losers(cx: &mut Cx, plan: &Plan, path: &[Value], watched: Watched) -> Result<(), Problem> {
    let Some(key) = path_binds(&plan.path, path).pop() else { return Ok(()) };
    for loss in &plan.losses {
        let mut update = Statement::new(loss.touch(watched));
        update.push(" = ").bind(key.clone()).push(loss.end);
        cx.session().await?.execute(update).await?;
    }
    Ok(())
}

/// Takes back a soft delete.
pub(crate) async fn undelete(cx: &mut Cx, plan: &Plan, path: &[Value]) -> Result<Row, Problem> {
    // Before the row, as whoever deletes what it lives in does.
    if plan.resource.parent.is_some() {
        find::parent(cx, plan, path).await?;
    }
    let row = find::locked(cx, plan, path, true).await?;
    let record = load(cx, plan, &row).await?;
    let deleted = plan.deleted_at.and_then(|index| record.at(index)).is_some_and(|value| !value.is_null());
    if !deleted {
        let detail = format!("This {} is not deleted.", plan.resource.name);
        return Err(Problem::conflict_of("not_deleted", "Not deleted", detail));
    }
    let failures = soft_references(cx, plan, &record, Asked::Restricting).await?;
    if !failures.is_empty() {
        let detail = format!("This {} refers to what is deleted.", plan.resource.name);
        let problem = Problem::conflict(detail).with_errors(failures);
        return Err(problem.with_remedy("Undelete what the fields in `errors` refer to first."));
    }
    let update = set_deleted(cx, plan, path, false).await?;
    let key = path_binds(&plan.path, path);
    // Another row may have taken a value meanwhile that each must have for itself.
    let written = Written { record: &record, before: Some(&record), key: Some(&key) };
    write(cx, plan, update, written).await?.ok_or_else(|| not_found(plan))
}

/// Marks a row as deleted.
async fn mark(cx: &mut Cx, plan: &Plan, path: &[Value]) -> Result<Row, Problem> {
    let update = set_deleted(cx, plan, path, true).await?;
    cx.session().await?.row(update).await?.ok_or_else(|| not_found(plan))
}

/// The statement that marks a row as deleted, or takes the mark away, and returns the row.
async fn set_deleted(cx: &mut Cx, plan: &Plan, path: &[Value], deleted: bool) -> Result<Statement, Broken> {
    let mut changes = Vec::new();
    let updated = managed(plan.resource.fields, Managed::UpdatedAt);
    for index in plan.deleted_at.into_iter().chain(updated) {
        let field = plan.resource.fields.get(index);
        let column = plan.columns.iter().position(|column| column.path == [index]);
        if let (Some(field), Some(column)) = (field, column) {
            let clear = !deleted && Some(index) == plan.deleted_at;
            let value = if clear { Value::Null } else { now_as(&field.ty, cx.now) };
            changes.push((column, Bind::new(&value, ColumnType::of(&field.ty))));
        }
    }
    let watched = cx.watch(plan, path).await?;
    let mut update = update_where(plan, (cx.dialect(), watched), path, &changes, false);
    update.push(" RETURNING ").push(&plan.texts.returned);
    Ok(update)
}

/// Fails where something refers to the row that must not lose it. For a soft delete rows that are deleted themselves do not
/// count; a row that goes for ever would leave them behind.
async fn refuse_if_referred_to(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    soft: bool,
    counts: impl Fn(&&Referrer) -> bool,
) -> Result<(), Problem> {
    let restricting: Vec<_> = plan.referrers.iter().filter(counts).collect();
    if restricting.is_empty() {
        return Ok(());
    }
    let key = path_binds(&plan.path, path);
    let mut select = Statement::new("SELECT ");
    for (index, referrer) in restricting.iter().enumerate() {
        select.push(if index > 0 { ", EXISTS (" } else { "EXISTS (" });
        select.push(&referrer.rows());
        for (index, (column, place)) in referrer.columns.iter().enumerate() {
            select.push(if index > 0 { " AND " } else { "" }).push(column).push(" = ");
            select.bind(key.get(*place).cloned().unwrap_or(Bind::Null(ColumnType::Text)));
        }
        select.push(if soft { &referrer.live } else { "" });
        let itself = referrer.itself(plan.resource);
        for (index, (column, bind)) in itself.iter().zip(&key).enumerate() {
            let and = if index > 0 { " AND " } else { " AND NOT (" };
            select.push(and).push(column).push(" = ").bind(bind.clone());
        }
        select.push(if itself.is_empty() { ")" } else { "))" });
    }
    let Some(row) = cx.session().await?.row(select).await? else { return Ok(()) };
    let (mut names, mut may_be_deleted) = (Vec::new(), false);
    for (index, referrer) in restricting.iter().enumerate() {
        if row.truth(index)? && !names.contains(&referrer.resource) {
            names.push(referrer.resource);
            may_be_deleted |= !soft && !referrer.live.is_empty();
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    Err(in_use(plan, &names, free_first(plan, may_be_deleted)))
}

/// How a row comes free that others hold: what is deleted softly is shown to nobody who does not ask for it.
fn free_first(plan: &Plan, may_be_deleted: bool) -> String {
    let by_force = plan.resource.operations.iter().any(|operation| operation.force);
    let force = if by_force { ", or with it by `?force=true`" } else { "" };
    let deleted = match may_be_deleted {
        true => " What is deleted softly holds it, too, until it is purged; `?show_deleted=true` shows it.",
        false => "",
    };
    format!("Delete what refers to it first{force}.{deleted}")
}

pub(super) fn in_use(plan: &Plan, names: &[&str], remedy: impl Into<Cow<'static, str>>) -> Problem {
    let who = if names.is_empty() { "Something".to_owned() } else { names.join(" and ") };
    let own = plan.resource.name;
    let key = plan.path.last().map_or("id", |parameter| parameter.name);
    let failures = names.iter().map(|name| {
        Failure::parameter(
            key,
            "referenced",
            format!("there is at least one {name} that refers to this {own}"),
        )
    });
    let refer = if names.len() > 1 { "refer" } else { "refers" };
    Problem::conflict(format!("{who} still {refer} to this {own}."))
        .with_remedy(remedy)
        .with_errors(failures.collect())
}
