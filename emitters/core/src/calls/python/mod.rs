//! Calls with the Python SDK, and what of its names they need.

mod names;
mod text;
mod values;

pub use names::{attribute, client, identifier, method, parameter, property, type_name, type_of, variable};
pub use text::literal;
pub use values::value;

use atlas9_ir::{Ir, Operation, OperationKind, TypeKind};
use serde_json::Value as Json;

use super::{Call, CallWriter};
use crate::requests::{Given, Items, items, request_fields};
use crate::sdk::Answer;

/// The longest call that stands on one line.
const WIDTH: usize = 88;

/// Writes the calls of a model.
pub(super) struct Calls<'a>(pub(super) &'a Ir);

impl CallWriter for Calls<'_> {
    fn client(&self) -> Option<String> {
        let service = &self.0.service;
        let key = if service.auth.is_empty() { "" } else { "api_key=\"...\"" };
        Some(format!("{} = {}({key})", client(&service.name), type_name(&service.name)))
    }

    fn call(&self, call: &Call<'_>) -> String {
        written(call)
    }
}

/// `book = bookstore.books.get("...")`
fn written(call: &Call<'_>) -> String {
    let service = client(&call.ir.service.name);
    let called = match call.resource() {
        Some(resource) => format!("{service}.{}.{}", property(resource), method(call.operation)),
        None => format!("{service}.{}", method(call.operation)),
    };
    let (before, behind) = match (&call.operation.kind, call.resource()) {
        (OperationKind::List(_), Some(resource)) => {
            let one = other_than(variable(resource), &service);
            (format!("for {one} in "), format!(":\n    print({one})"))
        }
        _ if answers(call) => (format!("{} = ", other_than(result(call), &service)), String::new()),
        _ => (String::new(), String::new()),
    };
    format!("{before}{}{behind}", arguments_of(&format!("{before}{called}"), &called, &arguments(call)))
}

/// What a call refers to that is not Python's own, as lines that import it: from the package, and from Python.
pub fn imports(module: &str, call: &str) -> Vec<String> {
    let mut found = Vec::new();
    let datetime: Vec<&str> =
        ["date", "datetime", "timezone"].into_iter().filter(|name| refers(call, name)).collect();
    if !datetime.is_empty() {
        found.push(format!("from datetime import {}", datetime.join(", ")));
    }
    if refers(call, "Decimal") {
        found.push("from decimal import Decimal".to_owned());
    }
    let named = call.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let mut own: Vec<&str> = named
        .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()) && *name != "Decimal")
        .filter(|name| refers(call, name))
        .collect();
    own.sort_unstable();
    own.dedup();
    if !own.is_empty() {
        if !found.is_empty() {
            found.push(String::new());
        }
        found.push(format!("from {module} import {}", own.join(", ")));
    }
    found
}

/// True where the name is called.
fn refers(call: &str, name: &str) -> bool {
    let mut rest = call;
    while let Some(at) = rest.find(name) {
        let (before, behind) = (rest.get(..at).unwrap_or(""), rest.get(at + name.len()..).unwrap_or(""));
        let begun = before.ends_with(['(', ' ', '[', '=']) || before.is_empty();
        if begun && behind.starts_with(['(', '.']) {
            return true;
        }
        rest = behind;
    }
    false
}

/// A call on one line where that is short, else an argument a line.
fn arguments_of(line: &str, called: &str, arguments: &[String]) -> String {
    let joined = arguments.join(", ");
    if line.len() + joined.len() + 2 <= WIDTH && !joined.contains('\n') || arguments.is_empty() {
        return format!("{called}({joined})");
    }
    let lines = arguments.iter().map(|argument| format!("    {},\n", argument.replace('\n', "\n    ")));
    format!("{called}(\n{})", lines.collect::<String>())
}

fn other_than(name: String, taken: &str) -> String {
    if name == taken { format!("{name}_") } else { name }
}

/// What an answer is kept in.
fn result(call: &Call<'_>) -> String {
    match &call.operation.kind {
        OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => "result".to_owned(),
        OperationKind::Action(action) => match action.returns.as_ref().map(|ty| &ty.kind) {
            Some(TypeKind::Ref(id)) => variable(&call.ir.resources[*id]),
            _ => "result".to_owned(),
        },
        _ => call.resource().map_or_else(|| "result".to_owned(), variable),
    }
}

/// True where the answer has a body.
fn answers(call: &Call<'_>) -> bool {
    let owner = call.owner.map(|id| (id, &call.ir.resources[id]));
    !matches!(Answer::of(call.ir, owner, call.operation), Answer::Nothing)
}

/// Keys first, then names with their values.
fn arguments(call: &Call<'_>) -> Vec<String> {
    let (ir, request) = (call.ir, call.request);
    let written = |given: &Given<'_>| match given.ty {
        Some(ty) => value(ir, ty, &given.value),
        None => values::plain(&given.value),
    };
    let mut found: Vec<String> = request.path.iter().map(written).collect();
    if let Some(Json::Object(body)) = &request.body {
        let fields = request_fields(call.resource(), call.operation);
        found.extend(values::members(ir, fields.into_iter(), body));
        found.extend(items(call.resource(), call.operation).map(|items| listed(call, items, body)));
    }
    for given in request.query.iter().chain(&request.headers) {
        found.push(format!("{}={}", argument(call.operation, given), written(given)));
    }
    if call.operation.conditional {
        found.push(format!("if_match={}", literal("\"3\"")));
    }
    found
}

/// The argument for a parameter or a filter.
fn argument(operation: &Operation, given: &Given<'_>) -> String {
    let fields = crate::requests::param_fields(operation).map(|(field, _)| field);
    fields
        .into_iter()
        .find(|field| field.wire == given.wire)
        .map_or_else(|| identifier(given.wire), attribute)
}

/// The items of a batch.
fn listed(call: &Call<'_>, items: Items<'_>, body: &serde_json::Map<String, Json>) -> String {
    let (fields, of) = match items {
        Items::Bodies(_, create) => (request_fields(call.resource(), create), create),
        Items::Keys(key) => (vec![key], call.operation),
    };
    let model = call.resource().map(type_of).unwrap_or_default();
    let class = format!("{}{model}", crate::names::pascal(&method(of)));
    let given = body.get("items").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object);
    let given = given.map(|item| {
        let mut members = values::members(call.ir, fields.iter().copied(), item);
        let etag = item.get(crate::requests::ETAG).filter(|_| matches!(items, Items::Keys(_)));
        members.extend(etag.map(|tag| format!("etag={}", values::plain(tag))));
        if fields.is_empty() { "{}".to_owned() } else { values::called(&class, &members) }
    });
    values::listed(&given.collect::<Vec<_>>())
}
