//! A delete that takes along what would keep the row from going: `?force=true`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use atlas9_descriptor::{Managed, OnDelete, OperationKind};

use super::create::now_as;
use super::delete::in_use;
use crate::audit::{Watched, key_binds, own_columns, referring};
use crate::plan::{Plan, Referrer, ServicePlan, managed, quoted};
use crate::store::{AT_ONCE, Bind, Broken, ColumnType, Statement, Violation};
use crate::{Cx, Problem, Value};

/// Rows by the names of their resources and their keys as text.
type Rows = BTreeMap<&'static str, HashMap<Vec<String>, Goer>>;

/// A row that goes.
struct Goer {
    /// Its parents' keys and its own.
    key: Vec<Value>,
    /// It is kept for a while.
    soft: bool,
}

/// Rows of one resource that have just been found to go.
struct Found<'s> {
    plan: &'s Plan,
    keys: Vec<Vec<Value>>,
    soft: bool,
}

/// Deletes all rows that a row cannot go without, and the row itself. A row whose resource deletes softly is kept as long as what
/// it refers to is kept; every other one goes for ever. Returns true where the row itself is to be kept: it is left as it is.
pub(super) async fn delete(cx: &mut Cx, plan: &Plan, key: Vec<Value>, soft: bool) -> Result<bool, Problem> {
    let shared = Arc::clone(&cx.shared);
    let service = &shared.plan;
    let mut rows = Rows::new();
    reach(cx, service, &mut rows, vec![Found { plan, keys: vec![key.clone()], soft }]).await?;
    for plan in service.plans() {
        let (kept, _) = parted(&rows, plan);
        keep_for_a_while(cx, plan, &kept, &key).await?;
    }
    remove(cx, service, &mut rows, plan).await?;
    let kept =
        rows.get(plan.resource.name).and_then(|goers| goers.get(&text(&key))).is_some_and(|it| it.soft);
    // Where it refers to what goes for ever, it would have to go for ever too.
    if kept != soft {
        return Err(in_use(plan, &[], REMEDY));
    }
    remember(cx, &rows, (plan, &key));
    Ok(kept)
}

fn text(key: &[Value]) -> Vec<String> {
    key.iter().map(Value::plain).collect()
}

/// Adds rows, and those that cannot stay without them, and so on.
async fn reach<'s>(
    cx: &mut Cx,
    service: &'s ServicePlan,
    rows: &mut Rows,
    mut open: Vec<Found<'s>>,
) -> Result<(), Problem> {
    while let Some(found) = open.pop() {
        let Found { plan, soft, .. } = found;
        let keys = enter(rows, found);
        if !soft {
            let watched = cx.watch_going(plan, &keys).await?;
            touch_losers(cx, plan, &keys, watched).await?;
        }
        open.extend(follow(cx, service, (plan, &keys), soft).await?);
    }
    Ok(())
}

/// Adds rows; returns the keys of those that were not among them. What goes for ever does so whoever else would keep it.
fn enter(rows: &mut Rows, found: Found<'_>) -> Vec<Vec<Value>> {
    let known = rows.entry(found.plan.resource.name).or_default();
    let mut new = Vec::new();
    for key in found.keys {
        let place = text(&key);
        if known.get(&place).is_none_or(|before| before.soft && !found.soft) {
            known.insert(place, Goer { key: key.clone(), soft: found.soft });
            new.push(key);
        }
    }
    new
}

/// The rows that cannot stay without these.
async fn follow<'s>(
    cx: &mut Cx,
    service: &'s ServicePlan,
    (target, keys): (&Plan, &[Vec<Value>]),
    soft: bool,
) -> Result<Vec<Found<'s>>, Problem> {
    let mut all = Vec::new();
    for referrer in target.referrers.iter().filter(|referrer| takes_along(referrer, soft)) {
        let Some(plan) = service.named(referrer.resource).filter(|plan| can_go(plan, target)) else {
            continue;
        };
        let live = if soft { referrer.live.as_str() } else { "" };
        let keys = referring(cx.session().await?, (target, keys), (plan, referrer), live).await?;
        if !keys.is_empty() {
            allowed(cx, plan)?;
            all.push(Found { plan, keys, soft: soft && deletes_softly(plan) });
        }
    }
    Ok(all)
}

/// True for rows that can go by way of what they refer to. A singleton is there as long as what it lives in, and nobody who deletes
/// what is shared reaches the rows of tenants.
fn can_go(plan: &Plan, target: &Plan) -> bool {
    !plan.resource.is_singleton() && (plan.tenant.is_none() || target.tenant.is_some())
}

/// True where rows go with what they refer to. What is kept for a while can still be referred to by a list, and by what is deleted
/// with it only when it goes for ever.
fn takes_along(referrer: &Referrer, soft: bool) -> bool {
    referrer.is_vital && (!soft || referrer.on_delete == OnDelete::Restrict && !referrer.is_needed)
}

fn deletes_softly(plan: &Plan) -> bool {
    let keeps = |kind: &OperationKind| matches!(kind, OperationKind::Delete { soft_keep_days: Some(_) });
    plan.deleted_at.is_some() && plan.resource.operations.iter().any(|operation| keeps(&operation.kind))
}

/// Whoever may not delete these rows by themselves may not do so by way of others.
fn allowed(cx: &Cx, plan: &Plan) -> Result<(), Problem> {
    let mut operations = plan.resource.operations.iter();
    let delete = operations.find(|operation| matches!(operation.kind, OperationKind::Delete { .. }));
    match delete {
        Some(operation) => crate::http::allowed(&cx.principal, operation),
        None => Ok(()),
    }
}

/// Rows that are kept for a while, and those that go for ever.
fn parted<'r>(rows: &'r Rows, plan: &Plan) -> (Vec<&'r [Value]>, Vec<&'r [Value]>) {
    let all = rows.get(plan.resource.name).into_iter().flat_map(HashMap::values);
    let (kept, gone): (Vec<&Goer>, Vec<&Goer>) = all.partition(|goer| goer.soft);
    let keys = |goers: Vec<&'r Goer>| goers.into_iter().map(|goer| goer.key.as_slice()).collect();
    (keys(kept), keys(gone))
}

/// Whoever wants to know of committed changes is told of each row but the first, of which the request itself tells.
fn remember(cx: &mut Cx, rows: &Rows, (plan, first): (&Plan, &[Value])) {
    // Where rows refer to each other in a circle, it goes along with what goes along with it.
    cx.gone.retain(|(resource, key)| *resource != plan.resource.name || key != first);
    for (resource, goers) in rows {
        let others = goers.values().filter(|goer| *resource != plan.resource.name || goer.key != first);
        cx.gone.extend(others.map(|goer| (*resource, goer.key.clone())));
    }
}

/// Gives the rows that lose a reference another version: what they show changes.
async fn touch_losers(
    cx: &mut Cx,
    plan: &Plan,
    keys: &[Vec<Value>],
    watched: Watched,
) -> Result<(), Problem> {
    for chunk in keys.chunks(AT_ONCE) {
        let own: Vec<Vec<Bind>> =
            key_binds(plan, chunk).into_iter().map(|mut key| key.pop().into_iter().collect()).collect();
        for loss in &plan.losses {
            let mut touch = Statement::new(loss.touch(watched));
            touch.push_among(&[String::new()], &own);
            touch.push(loss.end);
            cx.session().await?.execute(touch).await?;
        }
    }
    Ok(())
}

/// Deletes rows softly, but for the one of the request.
async fn keep_for_a_while(
    cx: &mut Cx,
    plan: &Plan,
    keys: &[&[Value]],
    first: &[Value],
) -> Result<(), Problem> {
    let keys: Vec<&[Value]> = keys.iter().copied().filter(|key| *key != first).collect();
    let watched = cx.watch_rows(plan, &keys).await?;
    let updated = managed(plan.resource.fields, Managed::UpdatedAt);
    for chunk in keys.chunks(AT_ONCE) {
        let fields = plan.deleted_at.iter().chain(&updated);
        let mut update = plan.update(watched, Vec::new(), |update| {
            for field in fields.filter_map(|place| plan.resource.fields.get(*place)) {
                update.push(&format!(", {} = ", quoted(field.name)));
                update.bind(Bind::new(&now_as(&field.ty, cx.now), ColumnType::of(&field.ty)));
            }
        });
        update.push_among(&own_columns(plan), &key_binds(plan, chunk));
        update.push(&plan.texts.live);
        cx.session().await?.execute(update).await?;
    }
    Ok(())
}

/// Removes rows for ever, those first that nothing refers to any more, and so on. Where none is left to go, lists may have lost
/// so many keys that they need the others: then what has these goes too.
async fn remove(cx: &mut Cx, service: &ServicePlan, rows: &mut Rows, first: &Plan) -> Result<(), Problem> {
    let (mut gone, mut known) = (0, 0);
    loop {
        let mut now = 0;
        for plan in service.plans().iter().rev() {
            let (_, keys) = parted(rows, plan);
            now += free(cx, plan, &keys).await.map_err(|broken| held(first, broken))?;
        }
        gone += now;
        let all: usize = service.plans().iter().map(|plan| parted(rows, plan).1.len()).sum();
        if gone == all {
            return Ok(());
        }
        if now == 0 {
            if known == all {
                return Err(in_use(first, &holders(cx, service, rows).await?, REMEDY));
            }
            known = all;
            again(cx, service, rows).await?;
        }
    }
}

/// Looks once more for what the rows cannot go without.
async fn again(cx: &mut Cx, service: &ServicePlan, rows: &mut Rows) -> Result<(), Problem> {
    let mut open = Vec::new();
    for plan in service.plans() {
        let keys: Vec<Vec<Value>> = parted(rows, plan).1.into_iter().map(<[Value]>::to_vec).collect();
        open.extend(follow(cx, service, (plan, &keys), false).await?);
    }
    reach(cx, service, rows, open).await
}

/// A singleton is never deleted, and of rows that refer to each other none goes first.
const REMEDY: &str = "Take the references to what would go away where they stand, then repeat the request.";

fn held(first: &Plan, broken: Broken) -> Problem {
    match broken {
        Broken::Violation(Violation::ForeignKey) => in_use(first, &[], REMEDY),
        other => other.into(),
    }
}

/// The singletons, and the tenants' rows, that hold some of the rows. Where there is none, rows refer to each other.
async fn holders(cx: &mut Cx, service: &ServicePlan, rows: &Rows) -> Result<Vec<&'static str>, Problem> {
    let mut found: Vec<&'static str> = Vec::new();
    for target in service.plans() {
        let keys: Vec<Vec<Value>> = parted(rows, target).1.into_iter().map(<[Value]>::to_vec).collect();
        for referrer in target.referrers.iter().filter(|referrer| takes_along(referrer, false)) {
            let Some(plan) = service.named(referrer.resource) else { continue };
            let is_known = found.contains(&referrer.resource) || can_go(plan, target);
            if is_known {
                continue;
            }
            let session = cx.session().await?;
            if !referring(session, (target, &keys), (plan, referrer), "").await?.is_empty() {
                found.push(referrer.resource);
            }
        }
    }
    Ok(found)
}

/// Removes those of the rows to which nothing refers that cannot stay without them; returns how many.
async fn free(cx: &mut Cx, plan: &Plan, keys: &[&[Value]]) -> Result<usize, Broken> {
    let watched = cx.watch_rows(plan, keys).await?;
    let columns = own_columns(plan);
    let condition = unheld(plan, &columns);
    // Of two keys that one list has, each alone could go.
    let size = if plan.referrers.iter().any(|referrer| referrer.is_needed) { 1 } else { AT_ONCE };
    let mut gone = 0;
    for chunk in keys.chunks(size) {
        let mut delete = Statement::new(plan.texts.delete_where(watched));
        delete.push_among(&columns, &key_binds(plan, chunk));
        delete.push(&condition);
        gone += usize::try_from(cx.session().await?.execute(delete).await?).unwrap_or_default();
    }
    Ok(gone)
}

fn unheld(plan: &Plan, columns: &[String]) -> String {
    let vital = plan.referrers.iter().filter(|referrer| referrer.is_vital);
    vital.map(|referrer| format!(" AND NOT EXISTS ({})", referrer.others(plan.resource, columns))).collect()
}
