//! Whether the descriptors fit together: what is found wrong is told at start, all at once.

use std::collections::{BTreeMap, HashMap};

use atlas9_descriptor::{
    Action, Assigned, Expr, Field, List, Operation, OperationKind, Paging, Path, Place, Raise, Resource,
    Rule, Scalar, Service, Store, Structure, Target, Type,
};

use super::columns::{column_at, columns};
use super::keys::{parent, placeholders};
use super::{Bounds, managed};
use crate::store::{ColumnType, Dialect};
use crate::value::parse_decimal;

/// SQLite holds a decimal as a whole number of 64 bits.
const SQLITE_DIGITS: u8 = 18;

/// What the descriptors can say and this runtime does not do yet.
const NOT_BUILT: &str = "not built yet";

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
    for error in service.errors {
        check.fields(&format!("error `{}`", error.code), error.fields);
    }
    for operation in service.operations {
        check.tell(operation.name, NOT_BUILT);
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
        if resource.parent.is_some()
            == managed(resource.fields, atlas9_descriptor::Managed::Parent).is_empty()
        {
            self.tell(at, "the resource that it lives in and its parent's key do not fit");
        }
        self.fields(at, resource.fields);
        for rule in resource.rules {
            self.rule(at, rule, resource.fields);
        }
        if resource.is_singleton() {
            self.tell(at, NOT_BUILT);
        }
        for path in resource.unique.iter().flat_map(|unique| unique.fields) {
            self.column(&format!("{at}, unique"), resource, path);
        }
        for operation in resource.operations {
            self.operation(resource, operation);
        }
    }

    fn fields(&mut self, at: &str, fields: &'static [Field]) {
        for field in fields {
            let at = format!("{at}.{}", field.name);
            self.ty(&at, &field.ty);
            if matches!(field.store, Store::Links(_)) || field.place != Place::Body {
                self.tell(&at, NOT_BUILT);
            }
            self.scopes(&at, field.requires);
        }
    }

    fn scopes(&mut self, at: &str, scopes: &[&str]) {
        for scope in scopes {
            if !self.service.scopes.contains(scope) {
                self.tell(at, format_args!("the service has no scope `{scope}`"));
            }
        }
    }

    fn ty(&mut self, at: &str, ty: &'static Type) {
        match ty {
            Type::Scalar(scalar) => self.scalar(at, scalar),
            Type::Structure(structure) => self.structure(structure),
            Type::Union(union) => {
                self.tell(at, NOT_BUILT);
                for variant in union.variants {
                    self.structure(variant.structure);
                }
            }
            Type::Enum(_) => {}
            Type::Reference(reference) => {
                if !self.service.resources.iter().any(|other| other.name == reference.resource) {
                    self.tell(at, format_args!("there is no resource `{}`", reference.resource));
                }
                self.ty(at, &reference.key);
            }
            Type::List { item, .. } => self.ty(at, item),
            Type::Map { value, .. } => self.ty(at, value),
        }
    }

    fn structure(&mut self, structure: &'static Structure) {
        // A structure can contain itself.
        if self.structures.iter().any(|seen| std::ptr::eq(*seen, structure)) {
            return;
        }
        self.structures.push(structure);
        self.fields(structure.name, structure.fields.get());
        for rule in structure.rules {
            self.rule(structure.name, rule, structure.fields.get());
        }
    }

    fn scalar(&mut self, at: &str, scalar: &Scalar) {
        match scalar {
            Scalar::String { pattern: Some(pattern), .. } => match regex::Regex::new(pattern) {
                Ok(regex) => {
                    self.bounds.patterns.insert(pattern, regex);
                }
                Err(error) => self.tell(at, format_args!("its pattern cannot be used: {error}")),
            },
            Scalar::Decimal { precision, min, max, .. } => {
                if self.dialect == Dialect::Sqlite && *precision > SQLITE_DIGITS {
                    self.tell(at, "SQLite holds decimals of at most 18 digits: use PostgreSQL");
                }
                for bound in [min, max].into_iter().flatten() {
                    match parse_decimal(bound) {
                        Some(decimal) => {
                            self.bounds.decimals.insert(bound, decimal);
                        }
                        None => self.tell(at, format_args!("its bound `{bound}` is no decimal")),
                    }
                }
            }
            _ => {}
        }
    }

    fn rule(&mut self, at: &str, rule: &'static Rule, fields: &'static [Field]) {
        let at = format!("{at}, rule `{}`", rule.name);
        self.expr(&at, &rule.condition, fields);
    }

    fn expr(&mut self, at: &str, expr: &'static Expr, fields: &'static [Field]) {
        match expr {
            Expr::Field(path) => {
                if field_at(fields, path).is_none() {
                    self.tell(at, format_args!("there is no field `{}`", path.join(".")));
                }
            }
            Expr::Literal(_) | Expr::Now => {}
            Expr::Length(inner) | Expr::Not(inner) | Expr::Negate(inner) => self.expr(at, inner, fields),
            Expr::Binary(_, left, right) => {
                self.expr(at, left, fields);
                self.expr(at, right, fields);
            }
            Expr::In(inner, items) => {
                self.expr(at, inner, fields);
                items.iter().for_each(|item| self.expr(at, item, fields));
            }
        }
    }

    fn operation(&mut self, resource: &'static Resource, operation: &'static Operation) {
        let at = format!("{}, {}", resource.name, operation.name);
        self.scopes(&at, operation.requires);
        if !self.service.bearer && !operation.requires.is_empty() {
            self.tell(&at, "it requires a scope, and the service has no `auth`");
        }
        let known = placeholders(resource.path).len() + 1;
        if placeholders(operation.path).len() > known {
            self.tell(&at, "its path has too many placeholders");
        }
        if !operation.expand.is_empty() {
            self.tell(&at, NOT_BUILT);
        }
        match &operation.kind {
            OperationKind::List(list) => self.list(&at, resource, list),
            OperationKind::Action(action) => self.action(&at, resource, action),
            OperationKind::Undelete | OperationKind::Delete { soft_keep_days: Some(_) }
                if managed(resource.fields, atlas9_descriptor::Managed::DeletedAt).is_empty() =>
            {
                self.tell(&at, "the resource has no field that says when it was deleted");
            }
            _ => {}
        }
    }

    fn list(&mut self, at: &str, resource: &'static Resource, list: &List) {
        for path in list.filter.iter().chain(list.sort) {
            if self.column(at, resource, path) == Some(ColumnType::Json) {
                self.tell(at, format_args!("`{}` cannot be compared", path.join(".")));
            }
        }
        for path in list.search {
            if self.column(at, resource, path).is_some_and(|ty| ty != ColumnType::Text) {
                self.tell(at, format_args!("`{}` is no text that could be searched", path.join(".")));
            }
        }
        if list.paging == Paging::Page {
            self.tell(at, NOT_BUILT);
        }
        if list.default_limit == 0 || list.default_limit > list.max_limit {
            self.tell(at, "its default limit is not from 1 to its greatest limit");
        }
    }

    fn action(&mut self, at: &str, resource: &'static Resource, action: &'static Action) {
        self.fields(at, action.params);
        if action.target != Target::Item {
            self.tell(at, NOT_BUILT);
        }
        for transition in action.moves {
            self.column(at, resource, transition.field);
            self.raise(at, resource, action, &transition.otherwise);
        }
        for (path, value) in action.sets {
            self.column(at, resource, path);
            self.assigned(at, resource, action, value);
        }
    }

    fn raise(
        &mut self,
        at: &str,
        resource: &'static Resource,
        action: &'static Action,
        raise: &'static Raise,
    ) {
        let Some(error) = self.service.error(raise.code) else {
            return self.tell(at, format_args!("there is no error `{}`", raise.code));
        };
        for (name, value) in raise.arguments {
            if !error.fields.iter().any(|field| field.name == *name) {
                self.tell(at, format_args!("the error `{}` has no field `{name}`", raise.code));
            }
            self.assigned(at, resource, action, value);
        }
    }

    fn assigned(&mut self, at: &str, resource: &'static Resource, action: &'static Action, value: &Assigned) {
        match value {
            Assigned::Literal(_) | Assigned::Principal => {}
            Assigned::Param(name) => {
                if !action.params.iter().any(|field| field.name == *name) {
                    self.tell(at, format_args!("there is no parameter `{name}`"));
                }
            }
            Assigned::Field(path) => {
                if field_at(resource.fields, path).is_none() {
                    self.tell(at, format_args!("there is no field `{}`", path.join(".")));
                }
            }
        }
    }

    /// The column of a path.
    fn column(&mut self, at: &str, resource: &'static Resource, path: Path) -> Option<ColumnType> {
        let found = column_at(&columns(resource.fields), resource.fields, path).map(|(_, column)| column.ty);
        if found.is_none() {
            self.tell(at, format_args!("`{}` is no field with a column", path.join(".")));
        }
        found
    }

    /// Two operations cannot answer the same method of the same path.
    fn routes(&mut self) {
        let mut seen: BTreeMap<(String, _), &str> = BTreeMap::new();
        for resource in self.service.resources {
            for operation in resource.operations {
                let shape: Vec<&str> = operation.path.split('/').collect();
                let shape: Vec<&str> =
                    shape.into_iter().map(|part| if part.starts_with('{') { "{}" } else { part }).collect();
                let key = (shape.join("/"), operation.method);
                if let Some(other) = seen.insert(key, operation.name) {
                    let at = format!("{}, {}", resource.name, operation.name);
                    self.wrong.push(format!("{at}: `{other}` has the same method and path"));
                }
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
