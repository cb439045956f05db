//! A new row.

use atlas9_descriptor::Managed;

use super::find;
use super::write::{Asked, Written, soft_references, write};
use crate::plan::Plan;
use crate::row::insert_binds;
use crate::store::{Row, Statement};
use crate::value::{Timestamp, Uuid, Value};
use crate::{Cx, Problem, Record, rules};

/// Sets what the server gives: the key, the tenant, the parents' keys and the times.
pub(crate) fn give(plan: &Plan, record: &mut Record, path: &[Value], tenant: &Value, now: Timestamp) {
    let mut parents = path.iter().skip(path.len().saturating_sub(plan.parents.len()));
    for (index, field) in plan.resource.fields.iter().enumerate() {
        match field.managed {
            Some(Managed::Key) => record.put(index, Value::Uuid(Uuid::now_v7())),
            Some(Managed::Parent) => record.put(index, parents.next().cloned().unwrap_or(Value::Null)),
            Some(Managed::CreatedAt | Managed::UpdatedAt) => record.put(index, now_as(&field.ty, now)),
            Some(Managed::DeletedAt) => record.put(index, Value::Null),
            Some(Managed::Tenant) => record.put(index, tenant.clone()),
            None => {}
        }
    }
}

/// The current time as a timestamp, or as a day.
pub(crate) fn now_as(ty: &'static atlas9_descriptor::Type, now: Timestamp) -> Value {
    crate::validate::literal(&atlas9_descriptor::Literal::Now, ty, now)
}

/// Makes a row. The record has what the server gives already.
pub(crate) async fn row(cx: &mut Cx, plan: &Plan, record: &Record) -> Result<Row, Problem> {
    let mut failures = rules::broken(record, plan.resource.rules, cx.now);
    failures.extend(plan.too_wide(record));
    failures.extend(plan.unreachable_key(record));
    if plan.resource.parent.is_some() {
        let parents: Vec<Value> =
            plan.parents.iter().map(|index| record.at(*index).cloned().unwrap_or(Value::Null)).collect();
        find::parent(cx, plan, &parents).await?;
    }
    failures.extend(soft_references(cx, plan, record, Asked::All).await?);
    if !failures.is_empty() {
        return Err(Problem::invalid(failures));
    }
    let watched = cx.watch_new(plan, record);
    let insert = Statement::prepared(plan.texts.insert(watched), insert_binds(plan, record, cx.now));
    let written = Written { record, before: None, key: None };
    let row = write(cx, plan, insert, written).await?;
    row.ok_or_else(|| Problem::internal("an insert returned no row"))
}
