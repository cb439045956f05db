//! What a request asks for, against the schema: every failure at once.

use atlas9_descriptor::{Field, OperationKind};

use super::body::parse;
use super::query::{parameters, segment};
use super::routes::Target;
use crate::list::{Asked, ListRequest, read_request, truth, unknown};
use crate::operation::create::give;
use crate::plan::Plan;
use crate::server::Shared;
use crate::validate::{Check, Purpose, check_body, from_text};
use crate::value::Timestamp;
use crate::{Failure, Input, Principal, Problem, Record, Value};

/// The parts of a request that hold input.
pub(crate) struct Given<'g> {
    /// Path segments where the path has placeholders.
    pub(crate) segments: &'g [&'g str],
    pub(crate) query: Option<&'g str>,
    pub(crate) body: &'g [u8],
}

/// Reads the input of an operation.
pub(crate) async fn input(
    shared: &Shared,
    plan: &Plan,
    target: Target,
    principal: &Principal,
    now: Timestamp,
    given: Given<'_>,
) -> Result<Input, Problem> {
    let (path, mut unreadable) = path_values(shared, plan, given.segments);
    let (query, repeated) = parameters(given.query);
    unreadable.extend(repeated);
    let (list, asked) = match (&target.operation.kind, &plan.list) {
        (OperationKind::List(_), Some(list)) => {
            (None, Some(read_request(&shared.plan, plan, list, principal, &path, &query)))
        }
        (kind, _) => (Some(flags(kind, plan, &query, &mut unreadable)), None),
    };
    let body = match shape(&target.operation.kind, plan) {
        // An action may come without a body.
        Some((fields, purpose)) if given.body.is_empty() && is_action(target) => {
            read_body(shared, principal, now, b"{}", fields, purpose)
        }
        Some((fields, purpose)) => read_body(shared, principal, now, given.body, fields, purpose),
        None => Ok((Record::new(&[]), None, Vec::new())),
    };
    let (mut body, forbidden, invalid) = match body {
        Ok(checked) => checked,
        Err(failure) => {
            unreadable.push(failure);
            (Record::new(&[]), None, Vec::new())
        }
    };
    if let Some(problem) = asked.as_ref().and_then(Asked::forbidden).or(forbidden) {
        return Err(problem);
    }
    let list = finish_list(shared, plan, list, asked, &mut unreadable).await?;
    if !unreadable.is_empty() {
        unreadable.extend(invalid);
        return Err(Problem::malformed(unreadable));
    }
    if !invalid.is_empty() {
        return Err(Problem::invalid(invalid));
    }
    if matches!(target.operation.kind, OperationKind::Create) {
        give(plan, &mut body, &path, now);
    }
    Ok(Input { path, body, list })
}

fn path_values(shared: &Shared, plan: &Plan, segments: &[&str]) -> (Vec<Value>, Vec<Failure>) {
    let (mut values, mut failures) = (Vec::new(), Vec::new());
    for (parameter, text) in plan.path.iter().zip(segments) {
        let fail = |code: &'static str, detail: String| Failure::parameter(parameter.name, code, detail);
        let value = match segment(text) {
            None => Err(fail("wrong_encoding", "must be percent-encoded UTF-8".to_owned())),
            Some(text) => from_text(&shared.plan.bounds, &text, parameter.ty)
                .map_err(|wrong| fail(wrong.code, wrong.detail)),
        };
        match value {
            Ok(value) => values.push(value),
            Err(failure) => failures.push(failure),
        }
    }
    (values, failures)
}

/// What operations other than lists take from the query: whether deleted rows are shown, for those that read one.
fn flags(
    kind: &OperationKind,
    plan: &Plan,
    query: &[(String, String)],
    failures: &mut Vec<Failure>,
) -> ListRequest {
    let mut request = ListRequest::default();
    let known: &[&str] = match kind {
        OperationKind::Get if plan.deleted_at.is_some() => &["show_deleted"],
        _ => &[],
    };
    for (name, text) in query {
        if known.contains(&name.as_str()) {
            match truth(name, text) {
                Ok(shown) => request.show_deleted = shown,
                Err(failure) => failures.push(failure),
            }
        } else {
            failures.push(unknown(name, known.iter().copied()));
        }
    }
    request
}

async fn finish_list(
    shared: &Shared,
    plan: &Plan,
    flags: Option<ListRequest>,
    asked: Option<Asked>,
    unreadable: &mut Vec<Failure>,
) -> Result<Option<ListRequest>, Problem> {
    let Some(asked) = asked else { return Ok(flags) };
    match asked.finish(plan, shared.cursors().await?) {
        Ok(request) => Ok(Some(request)),
        Err(failures) => {
            unreadable.extend(failures);
            Ok(None)
        }
    }
}

/// The fields of an operation's body, and what it is for; nothing where it has none.
pub(crate) fn shape(kind: &OperationKind, plan: &Plan) -> Option<(&'static [Field], Purpose)> {
    match kind {
        OperationKind::Create => Some((plan.resource.fields, Purpose::Whole)),
        OperationKind::Update => Some((plan.resource.fields, Purpose::Patch)),
        OperationKind::Replace => Some((plan.resource.fields, Purpose::Replace)),
        OperationKind::Action(action) => Some((action.params, Purpose::Whole)),
        _ => None,
    }
}

fn is_action(target: Target) -> bool {
    matches!(target.operation.kind, OperationKind::Action(_))
}

type Checked = (Record, Option<Problem>, Vec<Failure>);

fn read_body(
    shared: &Shared,
    principal: &Principal,
    now: Timestamp,
    bytes: &[u8],
    fields: &'static [Field],
    purpose: Purpose,
) -> Result<Checked, Failure> {
    let json = parse(bytes)?;
    let mut check = Check::new(&shared.plan.bounds, principal, now);
    let record = check_body(&mut check, json, fields, purpose);
    let (forbidden, failures) = check.finish();
    Ok((record, forbidden, failures))
}
