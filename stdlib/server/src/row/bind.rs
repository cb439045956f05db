//! Records to what is bound to columns.

use crate::plan::{Column, Plan};
use crate::store::{Bind, ColumnType};
use crate::value::Timestamp;
use crate::{Record, Value};

/// What is bound for a new row: the columns in their order, then its first version. The tenant is the session's.
pub(crate) fn insert_binds(plan: &Plan, record: &Record, now: Timestamp) -> Vec<Bind> {
    let given = plan.columns.iter().filter(|column| !column.tenant);
    let first = if plan.can_come_back { now.micros() } else { 1 };
    given.map(|column| column_bind(column, record)).chain([Bind::Int(first)]).collect()
}

/// What is bound for one column of a record.
pub(crate) fn column_bind(column: &Column, record: &Record) -> Bind {
    let value = value_at(record, &column.path);
    match column.ty {
        ColumnType::Json => Bind::json(value, column.field),
        ty => Bind::new(value, ty),
    }
}

/// The value at the places of a path; null below a structure that is null.
pub(crate) fn value_at<'r>(record: &'r Record, path: &[usize]) -> &'r Value {
    const NULL: &Value = &Value::Null;
    let Some((first, rest)) = path.split_first() else { return NULL };
    match (record.at(*first), rest) {
        (Some(value), []) => value,
        (Some(Value::Record(inner)), rest) => value_at(inner, rest),
        _ => NULL,
    }
}
