//! Fields.

use atlas9_descriptor as descriptor;
use atlas9_emitters_core::storage::{self, Layout};
use atlas9_ir::{Deprecation, Field, Managed, Visibility};

use super::{Lower, expr, leak};

impl Lower<'_> {
    pub(super) fn fields<'f>(
        &mut self,
        fields: impl IntoIterator<Item = &'f Field>,
    ) -> &'static [descriptor::Field] {
        let fields: Vec<_> = fields.into_iter().map(|field| self.field(field)).collect();
        leak::slice(fields)
    }

    pub(super) fn field(&mut self, field: &Field) -> descriptor::Field {
        descriptor::Field {
            name: leak::text(&field.name),
            wire: leak::text(&field.wire),
            ty: self.ty(&field.ty, field.on_delete, field.span),
            optional: self.ir.resolve(&field.ty).1,
            access: access(field.visibility),
            managed: field.managed.map(managed),
            default: field.default.as_ref().map(expr::literal),
            unique: field.unique,
            sensitive: field.sensitive.is_some(),
            requires: leak::texts(&field.requires),
            deprecated: deprecation(field.deprecated.as_ref()),
            store: match storage::layout(self.ir, field) {
                Layout::Column => descriptor::Store::Column,
                Layout::Flat => descriptor::Store::Flat,
                // The table behind a list of references is known to the resource that holds it.
                Layout::Json | Layout::Links => descriptor::Store::Json,
            },
            place: descriptor::Place::Body,
        }
    }
}

fn access(visibility: Visibility) -> descriptor::Access {
    match visibility {
        Visibility::ReadWrite => descriptor::Access::ReadWrite,
        Visibility::ReadOnly => descriptor::Access::ReadOnly,
        Visibility::WriteOnly => descriptor::Access::WriteOnly,
        Visibility::Immutable => descriptor::Access::Immutable,
        Visibility::Internal => descriptor::Access::Internal,
    }
}

fn managed(managed: Managed) -> descriptor::Managed {
    match managed {
        Managed::Key => descriptor::Managed::Key,
        Managed::Parent => descriptor::Managed::Parent,
        Managed::Tenant => descriptor::Managed::Tenant,
        Managed::CreatedAt => descriptor::Managed::CreatedAt,
        Managed::UpdatedAt => descriptor::Managed::UpdatedAt,
        Managed::DeletedAt => descriptor::Managed::DeletedAt,
    }
}

pub(super) fn deprecation(deprecation: Option<&Deprecation>) -> Option<descriptor::Deprecation> {
    deprecation.map(|deprecation| descriptor::Deprecation {
        since: deprecation.since.as_deref().map(leak::text),
        on: deprecation.on.as_deref().map(leak::text),
        sunset: deprecation.sunset.as_deref().map(leak::text),
        replacement: deprecation.replacement.as_deref().map(leak::text),
        reason: deprecation.reason.as_deref().map(leak::text),
    })
}
