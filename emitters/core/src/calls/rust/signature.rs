//! What calls of an operation are given: what they must have as parameters of its method, the others by methods of the call.

use atlas9_ir::{Field, Ir, List, Operation, OperationKind, Resource, ResourceId};

use crate::requests::{Items, Placeholder, items, param_fields, placeholders, request_fields};
use crate::rust::{CALL, MANY, apart, is_needed, member, word};
use crate::sdk::{Asks, Filter, Position, filters, is_optional, is_required};

/// Where a value of a request travels.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// As a member of the body.
    Body,
    /// In the query.
    Query,
    /// In the header of that name.
    Header(&'a str),
}

/// A value of a request that is given by itself.
#[derive(Clone, Debug)]
pub struct Argument<'a> {
    /// The name of the parameter, or of the method.
    pub name: String,
    /// What it is the value of.
    pub field: &'a Field,
    /// Where it travels.
    pub place: Place<'a>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub enum Body<'a> {
    /// There is none.
    None,
    /// The items of a batch, behind the name of their parameter.
    Items(String, Items<'a>),
    /// A structure, behind the name of its parameter, for there are so many values that the body must have.
    Whole(String, Vec<&'a Field>),
    /// Values by themselves: what it must have, and the lists and maps that are empty unless they are given.
    Members(Vec<Argument<'a>>, Vec<&'a Field>),
}

/// What calls of an operation are given; parameters stand in this order.
#[derive(Clone, Debug)]
pub struct Signature<'a> {
    /// The keys of the path, by the names of their parameters.
    pub keys: Vec<(String, Option<Placeholder<'a>>)>,
    /// The body.
    pub body: Body<'a>,
    /// What a call must have in its query and its headers.
    pub beside: Vec<Argument<'a>>,
    /// The parameter for the state that a call must be based on.
    pub if_match: Option<String>,
    /// What calls may be given, each by a method.
    pub optional: Vec<Argument<'a>>,
    /// Where values of the body stand.
    pub position: Position,
}

impl<'a> Signature<'a> {
    /// What calls of the operation are given.
    pub fn of(ir: &'a Ir, owner: Option<ResourceId>, operation: &'a Operation) -> Signature<'a> {
        let mut parts = Parts {
            ir,
            resource: owner.map(|id| &ir.resources[id]),
            operation,
            position: position(operation),
            names: vec!["call".to_owned(), "self".to_owned()],
            optional: Vec::new(),
        };
        let keys = parts.keys(owner);
        let body = parts.body(keys.len());
        let beside = parts.beside();
        let must_match = Asks::of(parts.resource, operation).must_match;
        let if_match = must_match.then(|| parts.another("if_match".to_owned()));
        let names = apart(parts.optional.iter().map(|(field, _)| member(*field)), &CALL);
        let optional = names.into_iter().zip(parts.optional);
        let optional = optional.map(|(name, (field, place))| Argument { name, field, place }).collect();
        Signature { keys, body, beside, if_match, optional, position: parts.position }
    }
}

/// Where the values of an operation's body stand.
fn position(operation: &Operation) -> Position {
    match operation.kind {
        OperationKind::Update => Position::Patch,
        _ => Position::Write,
    }
}

/// A signature in the making.
struct Parts<'a> {
    ir: &'a Ir,
    resource: Option<&'a Resource>,
    operation: &'a Operation,
    position: Position,
    /// The names of the parameters so far.
    names: Vec<String>,
    optional: Vec<(&'a Field, Place<'a>)>,
}

impl<'a> Parts<'a> {
    fn keys(&mut self, owner: Option<ResourceId>) -> Vec<(String, Option<Placeholder<'a>>)> {
        let mut keys = Vec::new();
        for placeholder in placeholders(&self.operation.path) {
            let stands_for = Placeholder::of(self.ir, owner, self.operation, placeholder);
            let called = match stands_for {
                Some(Placeholder::Param(field)) => member(field),
                _ => word(placeholder),
            };
            keys.push((self.another(called), stands_for));
        }
        keys
    }

    fn body(&mut self, keys: usize) -> Body<'a> {
        if let Some(items) = items(self.resource, self.operation) {
            return Body::Items(self.another("items".to_owned()), items);
        }
        let fields = request_fields(self.resource, self.operation);
        let whole = self.position == Position::Write;
        let (required, optional): (Vec<&Field>, Vec<&Field>) =
            fields.iter().copied().partition(|field| whole && is_needed(self.ir, field));
        self.optional.extend(optional.iter().map(|field| (*field, Place::Body)));
        if keys + required.len() > MANY {
            return Body::Whole(self.another("body".to_owned()), fields);
        }
        if fields.is_empty() && !is_written(self.operation) {
            return Body::None;
        }
        let empty = optional.into_iter().filter(|field| whole && is_required(self.ir, field)).collect();
        let required = required.into_iter().map(|field| self.parameter(field, Place::Body));
        Body::Members(required.collect(), empty)
    }

    fn beside(&mut self) -> Vec<Argument<'a>> {
        let mut required = Vec::new();
        for (field, header) in param_fields(self.operation) {
            let place = header.map_or(Place::Query, Place::Header);
            if is_needed(self.ir, field) {
                required.push(self.parameter(field, place));
            } else {
                self.optional.push((field, place));
            }
        }
        required
    }

    fn parameter(&mut self, field: &'a Field, place: Place<'a>) -> Argument<'a> {
        Argument { name: self.another(member(field)), field, place }
    }

    /// The name, or one like it that no other parameter has.
    fn another(&mut self, name: String) -> String {
        let taken: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let name = apart([name], &taken).pop().unwrap_or_default();
        self.names.push(name.clone());
        name
    }
}

/// True for what has a body, even an empty one.
fn is_written(operation: &Operation) -> bool {
    matches!(operation.kind, OperationKind::Create | OperationKind::Update | OperationKind::Replace)
}

/// What a list can be asked of a field.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// The method of the call.
    pub name: String,
    /// The filter on the wire, `price.amount`.
    pub wire: String,
    /// The field.
    pub field: &'a Field,
}

/// What a list can be asked.
pub fn conditions<'a>(ir: &'a Ir, resource: &'a Resource, list: &List) -> Vec<Condition<'a>> {
    let mut flat = Vec::new();
    flatten("", &filters(ir, resource, list), &mut flat);
    let called = |(wire, field): &(String, &Field)| match wire.contains('.') {
        true => word(&wire.replace('.', "_")),
        false => member(*field),
    };
    let names = apart(flat.iter().map(called), &CALL);
    names.into_iter().zip(flat).map(|(name, (wire, field))| Condition { name, wire, field }).collect()
}

fn flatten<'a>(before: &str, tree: &[(String, Filter<'a>)], found: &mut Vec<(String, &'a Field)>) {
    for (name, filter) in tree {
        match filter {
            Filter::Field(field) => found.push((format!("{before}{name}"), field)),
            Filter::Structure(inner) => flatten(&format!("{before}{name}."), inner, found),
        }
    }
}

/// How a value may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It is always there.
    Never,
    /// An `Option`: it is null, or left out.
    Optional,
    /// A `Patch`, which tells null and left out apart.
    Patched,
}

/// How a field may be missing.
pub fn absent(ir: &Ir, field: &Field, position: Position) -> Absent {
    let nullable = is_optional(ir, &field.ty);
    match position {
        Position::Read if nullable || !field.requires.is_empty() => Absent::Optional,
        Position::Read => Absent::Never,
        Position::Write if is_required(ir, field) => Absent::Never,
        Position::Write | Position::Patch if nullable => Absent::Patched,
        Position::Write | Position::Patch => Absent::Optional,
    }
}

/// True for a structure in requests that has a function `new`, by its fields: there is something that it must have, and something
/// else.
pub fn has_constructor(ir: &Ir, fields: &[&Field]) -> bool {
    let needed = fields.iter().filter(|field| is_needed(ir, field)).count();
    needed > 0 && needed < fields.len() && needed <= MANY + 1
}
