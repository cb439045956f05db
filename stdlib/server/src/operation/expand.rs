//! `?expand=author`: the resources that references lead to, each read once however many rows refer to it.

use std::collections::{BTreeMap, HashMap};

use atlas9_descriptor::{Expand, Store};

use crate::plan::{Plan, ServicePlan, listed};
use crate::row::{Showing, field_value, read_links, write_row};
use crate::store::{AT_ONCE, Bind, ColumnType, Row, Session, Statement};
use crate::{Cx, Principal, Problem, Record, Value};

/// The resources behind one reference, as the caller may read them.
pub(crate) struct Embedded {
    /// The place of the field that refers.
    pub(crate) field: usize,
    /// The member's name.
    pub(crate) name: &'static str,
    /// True for a list of references.
    pub(crate) many: bool,
    /// Objects by the text of their keys.
    found: HashMap<String, Vec<u8>>,
}

impl Embedded {
    /// Writes the member that belongs to a value of the field. What is not there for the caller is null, and missing in a list.
    pub(crate) fn write(&self, out: &mut Vec<u8>, value: &Value) {
        match value {
            Value::List(keys) => {
                let found = keys.iter().filter_map(|key| self.found.get(&key.plain()));
                crate::value::write::sequence(
                    out,
                    b'[',
                    found,
                    |out, object| out.extend_from_slice(object),
                    b']',
                );
            }
            _ if self.many => out.extend_from_slice(b"[]"),
            key => match self.found.get(&key.plain()) {
                Some(object) if !key.is_null() => out.extend_from_slice(object),
                _ => out.extend_from_slice(b"null"),
            },
        }
    }
}

/// Rows, or records that code answered.
pub(crate) enum Items<'i> {
    /// Rows with their lists of references.
    Rows(&'i [&'i Row], &'i [Vec<Value>]),
    Records(&'i [Record]),
}

/// Finds what the references lead to.
pub(crate) async fn embed(
    cx: &mut Cx,
    plan: &Plan,
    expand: &[&'static Expand],
    items: &Items<'_>,
) -> Result<Vec<Embedded>, Problem> {
    let (shared, principal) = (std::sync::Arc::clone(&cx.shared), cx.principal.clone());
    let mut all = Vec::with_capacity(expand.len());
    for expand in expand {
        let Some((field, target)) = target(&shared.plan, plan, expand) else { continue };
        let keys = keys(plan, field, items)?;
        let found = objects(cx.session().await?, target, &keys, &principal).await?;
        let many =
            plan.resource.fields.get(field).is_some_and(|field| matches!(field.store, Store::Links(_)));
        all.push(Embedded { field, name: expand.name, many, found });
    }
    Ok(all)
}

/// The field that refers, and what it refers to.
pub(crate) fn target<'s>(
    service: &'s ServicePlan,
    plan: &Plan,
    expand: &Expand,
) -> Option<(usize, &'s Plan)> {
    let place = plan.resource.fields.iter().position(|field| field.name == expand.field)?;
    let ty = &plan.resource.fields.get(place)?.ty;
    let reference = match ty {
        atlas9_descriptor::Type::Reference(reference) => *reference,
        ty => listed(ty)?.1,
    };
    Some((place, service.named(reference.resource)?))
}

/// The keys that a field holds, each once.
fn keys(plan: &Plan, field: usize, items: &Items<'_>) -> Result<Vec<Value>, Problem> {
    let mut found = BTreeMap::new();
    let mut add = |value: Value| {
        let keys = if let Value::List(keys) = value { keys } else { vec![value] };
        for key in keys.into_iter().filter(|key| !key.is_null()) {
            found.insert(key.plain(), key);
        }
    };
    match items {
        Items::Rows(rows, links) => {
            let place = plan.links.iter().position(|links| links.field == field);
            for (row, links) in rows.iter().zip(*links) {
                match place.and_then(|place| links.get(place)) {
                    Some(list) => add(list.clone()),
                    None => add(field_value(plan, row, field)?),
                }
            }
        }
        Items::Records(records) => {
            records.iter().filter_map(|record| record.at(field)).for_each(|value| add(value.clone()));
        }
    }
    Ok(found.into_values().collect())
}

/// The resources with these keys that are there, as objects by the text of their keys.
async fn objects(
    session: &mut Session,
    target: &Plan,
    keys: &[Value],
    principal: &Principal,
) -> Result<HashMap<String, Vec<u8>>, Problem> {
    let mut found = HashMap::with_capacity(keys.len());
    let Some(key) = target.resource.key_field() else { return Ok(found) };
    let ty = ColumnType::of(&key.ty);
    let column = format!("t.{}", crate::plan::quoted(key.name));
    for chunk in keys.chunks(AT_ONCE) {
        let binds: Vec<Vec<Bind>> = chunk.iter().map(|key| vec![Bind::new(key, ty)]).collect();
        let mut select = Statement::new(&target.texts.among);
        select.push_among(std::slice::from_ref(&column), &binds);
        let rows = session.rows(select).await?;
        let rows: Vec<&Row> = rows.iter().collect();
        let links = read_links(session, target, &rows).await?;
        for (row, links) in rows.iter().zip(&links) {
            let mut out = Vec::with_capacity(512);
            write_row(&mut out, target, row, principal, Showing { links, ..Showing::default() })?;
            let place = target.resource.key.unwrap_or_default();
            found.insert(field_value(target, row, place)?.plain(), out);
        }
    }
    Ok(found)
}
