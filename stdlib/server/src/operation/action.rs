//! Actions that are declared: guarded transitions and assignments, in one statement.

use atlas9_descriptor::{Action, Assigned, Managed, Raise, Type};

use super::create::now_as;
use super::update::update_where;
use super::write::{Written, write};
use super::{find, load};
use crate::audit::Watched;
use crate::plan::{Plan, column_at, field_at, managed};
use crate::row::read_row;
use crate::store::{Bind, Row, Statement};
use crate::validate::literal;
use crate::{Cx, Problem, Record, Value, rules};

/// Does what an action declares to the row that a path leads to.
pub(crate) async fn row(
    cx: &mut Cx,
    plan: &Plan,
    action: &'static Action,
    path: &[Value],
    params: &Record,
) -> Result<Row, Problem> {
    // What an assignment copies is the row as it was; only then it has to be read first. The row of a singleton is made by that.
    let copies = action.sets.iter().any(|(_, value)| matches!(value, Assigned::Field(_)));
    let before = if copies || plan.resource.is_singleton() {
        let row = find::locked(cx, plan, path, false).await?;
        load(cx, plan, &row).await?
    } else {
        Record::new(plan.resource.fields)
    };
    let changes = changes(cx, plan, action, params, &before)?;
    let watched = cx.watch(plan, path).await?;
    let update = guarded(cx, plan, action, (path, &changes), watched);
    let key = crate::plan::path_binds(&plan.path, path);
    let written = Written { record: &before, before: Some(&before), key: Some(&key) };
    let Some(row) = write(cx, plan, update, written).await? else {
        return Err(refused(cx, plan, action, path, params).await?);
    };
    if !plan.resource.rules.is_empty() {
        let failures = rules::broken(&load(cx, plan, &row).await?, plan.resource.rules, cx.now);
        if !failures.is_empty() {
            return Err(Problem::invalid(failures));
        }
    }
    Ok(row)
}

/// The columns that the action changes.
fn changes(
    cx: &Cx,
    plan: &Plan,
    action: &'static Action,
    params: &Record,
    before: &Record,
) -> Result<Vec<(usize, Bind)>, Problem> {
    let mut found = Vec::new();
    for transition in action.moves {
        set(plan, transition.field, &Value::Text(transition.to.to_owned()), &mut found);
    }
    for (target, assigned) in action.sets {
        let Some(field) = field_at(plan.resource.fields, target) else { continue };
        let value = value_of(cx, assigned, &field.ty, params, before)?;
        set(plan, target, &value, &mut found);
    }
    for index in managed(plan.resource.fields, Managed::UpdatedAt) {
        if let Some(field) = plan.resource.fields.get(index) {
            set(plan, &[field.name], &now_as(&field.ty, cx.now), &mut found);
        }
    }
    Ok(found)
}

fn set(plan: &Plan, path: &[&str], value: &Value, found: &mut Vec<(usize, Bind)>) {
    if let Some((index, column)) = column_at(&plan.columns, plan.resource.fields, path) {
        let bind = match column.ty {
            crate::store::ColumnType::Json => Bind::json(value, column.field),
            ty => Bind::new(value, ty),
        };
        found.retain(|(known, _)| *known != index);
        found.push((index, bind));
    }
}

/// The UPDATE, which finds the row only where the transitions may start and the request wants its version.
fn guarded(
    cx: &Cx,
    plan: &Plan,
    action: &'static Action,
    (path, changes): (&[Value], &[(usize, Bind)]),
    watched: Watched,
) -> Statement {
    let mut update = update_where(plan, (cx.dialect(), watched), path, changes, true);
    for transition in action.moves {
        if let Some((_, column)) = column_at(&plan.columns, plan.resource.fields, transition.field) {
            update.push(" AND t.").push(&column.quoted).push(" IN (");
            for (index, value) in transition.from.iter().enumerate() {
                update.push(if index > 0 { ", " } else { "" }).bind(Bind::Text((*value).to_owned()));
            }
            update.push(")");
        }
    }
    if let Some(versions) = cx.precondition.as_ref().and_then(|wanted| wanted.versions()) {
        update.push(" AND t.row_version IN (0");
        for version in versions {
            update.push(", ").bind(Bind::Int(*version));
        }
        update.push(")");
    }
    update.push(" RETURNING ").push(&plan.texts.returned);
    update
}

/// Why the UPDATE found no row.
async fn refused(
    cx: &mut Cx,
    plan: &Plan,
    action: &'static Action,
    path: &[Value],
    params: &Record,
) -> Result<Problem, Problem> {
    let row = find::locked(cx, plan, path, false).await?;
    let now = read_row(plan, &row)?;
    for transition in action.moves {
        let current = now.follow(transition.field);
        let may = matches!(current, Value::Text(text) if transition.from.contains(&text.as_str()));
        if !may {
            return raise(cx, plan, &transition.otherwise, params, &now);
        }
    }
    Ok(Problem::conflict("The resource changed at the same time.").with_remedy("Repeat the request."))
}

/// A declared error with its fields.
fn raise(
    cx: &Cx,
    plan: &Plan,
    raise: &'static Raise,
    params: &Record,
    row: &Record,
) -> Result<Problem, Problem> {
    let service = cx.shared.plan.service;
    let Some(error) = service.error(raise.code) else {
        return Ok(Problem::conflict(format!("This {} is not in the right state.", plan.resource.name)));
    };
    let mut fields = Record::new(error.fields);
    for (index, field) in error.fields.iter().enumerate() {
        let given = raise.arguments.iter().find(|(name, _)| *name == field.name);
        let value = match given {
            Some((_, assigned)) => value_of(cx, assigned, &field.ty, params, row)?,
            None => field.default.as_ref().map_or(Value::Null, |value| literal(value, &field.ty, cx.now)),
        };
        fields.put(index, value);
    }
    Ok(Problem::declared(error, fields))
}

/// The value that is assigned to a field of a type.
fn value_of(
    cx: &Cx,
    assigned: &Assigned,
    ty: &'static Type,
    params: &Record,
    row: &Record,
) -> Result<Value, Problem> {
    Ok(match assigned {
        Assigned::Literal(value) => literal(value, ty, cx.now),
        Assigned::Param(name) => params.get(name).cloned().unwrap_or(Value::Null),
        Assigned::Field(path) => row.follow(path).clone(),
        Assigned::Principal => {
            let read = crate::validate::from_text(&cx.shared.plan.bounds, cx.principal.id(), ty);
            read.map_err(|wrong| Problem::internal(format!("the caller's id {}", wrong.detail)))?
        }
    })
}
