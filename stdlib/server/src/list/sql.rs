//! A list's SQL. Names come from descriptors, values are bound.

use std::borrow::Cow;

use super::{Comparison, Filter, ListRequest, SortKey, search};
use crate::Value;
use crate::plan::{Column, Plan, path_binds};
use crate::store::{Bind, Dialect, Statement};

/// One page and one row more, which tells that there is a next page.
pub(crate) fn page(plan: &Plan, dialect: Dialect, path: &[Value], request: &ListRequest) -> Statement {
    let mut sql = from(plan, &selected(plan, request), path, dialect, request);
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

/// The columns of a page. One that nothing needs is null in its place: it is not read, and the others stay where they are.
fn selected<'p>(plan: &'p Plan, request: &ListRequest) -> Cow<'p, str> {
    let Some(asked) = &request.fields else { return Cow::Borrowed(&plan.texts.selected) };
    let embeds = |place: usize| {
        let field = plan.resource.fields.get(place);
        field.is_some_and(|field| request.expand.iter().any(|expand| expand.field == field.name))
    };
    // Lists of references are found by the key, and a cursor holds what the page is sorted by.
    let shown = |place| asked.contains(place) || plan.owner.places().contains(place) || embeds(*place);
    let columns = plan.columns.iter().enumerate().map(|(index, column)| {
        let sorts = request.sort.iter().any(|key| key.column == index);
        match sorts || column.path.first().is_some_and(shown) {
            true => format!(", {}", named(column)),
            false => ", NULL".to_owned(),
        }
    });
    Cow::Owned(format!("t.row_version{}", columns.collect::<String>()))
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

#[cfg(test)]
mod tests {
    use atlas9_descriptor::{
        Access, Expand, Field, Managed, Resource, Scalar, Service, Store, Structure, Type,
    };
    use atlas9_descriptor::{Fields, OnDelete, Reference};

    use super::selected;
    use crate::list::{ListRequest, SortKey};
    use crate::plan::ServicePlan;
    use crate::store::Dialect;

    const UUID: Type = Type::Scalar(Scalar::Uuid);
    const WORD: Type = Type::string(0, 9);
    static TO_THING: Reference = Reference { resource: "Thing", key: UUID, on_delete: OnDelete::Clear };
    static SIZE: Structure = Structure {
        name: "Size",
        fields: Fields::of(&[Field::new("wide", WORD), Field::new("high", WORD)]),
        rules: &[],
    };
    static THING: Resource = Resource {
        name: "Thing",
        snake: "thing",
        table: "things",
        parent: None,
        path: "/things",
        fields: &[
            Field::new("id", UUID).access(Access::ReadOnly).managed(Managed::Key),
            Field::new("title", WORD),
            Field::new("size", Type::Structure(&SIZE)).store(Store::Flat),
            Field::new("next_id", Type::Reference(&TO_THING)).optional(),
        ],
        key: Some(0),
        audited: None,
        events: false,
        operations: &[],
        rules: &[],
        unique: &[],
    };
    static SERVICE: Service = Service {
        name: "Things",
        version: "1.0.0",
        base_path: "",
        auth: &[],
        scopes: &[],
        rate_limit: None,
        problem_base: "urn:problem:",
        resources: &[&THING],
        operations: &[],
        errors: &[],
        openapi: "",
        docs: "",
        sqlite: &[],
        postgres: &[],
    };
    static NEXT: Expand = Expand { name: "next", field: "next_id" };

    #[test]
    fn reads_what_is_needed() {
        let service = ServicePlan::new(&SERVICE, Dialect::Sqlite).expect("a plan");
        let plan = service.named("Thing").expect("a plan");
        let check = |fields: Option<&[usize]>, sort: &[usize], expand: &[&'static Expand], expected: &str| {
            let sort = sort.iter().map(|column| SortKey { column: *column, descending: false }).collect();
            let (fields, expand) = (fields.map(<[usize]>::to_vec), expand.to_vec());
            let request = ListRequest { fields, sort, expand, ..ListRequest::default() };
            assert_eq!(selected(plan, &request), format!("t.row_version, {expected}"));
        };
        let all = r#"t."id", t."title", t."size_wide", t."size_high", t."next_id""#;
        check(None, &[0], &[], all);
        check(Some(&[0, 1, 2, 3]), &[0], &[], all);
        check(Some(&[1]), &[0], &[], r#"t."id", t."title", NULL, NULL, NULL"#);
        check(Some(&[2]), &[0], &[], r#"t."id", NULL, t."size_wide", t."size_high", NULL"#);
        check(Some(&[1]), &[3, 0], &[], r#"t."id", t."title", NULL, t."size_high", NULL"#);
        check(Some(&[1]), &[0], &[&NEXT], r#"t."id", t."title", NULL, NULL, t."next_id""#);
    }
}
