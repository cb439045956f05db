//! Whether the rows of tenants stay among themselves.

use atlas9_descriptor::{Field, Managed, OperationKind, Resource, Scalar, Store, Type};

use super::Check;
use crate::plan::keys::parent;
use crate::plan::links::listed;
use crate::plan::managed;

impl Check<'_> {
    /// What the resources have in common.
    pub(super) fn tenants(&mut self) {
        let mut fields = self.service.resources.iter().filter_map(|resource| resource.tenant_field());
        let Some(first) = fields.next() else { return };
        if fields.any(|field| format!("{:?}", field.ty) != format!("{:?}", first.ty)) {
            self.wrong.push("the tenants of the service have more than one type".to_owned());
        }
        if self.service.auth.is_empty() {
            self.wrong.push("rows belong to tenants, and nobody says who calls".to_owned());
        }
    }

    /// What one resource has to have.
    pub(super) fn tenant(&mut self, resource: &'static Resource) {
        let at = resource.name;
        let Some(tenant) = resource.tenant_field() else { return self.shared(resource) };
        let names_one = matches!(
            tenant.ty,
            Type::Scalar(
                Scalar::Uuid | Scalar::Int { .. } | Scalar::Int64 { .. } | Scalar::String { min: 1.., .. }
            )
        );
        if !names_one || tenant.optional || tenant.store != Store::Column || tenant.default.is_some() {
            self.tell(&format!("{at}.{}", tenant.name), "it cannot say whose a row is");
        }
        if tenant.creatable() || tenant.updatable() {
            self.tell(&format!("{at}.{}", tenant.name), "no request may give the tenant");
        }
        if managed(resource.fields, Managed::Tenant).len() > 1 {
            self.tell(at, "its rows belong to two tenants");
        }
        for operation in resource.operations {
            if operation.public {
                self.tell(
                    &format!("{at}, {}", operation.name),
                    "it is public, and the rows belong to tenants",
                );
            }
            if let OperationKind::Action(action) = &operation.kind {
                let sets = action.sets.iter().map(|(path, _)| *path);
                let mut changed = sets.chain(action.moves.iter().map(|moves| moves.field));
                if changed.any(|path| path == [tenant.name]) {
                    self.tell(
                        &format!("{at}, {}", operation.name),
                        "no action gives a row to another tenant",
                    );
                }
            }
        }
        for field in resource.fields {
            if let (Store::Links(links), true) = (field.store, listed(&field.ty).is_some())
                && links.tenant.is_none()
            {
                self.tell(&format!("{at}.{}", field.name), "its table has no column for the tenant");
            }
        }
    }

    /// What all callers see leads to nothing that only some of them do.
    fn shared(&mut self, resource: &'static Resource) {
        if parent(self.service, resource).is_some_and(|parent| parent.tenant_field().is_some()) {
            self.tell(resource.name, "it is shared, and lives in what belongs to tenants");
        }
        self.leads(resource.name, resource.fields);
    }

    fn leads(&mut self, at: &str, fields: &'static [Field]) {
        for field in fields {
            let target = match field.ty {
                Type::Reference(reference) => Some(reference),
                Type::Structure(structure) if field.store == Store::Flat => {
                    self.leads(&format!("{at}.{}", field.name), structure.fields.get());
                    None
                }
                ref ty => listed(ty).map(|(_, reference)| reference),
            };
            let target = target.and_then(|reference| {
                self.service.resources.iter().find(|other| other.name == reference.resource)
            });
            let linked = matches!(field.store, Store::Links(links) if links.tenant.is_some());
            if linked || target.is_some_and(|target| target.tenant_field().is_some()) {
                self.tell(
                    &format!("{at}.{}", field.name),
                    "it is shared, and leads to what belongs to tenants",
                );
            }
        }
    }
}
