//! Operations: paths, lists, what they embed.

use std::collections::BTreeMap;

use atlas9_descriptor::{
    Expand, List, Managed, Method, Operation, OperationKind, Path, Resource, Store, Target, Type,
};

use super::Check;
use crate::plan::columns::{column_at, columns};
use crate::plan::keys::placeholders;
use crate::plan::{Slot, managed, slots};
use crate::store::ColumnType;

/// What the server itself answers.
const OWN_PATHS: [&str; 4] = ["/livez", "/readyz", "/openapi.json", "/docs"];

impl Check<'_> {
    pub(super) fn operation(&mut self, resource: Option<&'static Resource>, operation: &'static Operation) {
        let at = match resource {
            Some(resource) => format!("{}, {}", resource.name, operation.name),
            None => operation.name.to_owned(),
        };
        self.scopes(&at, operation.requires);
        if self.service.auth.is_empty() && !operation.requires.is_empty() {
            self.tell(&at, "it requires a scope, and the service has no `auth`");
        }
        if operation.method == Method::Get && OWN_PATHS.contains(&operation.path) {
            self.tell(&at, format_args!("`{}` is answered by the server itself", operation.path));
        }
        let slots = match slots(resource, operation) {
            Ok(slots) => slots,
            Err(name) => return self.tell(&at, format_args!("`{{{name}}}` in its path stands for nothing")),
        };
        if let OperationKind::Action(action) = &operation.kind {
            self.action(&at, resource, operation, action, &slots);
        }
        match resource {
            Some(resource) => self.of_resource(&at, resource, operation, &slots),
            None if matches!(operation.kind, OperationKind::Action(_)) => {}
            None => self.tell(&at, "there is no resource that it is for"),
        }
    }

    fn of_resource(
        &mut self,
        at: &str,
        resource: &'static Resource,
        operation: &'static Operation,
        slots: &[Slot],
    ) {
        let keys = slots.iter().filter(|slot| matches!(slot, Slot::Key(_))).count();
        let parents = placeholders(resource.path).len();
        let wanted = match &operation.kind {
            OperationKind::Action(action) if action.target != Target::Item => keys.min(parents),
            OperationKind::List(_)
            | OperationKind::Create
            | OperationKind::BatchCreate { .. }
            | OperationKind::BatchDelete { .. } => parents,
            _ => parents + resource.key.iter().len(),
        };
        if keys != wanted {
            self.tell(at, "its path does not have the keys that lead there");
        }
        if !operation.expand.is_empty()
            && !matches!(operation.kind, OperationKind::List(_) | OperationKind::Get)
        {
            self.tell(at, "it embeds nothing");
        }
        if operation.fields && !matches!(operation.kind, OperationKind::List(_) | OperationKind::Get) {
            self.tell(at, "it answers no part of a resource");
        }
        for expand in operation.expand {
            self.expand(at, resource, expand);
        }
        let never_deleted = || managed(resource.fields, Managed::DeletedAt).is_empty();
        match &operation.kind {
            OperationKind::List(list) => self.list(at, resource, list),
            OperationKind::Undelete | OperationKind::Delete { soft_keep_days: Some(_) }
                if never_deleted() =>
            {
                self.tell(at, "the resource has no field that says when it was deleted");
            }
            OperationKind::BatchCreate { max } => {
                self.batch(at, resource, *max, |kind| matches!(kind, OperationKind::Create));
            }
            OperationKind::BatchDelete { max, .. } => {
                self.batch(at, resource, *max, |kind| matches!(kind, OperationKind::Delete { .. }));
            }
            _ => {}
        }
    }

    /// A batch does with each item what another operation does.
    fn batch(
        &mut self,
        at: &str,
        resource: &'static Resource,
        max: u32,
        is_single: impl Fn(&OperationKind) -> bool,
    ) {
        if !resource.operations.iter().any(|operation| is_single(&operation.kind)) {
            self.tell(at, "there is no operation that it does with each item");
        }
        if max == 0 {
            self.tell(at, "it takes no items");
        }
    }

    fn expand(&mut self, at: &str, resource: &'static Resource, expand: &'static Expand) {
        let field = resource.fields.iter().find(|field| field.name == expand.field);
        let refers = field.is_some_and(|field| {
            matches!(field.ty, Type::Reference(_)) || matches!(field.store, Store::Links(_))
        });
        if !refers {
            self.tell(at, format_args!("`{}` is no reference that could be embedded", expand.field));
        }
        if resource.fields.iter().any(|field| field.wire == expand.name) {
            self.tell(
                at,
                format_args!("`{}` is a field, so that nothing can be embedded there", expand.name),
            );
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
        if list.search_index.is_some_and(|index| index.columns.len() != list.search.len()) {
            self.tell(at, "the index for its searches has not a column for each text");
        }
        if list.default_limit == 0 || list.default_limit > list.max_limit {
            self.tell(at, "its default limit is not from 1 to its greatest limit");
        }
    }

    /// The column of a path.
    pub(super) fn column(&mut self, at: &str, resource: &'static Resource, path: Path) -> Option<ColumnType> {
        let found = column_at(&columns(resource.fields), resource.fields, path).map(|(_, column)| column.ty);
        if found.is_none() {
            self.tell(at, format_args!("`{}` is no field with a column", path.join(".")));
        }
        found
    }

    /// Two operations cannot answer the same method of the same path.
    pub(super) fn routes(&mut self) {
        let mut seen: BTreeMap<(String, _), &str> = BTreeMap::new();
        let of_resources = self
            .service
            .resources
            .iter()
            .flat_map(|resource| resource.operations.iter().map(|operation| (resource.name, operation)));
        for (resource, operation) in of_resources.chain(self.service.operations.iter().map(|one| ("", one))) {
            let shape: Vec<&str> = operation
                .path
                .split('/')
                .map(|part| if part.starts_with('{') { "{}" } else { part })
                .collect();
            let key = (shape.join("/"), operation.method);
            if let Some(other) = seen.insert(key, operation.name) {
                let at = if resource.is_empty() { String::new() } else { format!("{resource}, ") };
                self.wrong.push(format!("{at}{}: `{other}` has the same method and path", operation.name));
            }
        }
    }
}
