//! Resources.

use atlas9_descriptor as descriptor;
use atlas9_emitters_core::storage;
use atlas9_ir::{FieldPath, Managed, Resource, ResourceId};

use super::{Lower, expr, leak};

impl Lower<'_> {
    pub(super) fn resource(&mut self, id: ResourceId, resource: &Resource) -> &'static descriptor::Resource {
        let operations: Vec<_> =
            resource.operations.iter().map(|operation| self.operation(operation, Some(resource))).collect();
        let key = resource.fields.iter().position(|field| field.key);
        if key.is_none() != resource.singleton {
            self.broken(resource.span, "a resource has no key, or a singleton has one");
        }
        leak::one(descriptor::Resource {
            name: leak::text(&resource.name),
            snake: leak::text(&resource.snake),
            table: leak::text(&resource.plural),
            parent: resource.parent.map(|parent| leak::text(&self.ir.resources[parent].name)),
            path: leak::text(&format!("{}{}", self.ir.service.base_path, resource.path)),
            fields: self.fields_of(resource),
            key,
            audited: resource.audited.map(|audited| descriptor::Audited { keep_days: audited.keep_days }),
            events: resource.events,
            operations: leak::slice(operations),
            rules: expr::rules(&resource.rules, |rule| storage::check_name(&resource.plural, &rule.name)),
            unique: self.unique(id, resource),
        })
    }

    /// The fields; a structure's have no tables of their own, and no parents.
    fn fields_of(&mut self, resource: &Resource) -> &'static [descriptor::Field] {
        let mut made = Vec::with_capacity(resource.fields.len());
        for field in &resource.fields {
            let mut one = self.field(field);
            if let Some(links) = storage::links_of(self.ir, resource, field) {
                one.store = descriptor::Store::Links(leak::one(descriptor::Links {
                    table: leak::text(&links.table),
                    tenant: links.tenant.as_deref().map(leak::text),
                    owner: leak::texts(&links.owner),
                    key: leak::text(&links.key),
                }));
            }
            if field.managed == Some(Managed::Parent) {
                one.ty = self.ty(&field.ty, Some(storage::on_parent_delete(resource, field)), field.span);
            }
            made.push(one);
        }
        leak::slice(made)
    }

    fn unique(&self, id: ResourceId, resource: &Resource) -> &'static [descriptor::Unique] {
        let key = resource.key().filter(|key| self.referred.contains(&id) && !key.unique);
        let key = key.map(|key| vec![FieldPath(vec![key.name.clone()])]);
        let fields = storage::columns(self.ir, resource)
            .into_iter()
            .filter(|column| column.field.unique)
            .map(|column| vec![column.path]);
        let indexes = resource.indexes.iter().filter(|index| index.unique).map(|index| index.fields.clone());
        leak::slice(key.into_iter().chain(fields).chain(indexes).map(|fields: Vec<FieldPath>| {
            descriptor::Unique {
                name: leak::text(&storage::unique_name(&resource.plural, &fields)),
                fields: expr::paths(&fields),
            }
        }))
    }
}
