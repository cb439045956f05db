//! Which names are taken, so that no fix suggests one of them.

use std::collections::HashSet;

use atlas9_ir::{Field, Ir, Operation, OperationKind, Reserved, Target, TypeDeclKind, reserved};

use crate::check::Context;
use crate::finding::Finding;
use crate::node::{Kind, Owner};

/// Languages in which a reserved word is no name.
const CODE: &[Target] = &[Target::Rust, Target::Python];

/// The operations of the language: nothing else is called by these names.
const STANDARD: &[&str] =
    &["batch_create", "batch_delete", "create", "delete", "get", "list", "replace", "undelete", "update"];

/// A finding about a name that says what it should be, with the rename where that name is free.
pub(crate) fn call_it(
    context: &Context<'_>,
    (kind, owner): (Kind, Owner<'_>),
    to: String,
    message: String,
    label: &str,
) -> Finding {
    if !to.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Finding::new(message, label, "choose a name that begins with a letter");
    }
    if context.facts.taken().free(kind, owner, &to) && !CODE.iter().any(|target| reserved(*target, &to)) {
        return Finding::new(message, label, format!("call it `{to}`")).rename(to);
    }
    Finding::new(message, label, format!("choose another name: `{to}` is taken, or a reserved word"))
}

/// Names with what they belong to, which is known by its address.
pub(crate) struct Taken<'a>(HashSet<(usize, Space, &'a str)>);

/// What names must differ in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Space {
    Declaration,
    Annotation,
    /// Fields, parameters, values and variants.
    Member,
    Operation,
    Scope,
    Discriminator,
}

impl<'a> Taken<'a> {
    /// All names of a package.
    pub fn of(ir: &'a Ir) -> Taken<'a> {
        let mut taken = Taken(HashSet::new());
        taken.types(ir);
        taken.resources(ir);
        for error in ir.errors.values() {
            taken.add(0, Space::Declaration, [error.name.as_str()]);
            taken.fields(address(error), &error.fields, &error.reserved);
        }
        for decl in ir.annotations.values() {
            taken.add(0, Space::Annotation, [decl.name.as_str()]);
            taken.fields(address(decl), &decl.params, &[]);
        }
        taken.add(0, Space::Declaration, ir.reserved.iter().map(|gone| gone.name.as_str()));
        let service = &ir.service;
        taken.operations(address(service), &service.operations, &service.reserved);
        let scopes = service.auth.iter().flat_map(|scheme| &scheme.scopes);
        taken.add(address(service), Space::Scope, scopes.map(|scope| scope.name.as_str()));
        taken
    }

    fn types(&mut self, ir: &'a Ir) {
        for decl in ir.types.values() {
            self.add(0, Space::Declaration, [decl.name.as_str()]);
            let of = address(decl);
            self.fields(of, &[], &decl.reserved);
            match &decl.kind {
                TypeDeclKind::Structure { fields, .. } => self.fields(of, fields, &[]),
                TypeDeclKind::Enum { values, .. } => {
                    self.add(of, Space::Member, values.iter().map(|value| value.name.as_str()));
                }
                TypeDeclKind::Union { variants, .. } => {
                    self.add(of, Space::Member, variants.iter().map(|variant| variant.name.as_str()));
                }
                TypeDeclKind::Alias(_) => {}
            }
        }
    }

    fn resources(&mut self, ir: &'a Ir) {
        for resource in ir.resources.values() {
            self.add(0, Space::Declaration, [resource.name.as_str()]);
            self.fields(address(resource), &resource.fields, &resource.reserved);
            self.operations(address(resource), &resource.operations, &resource.reserved_operations);
        }
    }

    fn fields(&mut self, of: usize, fields: &'a [Field], gone: &'a [Reserved]) {
        self.add(of, Space::Member, fields.iter().map(|field| field.name.as_str()));
        self.add(of, Space::Member, gone.iter().map(|gone| gone.name.as_str()));
    }

    fn operations(&mut self, of: usize, operations: &'a [Operation], gone: &'a [Reserved]) {
        self.add(of, Space::Operation, operations.iter().map(|operation| operation.name.as_str()));
        self.add(of, Space::Operation, gone.iter().map(|gone| gone.name.as_str()));
        for operation in operations {
            if let OperationKind::Action(action) = &operation.kind {
                let params = action.params.iter().map(|param| param.field.name.as_str());
                self.add(address(operation), Space::Member, params);
            }
        }
    }

    fn add(&mut self, of: usize, space: Space, names: impl IntoIterator<Item = &'a str>) {
        self.0.extend(names.into_iter().map(|name| (of, space, name)));
    }

    fn free(&self, kind: Kind, owner: Owner<'_>, name: &str) -> bool {
        let space = space(kind);
        let standard = space == Space::Operation && STANDARD.contains(&name);
        !standard && !self.0.contains(&(address_of(owner), space, name))
    }
}

fn space(kind: Kind) -> Space {
    match kind {
        Kind::Annotation => Space::Annotation,
        Kind::Scope => Space::Scope,
        Kind::Discriminator => Space::Discriminator,
        Kind::Field | Kind::Parameter | Kind::EnumValue | Kind::Variant => Space::Member,
        Kind::Standard | Kind::Action | Kind::CollectionAction | Kind::Query | Kind::Operation => {
            Space::Operation
        }
        Kind::Service
        | Kind::Resource
        | Kind::Singleton
        | Kind::Type
        | Kind::Union
        | Kind::Enum
        | Kind::Error => Space::Declaration,
    }
}

fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

fn address_of(owner: Owner<'_>) -> usize {
    match owner {
        Owner::Package => 0,
        Owner::Service(service) => address(service),
        Owner::Resource(resource) => address(resource),
        Owner::Type(decl) => address(decl),
        Owner::Error(error) => address(error),
        Owner::Annotation(decl) => address(decl),
        Owner::Operation(_, operation) => address(operation),
    }
}
