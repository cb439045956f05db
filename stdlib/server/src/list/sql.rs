//! A list's SQL. Names come from descriptors, values are bound.

use super::{Comparison, Filter, ListRequest, SortKey, search};
use crate::Value;
use crate::plan::{Column, Plan, path_binds};
use crate::store::{Bind, Dialect, Statement};

/// One page and one row more, which tells that there is a next page.
pub(crate) fn page(plan: &Plan, dialect: Dialect, path: &[Value], request: &ListRequest) -> Statement {
    let mut sql = from(plan, &plan.texts.selected, path, dialect, request);
    if let Some(after) = &request.after {
        sql.push(" AND ");
        keyset(&mut sql, plan, dialect, &request.sort, after);
    }
    sql.push(" ORDER BY ");
    for (index, key) in request.sort.iter().enumerate() {
        if let Some(column) = plan.columns.get(key.column) {
            sql.push(if index > 0 { ", " } else { "" }).push(&ordered(column, dialect));
            sql.push(if key.descending { " DESC" } else { " ASC" });
            // The databases disagree about where null stands; here it is last in both directions.
            sql.push(if column.nullable { " NULLS LAST" } else { "" });
        }
    }
    sql.push(" LIMIT ").bind(Bind::Int(i64::from(request.limit) + 1));
    if let Some(page) = request.page {
        // Both are of 32 bits; what does not fit into 63 is behind every row.
        let before = u64::from(page.saturating_sub(1)) * u64::from(request.limit);
        sql.push(" OFFSET ").bind(Bind::Int(i64::try_from(before).unwrap_or(i64::MAX)));
    }
    sql
}

/// How many there are on all pages.
pub(crate) fn count(plan: &Plan, dialect: Dialect, path: &[Value], request: &ListRequest) -> Statement {
    from(plan, "count(*)", path, dialect, request)
}

fn from(plan: &Plan, selected: &str, path: &[Value], dialect: Dialect, request: &ListRequest) -> Statement {
    let text = format!("SELECT {selected} FROM {}{}", plan.table.rows("t"), plan.texts.collection);
    let mut sql = Statement::with(text, path_binds(plan.collection_path(), path));
    if !request.show_deleted {
        sql.push(&plan.texts.live);
    }
    for filter in &request.filters {
        if let Some(column) = plan.columns.get(filter.column) {
            sql.push(" AND ");
            condition(&mut sql, column, dialect, filter);
        }
    }
    search::condition(&mut sql, plan, dialect, request);
    sql
}

fn named(column: &Column) -> String {
    format!("t.{}", column.quoted)
}

/// The column in an order that both databases have.
fn ordered(column: &Column, dialect: Dialect) -> String {
    format!("t.{}{}", column.quoted, column.ty.collation(dialect))
}

fn condition(sql: &mut Statement, column: &Column, dialect: Dialect, filter: &Filter) {
    let bind = |value: &Value| Bind::new(value, column.ty);
    let first = filter.values.first().unwrap_or(&Value::Null);
    let compare = |sql: &mut Statement, operator: &str| {
        sql.push(&ordered(column, dialect)).push(operator).bind(bind(first));
    };
    match filter.comparison {
        Comparison::Equal => {
            sql.push(&named(column)).push(" = ").bind(bind(first));
        }
        // Null is not equal to any value, so it passes.
        Comparison::NotEqual => {
            let operator = if dialect == Dialect::Sqlite { " IS NOT " } else { " IS DISTINCT FROM " };
            sql.push(&named(column)).push(operator).bind(bind(first));
        }
        Comparison::Less => compare(sql, " < "),
        Comparison::LessOrEqual => compare(sql, " <= "),
        Comparison::Greater => compare(sql, " > "),
        Comparison::GreaterOrEqual => compare(sql, " >= "),
        Comparison::In => {
            sql.push(&named(column)).push(" IN (");
            for (index, value) in filter.values.iter().enumerate() {
                sql.push(if index > 0 { ", " } else { "" }).bind(bind(value));
            }
            sql.push(")");
        }
        Comparison::Null => {
            let word = if *first == Value::Bool(true) { " IS NULL" } else { " IS NOT NULL" };
            sql.push(&named(column)).push(word);
        }
    }
}

/// Rows behind one whose sort keys have these values: behind it in the first key, or the same there and behind it in the
/// second, and so on.
fn keyset(sql: &mut Statement, plan: &Plan, dialect: Dialect, keys: &[SortKey], after: &[Value]) {
    bound(sql, plan, dialect, keys, after);
    sql.push("(1 = 0");
    for (index, (key, value)) in keys.iter().zip(after).enumerate() {
        let Some(column) = plan.columns.get(key.column) else { continue };
        // Nothing stands behind null.
        if value.is_null() {
            continue;
        }
        sql.push(" OR (");
        for (before, value) in keys.iter().zip(after).take(index) {
            same(sql, plan, before, value);
            sql.push(" AND ");
        }
        let operator = if key.descending { " < " } else { " > " };
        sql.push("(").push(&ordered(column, dialect)).push(operator).bind(Bind::new(value, column.ty));
        if column.nullable {
            sql.push(&format!(" OR {} IS NULL", named(column)));
        }
        sql.push("))");
    }
    sql.push(")");
}

/// That a row is not before the place in the first key, which the condition says as well, but not so that a database begins there
/// in an index: it would read every row of the pages before.
fn bound(sql: &mut Statement, plan: &Plan, dialect: Dialect, keys: &[SortKey], after: &[Value]) {
    let (Some(key), Some(value)) = (keys.first(), after.first()) else { return };
    let Some(column) = plan.columns.get(key.column).filter(|column| !column.nullable) else { return };
    let operator = if key.descending { " <= " } else { " >= " };
    sql.push(&ordered(column, dialect)).push(operator).bind(Bind::new(value, column.ty)).push(" AND ");
}

fn same(sql: &mut Statement, plan: &Plan, key: &SortKey, value: &Value) {
    if let Some(column) = plan.columns.get(key.column) {
        if value.is_null() {
            sql.push(&format!("{} IS NULL", named(column)));
        } else {
            sql.push(&named(column)).push(" = ").bind(Bind::new(value, column.ty));
        }
    }
}
