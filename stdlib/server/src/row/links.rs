//! The lists of references of rows, read for all of them at once.

use std::collections::HashMap;

use super::{FIRST, cell_value};
use crate::Value;
use crate::plan::{LinksPlan, Plan};
use crate::store::{AT_ONCE, Bind, Broken, Row, Session, Statement};

/// The lists of references of each row, in the order of the resource's.
pub(crate) async fn read_links(
    session: &mut Session,
    plan: &Plan,
    rows: &[&Row],
) -> Result<Vec<Vec<Value>>, Broken> {
    if plan.links.is_empty() || rows.is_empty() {
        return Ok(vec![Vec::new(); rows.len()]);
    }
    let keys = rows.iter().map(|row| key(plan, row)).collect::<Result<Vec<_>, _>>()?;
    let mut found = vec![Vec::with_capacity(plan.links.len()); rows.len()];
    for links in &plan.links {
        let lists = lists(session, plan, links, &keys).await?;
        found.iter_mut().zip(lists).for_each(|(row, list)| row.push(Value::List(list)));
    }
    Ok(found)
}

/// The primary key of a row.
fn key(plan: &Plan, row: &Row) -> Result<Vec<Value>, sqlx::Error> {
    plan.owner.places().iter().map(|place| field_value(plan, row, *place)).collect()
}

/// The value of a field that has a column of its own; null for others.
pub(crate) fn field_value(plan: &Plan, row: &Row, place: usize) -> Result<Value, sqlx::Error> {
    match plan.columns.iter().enumerate().find(|(_, column)| column.path == [place]) {
        Some((index, column)) => cell_value(row.cell(index + FIRST, column.ty)?, column.ty, column.field),
        None => Ok(Value::Null),
    }
}

async fn lists(
    session: &mut Session,
    plan: &Plan,
    links: &LinksPlan,
    keys: &[Vec<Value>],
) -> Result<Vec<Vec<Value>>, Broken> {
    let text = |key: &[Value]| key.iter().map(Value::plain).collect::<Vec<String>>();
    let places: HashMap<Vec<String>, usize> =
        keys.iter().enumerate().map(|(index, key)| (text(key), index)).collect();
    let mut found = vec![Vec::new(); keys.len()];
    for chunk in keys.chunks(AT_ONCE) {
        let binds: Vec<Vec<Bind>> =
            chunk.iter().map(|key| plan.owner.binds_of(&key.iter().collect::<Vec<_>>())).collect();
        for row in session.rows(select(links, &binds)).await? {
            let mut owner = Vec::with_capacity(links.owner.len());
            for (index, (place, ty)) in plan.owner.places().iter().zip(plan.owner.types()).enumerate() {
                let Some(field) = plan.resource.fields.get(*place) else { continue };
                owner.push(cell_value(row.cell(index, *ty)?, *ty, &field.ty)?);
            }
            let value = cell_value(row.cell(links.owner.len(), links.key)?, links.key, links.ty)?;
            if let Some(list) = places.get(&text(&owner)).and_then(|place| found.get_mut(*place)) {
                list.push(value);
            }
        }
    }
    Ok(found)
}

fn select(links: &LinksPlan, owners: &[Vec<Bind>]) -> Statement {
    let columns: Vec<String> = links.owner.iter().map(|name| format!("l.{name}")).collect();
    let shown: String = columns.iter().map(|column| format!("{column}, ")).collect();
    let mut select =
        Statement::new(&format!("SELECT {shown}l.{} FROM {}", links.key_name, links.table.rows("l")));
    select.push_among(&columns, owners);
    select.push(" ORDER BY l.position");
    select
}
