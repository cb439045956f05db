//! Calls with the TypeScript SDK, and what of its names they need.

mod text;
mod values;

pub use text::{literal, object_property, property as property_name};
pub use values::value;

use atlas9_ir::{Ir, Operation, OperationKind, PaginationStyle, Resource, TypeKind};
use serde_json::Value as Json;

use super::{Call, CallWriter};
use crate::names::{Target, called, camel, identifier, pascal};
use crate::requests::{Given, Items, items, param_fields, request_fields};

/// The variable that examples keep the client in, `bookstore`.
pub fn client(service: &str) -> String {
    identifier(Target::TypeScript, &camel(service))
}

/// The variable that examples keep one of a resource in, `book`.
pub fn variable(resource: &Resource) -> String {
    identifier(Target::TypeScript, &camel(&resource.snake))
}

/// The client's property for a resource, `books`.
pub fn property(resource: &Resource) -> String {
    identifier(Target::TypeScript, &camel(&resource.plural))
}

/// The method of an operation, `publish`.
pub fn method(operation: &Operation) -> String {
    let name = called(Target::TypeScript, operation, camel);
    // The one name that means something else in a class.
    if name == "constructor" { "constructor_".to_owned() } else { identifier_start(name) }
}

/// The name as declared where it is in the casing of types already: `ISBN` stays `ISBN`.
pub fn type_name(name: &str) -> String {
    let fits = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_');
    identifier_start(if fits { name.to_owned() } else { pascal(name) })
}

/// A digit cannot begin a name.
pub fn identifier_start(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// Writes the calls of a model.
pub(super) struct Calls<'a>(pub(super) &'a Ir);

impl CallWriter for Calls<'_> {
    fn client(&self) -> Option<String> {
        let service = &self.0.service;
        let key = if service.auth.is_empty() { "" } else { "{ apiKey: \"...\" }" };
        Some(format!("const {} = new {}({key});", client(&service.name), type_name(&service.name)))
    }

    fn call(&self, call: &Call<'_>) -> String {
        written(call)
    }
}

/// `const book = await bookstore.books.get("...");`
fn written(call: &Call<'_>) -> String {
    let called = match call.resource() {
        Some(resource) => format!("{}.{}", property(resource), method(call.operation)),
        None => method(call.operation),
    };
    let called = format!("{}.{called}({})", client(&call.ir.service.name), arguments(call).join(", "));
    match (&call.operation.kind, call.resource()) {
        (OperationKind::List(list), Some(resource)) => {
            let one = other_than(variable(resource), &client(&call.ir.service.name));
            // Both kinds of pages are walked alike.
            match list.paginate.style {
                PaginationStyle::Cursor | PaginationStyle::Page => {
                    format!("for await (const {one} of {called}) {{\n  console.log({one});\n}}")
                }
            }
        }
        _ if answers(call) => {
            let name = other_than(result(call), &client(&call.ir.service.name));
            format!("const {name} = await {called};")
        }
        _ => format!("await {called};"),
    }
}

fn other_than(name: String, taken: &str) -> String {
    if name == taken { format!("{name}_") } else { name }
}

/// What an answer is kept in.
fn result(call: &Call<'_>) -> String {
    let own = call.resource().map(variable);
    match &call.operation.kind {
        OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => "result".to_owned(),
        OperationKind::Action(action) => match action.returns.as_ref().map(|ty| &ty.kind) {
            Some(TypeKind::Ref(id)) => variable(&call.ir.resources[*id]),
            _ => "result".to_owned(),
        },
        _ => own.unwrap_or_else(|| "result".to_owned()),
    }
}

/// True where the answer has a body.
fn answers(call: &Call<'_>) -> bool {
    match &call.operation.kind {
        OperationKind::BatchDelete(_) => call.resource().is_some_and(Resource::soft_delete),
        OperationKind::Delete(delete) => delete.soft_keep_days.is_some(),
        OperationKind::Action(action) => action.returns.is_some(),
        OperationKind::List(_)
        | OperationKind::Get
        | OperationKind::Create
        | OperationKind::Update
        | OperationKind::Replace
        | OperationKind::Undelete
        | OperationKind::BatchCreate(_) => true,
    }
}

/// The arguments in the order of the method's parameters: those that may be left out stand behind the others.
fn arguments(call: &Call<'_>) -> Vec<String> {
    let (ir, request) = (call.ir, call.request);
    let value_of = |given: &Given<'_>| match given.ty {
        Some(ty) => value(ir, ty, &given.value),
        None => given.value.to_string(),
    };
    let mut found: Vec<String> = request.path.iter().map(value_of).collect();
    if let Some(Json::Object(body)) = &request.body {
        let fields = request_fields(call.resource(), call.operation);
        if !fields.is_empty() {
            found.push(values::object(ir, fields.into_iter(), body));
        }
        found.extend(items(call.resource(), call.operation).map(|items| listed(call, items, body)));
    }
    let needed = param_fields(call.operation).any(|(field, _)| field.required_in_create());
    let placed = request.query.iter().chain(&request.headers);
    let mut placed: Vec<String> =
        placed.map(|given| format!("{}: {}", object_property(given.wire), value_of(given))).collect();
    if !placed.is_empty() {
        let given =
            |wire: &&str| request.query.iter().chain(&request.headers).any(|given| given.wire == *wire);
        placed.extend(values::inherited(beside(call).into_iter().filter(|wire| !given(wire))));
    }
    let body = !request_fields(call.resource(), call.operation).is_empty();
    let behind = needed && request.body.is_none() && body;
    if call.operation.conditional && !behind && request.body.is_none() && body {
        found.push("undefined".to_owned());
    }
    // A body that may be left out has its place behind what may not.
    if behind || !placed.is_empty() {
        found.push(values::braced(&placed));
    }
    if call.operation.conditional {
        let missing =
            if behind { body } else { placed.is_empty() && param_fields(call.operation).next().is_some() };
        found.extend(missing.then(|| "undefined".to_owned()));
        found.push(format!("{{ ifMatch: {} }}", literal("\"3\"")));
    }
    found
}

/// The items of a batch, which the method takes without the object around them.
fn listed(call: &Call<'_>, items: Items<'_>, body: &serde_json::Map<String, Json>) -> String {
    let fields = match items {
        Items::Bodies(_, create) => request_fields(call.resource(), create),
        Items::Keys(key) => vec![key],
    };
    let found = body.get("items").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object);
    let found = found.map(|item| values::object(call.ir, fields.iter().copied(), item));
    format!("[{}]", found.collect::<Vec<_>>().join(", "))
}

/// The names of all that can stand beside a body: filters of a list, parameters of an action.
fn beside<'a>(call: &Call<'a>) -> Vec<&'a str> {
    let (OperationKind::List(list), Some(resource)) = (&call.operation.kind, call.resource()) else {
        return param_fields(call.operation).map(|(field, _)| field.wire.as_str()).collect();
    };
    let first = list.filter.iter().filter_map(|path| path.0.first());
    let fields = first.filter_map(|name| resource.fields.iter().find(|field| field.name == *name));
    fields.map(|field| field.wire.as_str()).collect()
}
