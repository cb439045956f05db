//! The names of places in the page. They stay what they are for as long as the declaration has its name.

use std::collections::BTreeSet;

use atlas9_ir::{ErrorId, Ir, Operation, Resource, TypeId};

/// The anchors of what can share a name with something else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchors {
    types: Vec<String>,
    errors: Vec<String>,
}

impl Anchors {
    pub(crate) fn of(ir: &Ir) -> Anchors {
        let types = ir.types.values().map(|decl| (decl.name.as_str(), decl.namespace.as_str()));
        let errors = ir.errors.values().map(|error| (error.code.as_str(), error.namespace.as_str()));
        Anchors { types: unique("type", types), errors: unique("error", errors) }
    }

    /// `type-Money`
    pub(crate) fn of_type(&self, id: TypeId) -> &str {
        self.types.get(id.index()).map_or("", String::as_str)
    }

    /// `error-not_found`
    pub(crate) fn of_error(&self, id: ErrorId) -> &str {
        self.errors.get(id.index()).map_or("", String::as_str)
    }
}

/// Names are snake_case or PascalCase and hold no hyphen, so that these are no resource's.
fn unique<'a>(kind: &str, names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let anchors = names.map(|(name, namespace)| match taken.insert(name.to_owned()) {
        true => format!("{kind}-{name}"),
        false => format!("{kind}-{namespace}.{name}"),
    });
    anchors.collect()
}

/// `book.create`; of an operation of the service `call-login`.
pub(crate) fn operation(resource: Option<&Resource>, operation: &Operation) -> String {
    match resource {
        Some(resource) => format!("{}.{}", resource.snake, operation.name),
        None => format!("call-{}", operation.name),
    }
}

/// `book.fields.isbn`
pub(crate) fn field(owner: &str, wire: &str) -> String {
    format!("{owner}.fields.{wire}")
}
