//! The one row of a singleton, which is there from the start: it is made with the defaults when it is first touched.

use atlas9_descriptor::{Field, Type};

use super::create::give;
use super::find;
use super::write::{Written, write};
use crate::audit::Trail;
use crate::plan::Plan;
use crate::row::insert_binds;
use crate::store::{Mode, Statement};
use crate::validate::literal;
use crate::value::Timestamp;
use crate::{Cx, Problem, Record, Value};

/// The row as it is before anybody has changed it.
pub(crate) fn defaults(plan: &Plan, path: &[Value], tenant: &Value, now: Timestamp) -> Record {
    let mut record = Record::new(plan.resource.fields);
    give(plan, &mut record, path, tenant, now);
    for (index, field) in plan.resource.fields.iter().enumerate() {
        if record.at(index).is_none() {
            record.put(index, default(field, now).unwrap_or(Value::Null));
        }
    }
    record
}

/// What a field is where nobody has given it a value; nothing for a field that somebody has to.
pub(crate) fn default(field: &'static Field, now: Timestamp) -> Option<Value> {
    match (&field.default, field.ty) {
        (Some(value), _) => Some(literal(value, &field.ty, now)),
        (None, _) if field.optional => Some(Value::Null),
        (None, Type::List { min: 0, .. }) => Some(Value::List(Vec::new())),
        (None, Type::Map { min: 0, .. }) => Some(Value::Map(std::collections::BTreeMap::new())),
        (None, _) => None,
    }
}

/// Makes the row where it is missing; somebody else may do so at the same time. Fails where its parent is not there.
pub(super) async fn make(cx: &mut Cx, plan: &Plan, path: &[Value]) -> Result<(), Problem> {
    if cx.mode == Mode::Write {
        return insert(cx, plan, path).await;
    }
    // A request that reads has a connection that cannot write; for the one row it takes another.
    cx.session = None;
    let reading = std::mem::replace(&mut cx.mode, Mode::Write);
    let made = insert(cx, plan, path).await;
    cx.mode = reading;
    let session = cx.session.take();
    match (made, session) {
        (Ok(()), Some(session)) => Ok(session.commit().await?),
        (made, Some(session)) => {
            let _ = session.roll_back().await;
            made
        }
        (made, None) => made,
    }
}

async fn insert(cx: &mut Cx, plan: &Plan, path: &[Value]) -> Result<(), Problem> {
    find::parent(cx, plan, path).await?;
    let tenant = cx.shared.plan.tenant_of(&cx.principal);
    let record = defaults(plan, path, &tenant, cx.now);
    let insert =
        Statement::prepared(plan.texts.insert(Trail::first_row()), insert_binds(plan, &record, cx.now));
    write(cx, plan, insert, Written { record: &record, before: None, key: None }).await.map(|_| ())
}
