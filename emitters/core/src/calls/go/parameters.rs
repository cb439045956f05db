//! What the methods of the module are given, and what the members of it are called.

use atlas9_ir::{Field, Ir, List, Operation, OperationKind, Resource, ResourceId, Type, Variant};

use super::{Plan, SHOWN, apart, exported, member, parameter};
use crate::requests::{Items, Placeholder, items, param_fields, placeholders, request_fields};
use crate::sdk::{Asks, Filter, filters};

/// What a method is given between the context and the options.
#[derive(Clone, Debug)]
pub enum Parameter<'a> {
    /// A value in the path: its name, and its type where it is no text.
    Key(String, Option<&'a Type>),
    /// What a list is asked for, with its type.
    List(String),
    /// The items of a batch, with the type of one.
    Items(Items<'a>, String),
    /// The body, with its type.
    Body(String),
    /// What travels in the query and in headers, with its type.
    Placed(String),
    /// The entity tag that a conditional operation must name.
    IfMatch,
}

/// The parameters of an operation's method, in their order.
pub fn parameters<'a>(
    plan: &Plan<'a>,
    owner: Option<ResourceId>,
    operation: &'a Operation,
) -> Vec<Parameter<'a>> {
    let resource = owner.map(|id| &plan.ir.resources[id]);
    let names = owner.map_or(&plan.names.operations, |id| plan.names.resource(id));
    let fields = request_fields(resource, operation);
    let mut found = keys(plan.ir, owner, operation);
    if matches!(operation.kind, OperationKind::List(_)) {
        found.push(Parameter::List(plan.own(&names.input(operation))));
    } else if let Some(items) = items(resource, operation) {
        let one = match items {
            Items::Bodies(_, create) if request_fields(resource, create).is_empty() => "struct{}".to_owned(),
            Items::Bodies(_, create) => plan.own(&names.input(create)),
            Items::Keys(_) => plan.own(&names.input(operation)),
        };
        found.push(Parameter::Items(items, one));
    } else if !fields.is_empty() {
        found.push(Parameter::Body(plan.own(&names.input(operation))));
    }
    if param_fields(operation).next().is_some() {
        found.push(Parameter::Placed(plan.own(&names.params(operation, !fields.is_empty()))));
    }
    if Asks::of(resource, operation).must_match {
        found.push(Parameter::IfMatch);
    }
    found
}

/// A parameter for each name in the path.
fn keys<'a>(ir: &'a Ir, owner: Option<ResourceId>, operation: &'a Operation) -> Vec<Parameter<'a>> {
    let named = placeholders(&operation.path).map(|placeholder| {
        let stands_for = Placeholder::of(ir, owner, operation, placeholder);
        let name = match stands_for {
            Some(Placeholder::Param(field)) => parameter(&member(field)),
            _ => parameter(placeholder),
        };
        (name, stands_for.map(Placeholder::ty))
    });
    let (names, types): (Vec<String>, Vec<Option<&Type>>) = named.unzip();
    apart(names, &[]).into_iter().zip(types).map(|(name, ty)| Parameter::Key(name, ty)).collect()
}

/// A filter of a list.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// What it is called.
    pub name: String,
    /// Its name on the wire, with points.
    pub wire: String,
    /// What it filters by.
    pub field: &'a Field,
}

/// What every list may come to be asked for: a filter that took one of these names would have to give it back.
const ASKED: [&str; 9] =
    ["Count", "Cursor", "Expand", "Fields", "Limit", "Page", "Query", "ShowDeleted", "Sort"];

/// The filters of a list; those of a structure's fields stand beside the others.
pub fn conditions<'a>(ir: &'a Ir, resource: &'a Resource, list: &List) -> Vec<Condition<'a>> {
    let mut flat: Vec<(String, &Field)> = Vec::new();
    flatten("", &filters(ir, resource, list), &mut flat);
    let called = |(wire, field): &(String, &Field)| match wire.contains('.') {
        true => exported(&wire.replace('.', "_")),
        false => member(*field),
    };
    let hides = flat.iter().any(|(_, field)| field.sensitive.is_some());
    let methods = SHOWN.iter().filter(|_| hides);
    let taken: Vec<&str> = ASKED.iter().chain(methods).copied().collect();
    let names = apart(flat.iter().map(called), &taken);
    let condition = |(name, (wire, field))| Condition { name, wire, field };
    names.into_iter().zip(flat).map(condition).collect()
}

fn flatten<'a>(before: &str, tree: &[(String, Filter<'a>)], found: &mut Vec<(String, &'a Field)>) {
    for (name, filter) in tree {
        match filter {
            Filter::Field(field) => found.push((format!("{before}{name}"), field)),
            Filter::Structure(inner) => flatten(&format!("{before}{name}."), inner, found),
        }
    }
}

/// What else the structure of a union has.
const UNION: [&str; 6] = ["GoString", "LogValue", "MarshalJSON", "String", "Unknown", "UnmarshalJSON"];

/// The fields of a union's structure, one for each variant.
pub fn variants(variants: &[Variant]) -> Vec<String> {
    apart(variants.iter().map(member), &UNION)
}
