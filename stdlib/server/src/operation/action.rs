//! Actions that are declared: guarded transitions and assignments, in one statement.

use atlas9_descriptor::{Action, Assigned, Field, Managed, Place, Raise, Type};

use super::create::now_as;
use super::diagnose::wire;
use super::update::update_where;
use super::write::{Asked, Written, soft_references, write};
use super::{find, load};
use crate::audit::Watched;
use crate::http::States;
use crate::plan::{Plan, column_at, field_at, managed};
use crate::row::read_row;
use crate::store::{Bind, Row, Statement};
use crate::validate::literal;
use crate::{Cx, Failure, Problem, Record, Value, rules};

/// Does what an action declares to the row that a path leads to.
pub(crate) async fn row(
    cx: &mut Cx,
    plan: &Plan,
    action: &'static Action,
    path: &[Value],
    params: &Record,
) -> Result<Row, Problem> {
    let before = if needs_row(plan, action) {
        let row = find::locked(cx, plan, path, false).await?;
        load(cx, plan, &row).await?
    } else {
        Record::new(plan.resource.fields)
    };
    let (changes, after) = changes(cx, plan, action, params, &before)?;
    let wide = plan.too_wide(&after);
    if !wide.is_empty() {
        return Err(of_params(plan, action, Problem::invalid(wide)));
    }
    let watched = cx.watch(plan, path).await?;
    let update = guarded(cx, plan, action, (path, &changes), watched);
    let key = crate::plan::path_binds(&plan.path, path);
    let written = Written { record: &after, before: Some(&before), key: Some(&key) };
    let written = write(cx, plan, update, written).await;
    let Some(row) = written.map_err(|problem| of_params(plan, action, problem))? else {
        return Err(refused(cx, plan, action, path, params).await?);
    };
    let mut failures = match plan.resource.rules {
        [] => Vec::new(),
        rules => rules::broken(&load(cx, plan, &row).await?, rules, cx.now),
    };
    failures.extend(soft_references(cx, plan, &after, Asked::Changed(&before)).await?);
    if !failures.is_empty() {
        return Err(of_params(plan, action, Problem::invalid(failures)));
    }
    Ok(row)
}

/// True where the row has to be read first: an assignment copies from it, or what is set shares an index with what it has. The row of a
/// singleton is made by that.
fn needs_row(plan: &Plan, action: &'static Action) -> bool {
    let copies = action.sets.iter().any(|(_, value)| matches!(value, Assigned::Field(_)));
    let sets = |place: usize| {
        let column = |path| column_at(&plan.columns, plan.resource.fields, path).map(|(place, _)| place);
        action.sets.iter().any(|(target, _)| column(target) == Some(place))
    };
    copies || plan.resource.is_singleton() || plan.shares_room(sets)
}

/// The problem with what a field was set to, told of the parameter that it was set to.
fn of_params(plan: &Plan, action: &'static Action, problem: Problem) -> Problem {
    if problem.errors().is_empty() {
        return problem;
    }
    let told = |failure: &Failure| {
        let param = action.sets.iter().find_map(|(target, assigned)| match assigned {
            Assigned::Param(name) if failure.place == Failure::field(&wire(plan, target), "", "").place => {
                action.params.iter().find(|param| param.name == *name)
            }
            _ => None,
        });
        param.map_or(failure.clone(), |param| Failure { place: place(param), ..failure.clone() })
    };
    let errors = problem.errors().iter().map(told).collect();
    problem.with_errors(errors)
}

/// Where a request has a parameter.
fn place(param: &'static Field) -> crate::Place {
    match param.place {
        Place::Body => Failure::field(&[param.wire], "", "").place,
        Place::Header(name) => Failure::header(name, "", "").place,
        _ => Failure::parameter(param.wire, "", "").place,
    }
}

/// The columns that the action changes, and the row with them as far as it is known.
fn changes(
    cx: &Cx,
    plan: &Plan,
    action: &'static Action,
    params: &Record,
    before: &Record,
) -> Result<(Vec<(usize, Bind)>, Record), Problem> {
    let mut found = (Vec::new(), before.clone());
    for transition in action.moves {
        set(plan, transition.field, Value::Text(transition.to.to_owned()), &mut found);
    }
    for (target, assigned) in action.sets {
        let Some(field) = field_at(plan.resource.fields, target) else { continue };
        let value = value_of(cx, assigned, &field.ty, params, before)?;
        set(plan, target, value, &mut found);
    }
    for index in managed(plan.resource.fields, Managed::UpdatedAt) {
        if let Some(field) = plan.resource.fields.get(index) {
            set(plan, &[field.name], now_as(&field.ty, cx.now), &mut found);
        }
    }
    Ok(found)
}

fn set(plan: &Plan, path: &[&str], value: Value, (found, after): &mut (Vec<(usize, Bind)>, Record)) {
    if let Some((index, column)) = column_at(&plan.columns, plan.resource.fields, path) {
        let bind = match column.ty {
            crate::store::ColumnType::Json => Bind::json(&value, column.field),
            ty => Bind::new(&value, ty),
        };
        found.retain(|(known, _)| *known != index);
        found.push((index, bind));
        put(after, &column.path, value);
    }
}

/// Sets what is at the end of a path of places.
fn put(record: &mut Record, path: &[usize], value: Value) {
    match path {
        [] => {}
        [last] => record.put(*last, value),
        [first, rest @ ..] => {
            let fields = match record.fields().get(*first).map(|field| field.ty) {
                Some(Type::Structure(structure)) => structure.fields.get(),
                _ => return,
            };
            let mut inner = match record.at(*first) {
                Some(Value::Record(inner)) => inner.clone(),
                _ => Record::new(fields),
            };
            put(&mut inner, rest, value);
            record.put(*first, Value::Record(inner));
        }
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
    if let Some(precondition) = &cx.precondition {
        among(&mut update, "IN (0", precondition.wanted());
        among(&mut update, "NOT IN (0", precondition.unwanted());
    }
    update.push(" RETURNING ").push(&plan.texts.returned);
    update
}

/// The condition that the row is in one of these states, or in none of them. No version is 0.
fn among(update: &mut Statement, operator: &str, states: Option<&States>) {
    match states {
        None => {}
        Some(States::Any) => drop(update.push(" AND 0 ").push(operator).push(")")),
        Some(States::Of(versions)) => {
            update.push(" AND t.row_version ").push(operator);
            for version in versions {
                update.push(", ").bind(Bind::Int(*version));
            }
            update.push(")");
        }
    }
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
