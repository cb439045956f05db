//! Several rows in one transaction: what the single operation does, or its code, item by item.

use atlas9_descriptor::{Operation, OperationKind};

use super::{Answer, attempt, find, not_found};
use crate::http::{Precondition, one};
use crate::plan::Plan;
use crate::problem::Failure;
use crate::{Cx, Input, Problem};

/// One of several.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// What a request of the single operation would ask for.
    pub(crate) input: Input,
    /// The state that the row must have.
    pub(crate) precondition: Option<Precondition>,
}

/// The operation that is done with each row: that of a batch, or the operation itself.
pub(crate) fn single(plan: &Plan, operation: &'static Operation) -> &'static Operation {
    let is_single = |kind: &OperationKind| match operation.kind {
        OperationKind::BatchCreate { .. } => matches!(kind, OperationKind::Create),
        OperationKind::BatchDelete { .. } => matches!(kind, OperationKind::Delete { .. }),
        _ => false,
    };
    plan.resource.operations.iter().find(|other| is_single(&other.kind)).unwrap_or(operation)
}

/// Does it with all, or with none. What the server does by itself goes on after a refusal, to tell all that is wrong; code may
/// have done what no transaction takes back, and is not called again.
pub(crate) async fn answer(
    cx: &mut Cx,
    plan: &Plan,
    operation: &'static Operation,
    input: Input,
) -> Result<Answer, Problem> {
    let single = single(plan, operation);
    let is_code = cx.shared.handlers.contains_key(&(plan.resource.name, single.name));
    let deletes = matches!(single.kind, OperationKind::Delete { .. });
    match (deletes, is_code) {
        (true, _) => present(cx, plan, &input.items, is_code).await?,
        (false, _) => find::parent(cx, plan, &input.path).await?,
    }
    let (mut done, mut refused) = (Vec::with_capacity(input.items.len()), Vec::new());
    for (place, item) in input.items.into_iter().enumerate() {
        // Code tries each of what it asks for by itself.
        let answer = match is_code {
            true => one(cx, Some(plan), single, item.input, None).await,
            false => tried(cx, plan, single, item.input).await,
        };
        match answer {
            Ok(answer) => done.push(answer),
            // It was there: it has gone with one before it.
            Err(problem) if deletes && !is_code && problem.status() == 404 => done.push(Answer::Nothing),
            Err(problem) => {
                let is_last = is_code || !can_be_joined(&problem);
                let problem = problem.of_item(place, key(plan));
                if is_last {
                    return Err(problem);
                }
                refused.push(problem);
            }
        }
    }
    joined(refused).map_or(Ok(Answer::Batch(done)), Err)
}

/// What the server does by itself with one, as a whole or not at all: others are looked at after a refusal.
async fn tried(
    cx: &mut Cx,
    plan: &Plan,
    single: &'static Operation,
    input: Input,
) -> Result<Answer, Problem> {
    attempt::begin(cx).await?;
    let answer = one(cx, Some(plan), single, input, None).await;
    attempt::end(cx, answer).await
}

/// The key of an item, on the wire.
fn key(plan: &Plan) -> &'static str {
    let field = plan.resource.key.and_then(|place| plan.resource.fields.get(place));
    field.map_or("id", |field| field.wire)
}

/// Sees to it that all rows are there, in the states that the request wants, and keeps them so. Code decides itself what it makes
/// of a row that is not there.
async fn present(cx: &mut Cx, plan: &Plan, items: &[Item], is_code: bool) -> Result<(), Problem> {
    let mut order: Vec<(usize, &Item)> = items.iter().enumerate().collect();
    // Whoever locks several rows does so in one order, or two such requests would wait for each other.
    order.sort_by_cached_key(|(_, item)| item.input.path.last().map(crate::Value::plain));
    let (mut missing, mut stale) = (Vec::new(), Vec::new());
    for (place, item) in order {
        cx.precondition.clone_from(&item.precondition);
        match find::locked(cx, plan, &item.input.path, false).await {
            Ok(_) => {}
            Err(problem) if problem.status() == 404 && is_code && item.precondition.is_none() => {}
            Err(problem) if problem.status() == 404 => missing.push(place),
            Err(problem) if problem.status() == 412 => stale.push(place),
            Err(problem) => return Err(problem),
        }
    }
    cx.precondition = None;
    let at = |mut places: Vec<usize>, member: &str, code: &'static str, detail: &str| -> Vec<Failure> {
        places.sort_unstable();
        let failure =
            |place: usize| Failure::field(&["items", &place.to_string(), member], code, detail.to_owned());
        places.into_iter().map(failure).collect()
    };
    if !missing.is_empty() {
        let detail = format!("there is no {} with this key", plan.resource.name);
        return Err(not_found(plan).with_errors(at(missing, key(plan), "not_found", &detail)));
    }
    if !stale.is_empty() {
        let errors = at(stale, "etag", "precondition_failed", "is not the entity tag that it has now");
        let detail = "A resource has changed: its entity tag is not the one in `etag`.";
        return Err(Problem::precondition_failed().with_detail(detail).with_errors(errors));
    }
    Ok(())
}

/// True for what the server finds wrong with a row, beside which something may be wrong with others.
fn can_be_joined(problem: &Problem) -> bool {
    matches!(problem.code(), "conflict" | "invalid") && !problem.errors().is_empty()
}

/// All that is wrong with the items as one problem.
fn joined(refused: Vec<Problem>) -> Option<Problem> {
    let errors: Vec<Failure> = refused.iter().flat_map(|problem| problem.errors().iter().cloned()).collect();
    let conflict = refused.iter().find(|problem| problem.status() == 409).cloned();
    match conflict {
        Some(conflict) => Some(conflict.with_errors(errors)),
        None => (!errors.is_empty()).then(|| Problem::invalid(errors)),
    }
}
