//! What everything is called in the document: components after the schema, operations by one rule.
//!
//! An operation's id is its name and its resource, `createBook`, `publishBook`; that of a list and of what is done
//! with all of them has the plural, `listBooks`, `importBooks`; that of the service is its name.
//! Declared names come first. Where two namespaces declare the same name, the later one stands behind its namespace,
//! `StdMoneyMoney`; a name that is made up here and taken already gets a number.

use std::collections::BTreeSet;

use atlas9_emitters_core::names::{camel, pascal};
use atlas9_ir::{
    Action, ActionTarget, ErrorId, Ir, Operation, OperationKind, Resource, ResourceId, TypeDecl,
    TypeDeclKind, TypeId,
};

use crate::shapes::{Position, Shape};

/// The names of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    types: Vec<TypeNames>,
    resources: Vec<ResourceNames>,
    service: ServiceNames,
    errors: Vec<String>,
    problem: String,
    failure: String,
}

#[derive(Clone, Debug)]
struct TypeNames {
    read: String,
    input: String,
    patch: String,
    /// For a union: what each variant is called, and any that is not known yet.
    variants: Vec<[String; 3]>,
    other: String,
}

/// The operations of the service.
#[derive(Clone, Debug, Default)]
struct ServiceNames {
    bodies: Vec<String>,
    operations: Vec<String>,
}

#[derive(Clone, Debug)]
struct ResourceNames {
    own: String,
    page: String,
    /// Only where a request can ask for a part.
    partial: String,
    bodies: Vec<String>,
    operations: Vec<String>,
}

impl Names {
    /// Names everything.
    pub(crate) fn plan(ir: &Ir) -> Names {
        let mut space = Space::default();
        let resources: Vec<String> =
            ir.resources.values().map(|resource| space.declared(&resource.name, &ir.namespace)).collect();
        let types: Vec<String> =
            ir.types.values().map(|decl| space.declared(&decl.name, &decl.namespace)).collect();
        let errors = ir.errors.values().map(|error| space.declared(&error.name, &error.namespace)).collect();
        let types = ir.types.values().zip(types).map(|(decl, read)| of_type(&mut space, decl, read));
        let types = types.collect();
        let mut ids = Space::default();
        let resources = ir.resources.values().zip(resources);
        let resources = resources.map(|(resource, own)| of_resource(&mut space, &mut ids, resource, own));
        let resources = resources.collect();
        Names {
            types,
            resources,
            service: of_service(&mut space, &mut ids, ir),
            errors,
            problem: space.free("Problem"),
            failure: space.free("ProblemDetail"),
        }
    }

    /// The name of a component.
    pub(crate) fn of(&self, shape: Shape) -> &str {
        match shape {
            Shape::Type(id, position) => self.of_type(id, position),
            Shape::Variant(id, at, position) => self.of_variant(id, at, position),
            Shape::OtherVariant(id) => self.types.get(id.index()).map_or("", |names| &names.other),
            Shape::Resource(id) => self.resource(id).map_or("", |names| &names.own),
            Shape::Partial(id) => self.resource(id).map_or("", |names| &names.partial),
            Shape::Page(id) => self.resource(id).map_or("", |names| &names.page),
            Shape::Body(id, at) => self.operations(id).0.get(at).map_or("", String::as_str),
            Shape::Error(id) => self.of_error(id),
            Shape::Problem => &self.problem,
            Shape::Failure => &self.failure,
        }
    }

    /// The id of an operation by its place in a resource or in the service.
    pub(crate) fn operation(&self, id: Option<ResourceId>, at: usize) -> &str {
        self.operations(id).1.get(at).map_or("", String::as_str)
    }

    /// The names of bodies and the ids of the operations of a resource or of the service.
    fn operations(&self, id: Option<ResourceId>) -> (&[String], &[String]) {
        match id {
            Some(id) => self.resource(id).map_or((&[], &[]), |names| (&names.bodies, &names.operations)),
            None => (&self.service.bodies, &self.service.operations),
        }
    }

    /// The name of an error's schema and response.
    pub(crate) fn of_error(&self, id: ErrorId) -> &str {
        self.errors.get(id.index()).map_or("", String::as_str)
    }

    fn of_type(&self, id: TypeId, position: Position) -> &str {
        self.types.get(id.index()).map_or("", |names| match position {
            Position::Read => &names.read,
            Position::Write => &names.input,
            Position::Patch => &names.patch,
        })
    }

    fn of_variant(&self, id: TypeId, at: usize, position: Position) -> &str {
        let names = self.types.get(id.index()).and_then(|names| names.variants.get(at));
        names.map_or("", |[read, input, patch]| match position {
            Position::Read => read,
            Position::Write => input,
            Position::Patch => patch,
        })
    }

    fn resource(&self, id: ResourceId) -> Option<&ResourceNames> {
        self.resources.get(id.index())
    }
}

fn of_type(space: &mut Space, decl: &TypeDecl, read: String) -> TypeNames {
    let (input, patch) = (space.free(&format!("{read}Input")), space.free(&format!("{read}Patch")));
    let TypeDeclKind::Union { variants, .. } = &decl.kind else {
        return TypeNames { read, input, patch, variants: Vec::new(), other: String::new() };
    };
    let variants = variants.iter().map(|variant| {
        let own = space.free(&format!("{read}{}", pascal(&variant.name)));
        let (input, patch) = (space.free(&format!("{own}Input")), space.free(&format!("{own}Patch")));
        [own, input, patch]
    });
    let variants = variants.collect();
    let other = space.free(&format!("{read}Other"));
    TypeNames { read, input, patch, variants, other }
}

fn of_service(space: &mut Space, ids: &mut Space, ir: &Ir) -> ServiceNames {
    let names = ir.service.operations.iter().map(|operation| operation.name.as_str());
    ServiceNames {
        bodies: names.clone().map(|name| space.free(&format!("{}Request", pascal(name)))).collect(),
        operations: names.map(|name| ids.free(&camel(name))).collect(),
    }
}

fn of_resource(space: &mut Space, ids: &mut Space, resource: &Resource, own: String) -> ResourceNames {
    let bodies = resource.operations.iter().map(|operation| match operation.kind {
        // Only what has a body takes a name.
        OperationKind::Create | OperationKind::Update | OperationKind::Replace | OperationKind::Action(_) => {
            space.free(&format!("{}{own}", pascal(&operation.name)))
        }
        OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => {
            space.free(&format!("{}{}", pascal(&operation.name), pascal(&resource.plural)))
        }
        _ => String::new(),
    });
    let bodies = bodies.collect();
    let partial = match resource.operations.iter().any(|operation| operation.fields) {
        true => space.free(&format!("{own}Partial")),
        false => String::new(),
    };
    ResourceNames {
        partial,
        page: space.free(&format!("{own}Page")),
        operations: resource.operations.iter().map(|operation| ids.free(&id(resource, operation))).collect(),
        bodies,
        own,
    }
}

fn id(resource: &Resource, operation: &Operation) -> String {
    match operation.kind {
        OperationKind::List(_) => format!("list{}", pascal(&resource.plural)),
        OperationKind::Action(Action { target: ActionTarget::Collection | ActionTarget::Query, .. })
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => {
            format!("{}{}", camel(&operation.name), pascal(&resource.plural))
        }
        _ => format!("{}{}", camel(&operation.name), pascal(&resource.name)),
    }
}

/// Names that must differ.
#[derive(Default)]
struct Space {
    taken: BTreeSet<String>,
}

impl Space {
    fn declared(&mut self, name: &str, namespace: &str) -> String {
        match self.taken.insert(name.to_owned()) {
            true => name.to_owned(),
            false => self.free(&format!("{}{name}", pascal(&namespace.replace('.', "_")))),
        }
    }

    fn free(&mut self, name: &str) -> String {
        let mut found = name.to_owned();
        let mut number = 1;
        while !self.taken.insert(found.clone()) {
            number += 1;
            found = format!("{name}{number}");
        }
        found
    }
}
