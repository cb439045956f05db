//! Resources.

use atlas9_descriptor as descriptor;
use atlas9_emitters_core::storage;
use atlas9_ir::{FieldPath, Resource};

use super::{Lower, expr, leak};

impl Lower<'_> {
    pub(super) fn resource(&mut self, resource: &Resource) -> &'static descriptor::Resource {
        let operations: Vec<_> =
            resource.operations.iter().map(|operation| self.operation(operation)).collect();
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
            fields: self.fields(&resource.fields),
            key,
            operations: leak::slice(operations),
            rules: expr::rules(&resource.rules, |rule| storage::check_name(&resource.plural, &rule.name)),
            unique: self.unique(resource),
        })
    }

    fn unique(&self, resource: &Resource) -> &'static [descriptor::Unique] {
        let fields = storage::columns(self.ir, resource)
            .into_iter()
            .filter(|column| column.field.unique)
            .map(|column| vec![column.path]);
        let indexes = resource.indexes.iter().filter(|index| index.unique).map(|index| index.fields.clone());
        leak::slice(fields.chain(indexes).map(|fields: Vec<FieldPath>| descriptor::Unique {
            name: leak::text(&storage::unique_name(&resource.plural, &fields)),
            fields: expr::paths(&fields),
        }))
    }
}
