//! Writing lists of references.

use std::collections::{HashMap, HashSet};

use super::write::{Asked, share};
use crate::plan::{LinksPlan, Plan};
use crate::problem::Failure;
use crate::store::{AT_ONCE, Bind, Broken, Session, Statement};
use crate::validate::repeated_keys;
use crate::{Cx, Problem, Record, Value};

/// Keys that stand in a list twice, and those that are asked for and lead to nothing.
pub(super) async fn broken(
    cx: &mut Cx,
    plan: &Plan,
    record: &Record,
    asked: Asked<'_>,
) -> Result<Vec<Failure>, Problem> {
    let mut failures = Vec::new();
    for links in plan.links.iter().filter(|links| asked.has(links.on_delete)) {
        let Some(keys) = list(record, links) else { continue };
        let repeated = repeated_keys(keys);
        failures.extend(repeated.iter().map(|place| {
            Failure::field(&[links.wire, &place.to_string()], "duplicate", "stands in the list already")
        }));
        let known: HashSet<String> = asked
            .before()
            .and_then(|before| list(before, links))
            .unwrap_or_default()
            .iter()
            .map(Value::plain)
            .collect();
        // A row that stands in its own list is there when the list is.
        let own = plan.key_values(record).pop().filter(|_| links.resource == plan.resource.name);
        let new: Vec<(usize, &Value)> = keys
            .iter()
            .enumerate()
            .filter(|(place, key)| !repeated.contains(place) && !known.contains(&key.plain()))
            .filter(|(_, key)| own.as_ref() != Some(*key))
            .collect();
        failures.extend(missing(cx.session().await?, links, &new).await?);
    }
    Ok(failures)
}

fn list<'r>(record: &'r Record, links: &LinksPlan) -> Option<&'r [Value]> {
    match record.at(links.field) {
        Some(Value::List(keys)) => Some(keys),
        _ => None,
    }
}

async fn missing(
    session: &mut Session,
    links: &LinksPlan,
    keys: &[(usize, &Value)],
) -> Result<Vec<Failure>, Broken> {
    let (select, column) = &links.targets;
    let mut failures = Vec::new();
    for chunk in keys.chunks(AT_ONCE) {
        let binds: Vec<Vec<Bind>> = chunk.iter().map(|(_, key)| vec![Bind::new(key, links.key)]).collect();
        let mut asked = Statement::new(select);
        asked.push_among(std::slice::from_ref(column), &binds);
        if links.soft {
            asked.push(share(session.dialect()));
        }
        let mut found = HashSet::new();
        for row in session.rows(asked).await? {
            found.insert(crate::row::cell_value(row.cell(0, links.key)?, links.key, links.ty)?.plain());
        }
        failures.extend(chunk.iter().filter(|(_, key)| !found.contains(&key.plain())).map(|(place, _)| {
            let detail = format!("there is no {} with this key", links.resource);
            Failure::field(&[links.wire, &place.to_string()], "not_found", detail)
        }));
    }
    Ok(failures)
}

/// Brings the tables of the lists from what they were to what the record has. Links that stay are left alone: whoever deletes the
/// other end at the same time has locked it, and waits for this row.
pub(super) async fn save(
    session: &mut Session,
    plan: &Plan,
    before: Option<&Record>,
    after: &Record,
) -> Result<(), Broken> {
    for links in &plan.links {
        let Some(new) = list(after, links) else { continue };
        let old = before.and_then(|before| list(before, links)).unwrap_or_default();
        if old == new {
            continue;
        }
        let owner = plan.owner.binds(after);
        let kept: HashSet<String> = new.iter().map(Value::plain).collect();
        let gone: Vec<&Value> = old.iter().filter(|key| !kept.contains(&key.plain())).collect();
        for chunk in gone.chunks(AT_ONCE) {
            session.execute(remove(links, &owner, chunk)).await?;
        }
        let places: HashMap<String, usize> =
            old.iter().enumerate().map(|(place, key)| (key.plain(), place)).collect();
        let moved: Vec<(usize, &Value)> =
            new.iter().enumerate().filter(|(place, key)| places.get(&key.plain()) != Some(place)).collect();
        for chunk in moved.chunks(AT_ONCE) {
            session.execute(put(links, &owner, chunk)).await?;
        }
    }
    Ok(())
}

fn remove(links: &LinksPlan, owner: &[Bind], keys: &[&Value]) -> Statement {
    let mut delete = Statement::new(&links.delete());
    for (column, bind) in links.owner.iter().zip(owner) {
        delete.push("l.").push(column).push(" = ").bind(bind.clone()).push(" AND ");
    }
    let keys: Vec<Vec<Bind>> = keys.iter().map(|key| vec![Bind::new(key, links.key)]).collect();
    delete.push_among(&[format!("l.{}", links.key_name)], &keys);
    delete
}

fn put(links: &LinksPlan, owner: &[Bind], keys: &[(usize, &Value)]) -> Statement {
    let LinksPlan { table, key_name, .. } = links;
    let columns: String = links.owner.iter().map(|column| format!("{column}, ")).collect();
    let mut insert = Statement::new(&links.insert(&format!("{columns}{key_name}, position")));
    for (index, (place, key)) in keys.iter().enumerate() {
        let mut values = owner.to_vec();
        values.push(Bind::new(key, links.key));
        values.push(Bind::Int(i64::try_from(*place).unwrap_or(i64::MAX)));
        insert.push(if index > 0 { ", " } else { "" }).push(&table.row()).push_values(&values);
    }
    let key: Vec<String> = links.owner.iter().chain([key_name]).cloned().collect();
    let key = table.key(&key);
    insert.push(&format!(" ON CONFLICT ({key}) DO UPDATE SET position = excluded.position"));
    insert
}
