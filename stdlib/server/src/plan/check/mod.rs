//! Whether the descriptors fit together: what is found wrong is told at start, all at once.

mod action;
mod operation;
mod tenant;
mod types;

use std::collections::HashMap;

use atlas9_descriptor::{
    Action, Field, Links, Managed, OperationKind, Place, Resource, Service, Store, Target, Type,
};

use super::keys::parent;
use super::links::listed;
use super::referrers::owner_columns;
use super::{Bounds, managed};
use crate::operation::singleton;
use crate::store::Dialect;
use crate::value::Timestamp;

struct Check<'w> {
    service: &'static Service,
    dialect: Dialect,
    bounds: Bounds,
    wrong: &'w mut Vec<String>,
    structures: Vec<*const atlas9_descriptor::Structure>,
}

/// Checks a service and compiles its patterns and bounds.
pub(super) fn service(
    service: &'static Service,
    dialect: Dialect,
    names: &HashMap<&'static str, usize>,
    wrong: &mut Vec<String>,
) -> Bounds {
    let mut check = Check { service, dialect, bounds: Bounds::default(), wrong, structures: Vec::new() };
    if names.len() < service.resources.len() {
        check.wrong.push("two resources have the same name".to_owned());
    }
    for resource in service.resources {
        check.resource(resource);
    }
    check.tenants();
    for error in service.errors {
        check.fields(&format!("error `{}`", error.code), error.fields);
    }
    for operation in service.operations {
        check.operation(None, operation);
    }
    check.routes();
    check.bounds
}

impl Check<'_> {
    fn tell(&mut self, at: &str, what: impl std::fmt::Display) {
        self.wrong.push(format!("{at}: {what}"));
    }

    fn resource(&mut self, resource: &'static Resource) {
        let at = resource.name;
        if resource.key.is_some() && resource.key_field().is_none() {
            self.tell(at, "it has no key");
        }
        if resource.parent.is_some() && parent(self.service, resource).is_none() {
            self.tell(at, "the resource that it lives in is unknown");
        }
        if parent(self.service, resource).is_some_and(Resource::is_singleton) {
            self.tell(at, "nothing can live in a singleton");
        }
        if resource.parent.is_some() == managed(resource.fields, Managed::Parent).is_empty() {
            self.tell(at, "the resource that it lives in and its parent's key do not fit");
        }
        self.fields(at, resource.fields);
        for field in resource.fields {
            if let Store::Links(links) = field.store {
                self.links(&format!("{at}.{}", field.name), resource, field, links);
            }
        }
        self.tenant(resource);
        for rule in resource.rules {
            self.rule(at, rule, resource.fields);
        }
        if resource.is_singleton() {
            self.singleton(resource);
        }
        for path in resource.unique.iter().flat_map(|unique| unique.fields) {
            self.column(&format!("{at}, unique"), resource, path);
        }
        for operation in resource.operations {
            self.operation(Some(resource), operation);
        }
    }

    /// The one row is there from the start, without anybody giving its values.
    fn singleton(&mut self, resource: &'static Resource) {
        let now = Timestamp::now();
        for field in resource.fields.iter().filter(|field| field.managed.is_none()) {
            let at = format!("{}.{}", resource.name, field.name);
            match singleton::default(field, now) {
                None => self.tell(&at, "a field of a singleton needs a default, or has to be optional"),
                Some(value) if field.unique && !value.is_null() && resource.parent.is_some() => {
                    self.tell(&at, "it is unique, and each of them begins with the same value");
                }
                Some(_) => {}
            }
        }
        for operation in resource.operations {
            let fits = match operation.kind {
                OperationKind::Get | OperationKind::Update | OperationKind::Replace => true,
                OperationKind::Action(Action { target, .. }) => {
                    matches!(target, Target::Item | Target::Query)
                }
                _ => false,
            };
            if !fits {
                self.tell(&format!("{}, {}", resource.name, operation.name), "a singleton cannot offer it");
            }
        }
    }

    fn links(&mut self, at: &str, resource: &'static Resource, field: &'static Field, links: &Links) {
        if field.optional || listed(&field.ty).is_none() {
            self.tell(at, "only a list of references that is never null is kept in a table of its own");
        }
        if matches!(field.ty, Type::List { optional: true, .. }) {
            self.tell(at, "a key in a list of references is never null");
        }
        if links.owner.len() != owner_columns(resource).len() {
            self.tell(at, format_args!("the columns of `{}` do not fit the resource's key", links.table));
        }
    }

    fn fields(&mut self, at: &str, fields: &'static [Field]) {
        let of_resource = self.service.resources.iter().any(|resource| std::ptr::eq(resource.fields, fields));
        for field in fields {
            let at = format!("{at}.{}", field.name);
            self.ty(&at, &field.ty);
            self.scopes(&at, field.requires);
            if field.place != Place::Body {
                self.tell(&at, "only a parameter has a place");
            }
            if !of_resource && matches!(field.store, Store::Links(_)) {
                self.tell(&at, "only a resource has lists of references in tables of their own");
            }
        }
    }

    fn scopes(&mut self, at: &str, scopes: &[&str]) {
        for scope in scopes {
            if !self.service.scopes.contains(scope) {
                self.tell(at, format_args!("the service has no scope `{scope}`"));
            }
        }
    }
}

/// The field at the end of a path of declared names.
pub(crate) fn field_at(fields: &'static [Field], path: &[&str]) -> Option<&'static Field> {
    let (first, rest) = path.split_first()?;
    let field = fields.iter().find(|field| field.name == *first)?;
    match (rest, field.ty) {
        ([], _) => Some(field),
        (rest, Type::Structure(structure)) => field_at(structure.fields.get(), rest),
        _ => None,
    }
}
