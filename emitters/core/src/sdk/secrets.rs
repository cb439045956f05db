//! Which types hold what is sensitive, and should not be seen in a log.

use std::collections::BTreeSet;

use atlas9_ir::{Field, Ir, TypeId};

use super::positions::{fields_of, inner, innermost, with_users};

/// The types that hold what is sensitive, however deep.
#[derive(Clone, Debug, Default)]
pub struct Secrets(BTreeSet<TypeId>);

impl Secrets {
    /// Of a package.
    pub fn of(ir: &Ir) -> Secrets {
        let ids = ir.types.iter().map(|(id, _)| id);
        let first = ids.filter(|id| fields_of(ir, *id).iter().any(|field| field.sensitive.is_some()));
        Secrets(with_users(ir, first.collect(), |id| inner(ir, id)))
    }

    /// True for such a type.
    pub fn holds(&self, id: TypeId) -> bool {
        self.0.contains(&id)
    }

    /// True where one of these fields is sensitive, or holds what is.
    pub fn within<'f>(&self, ir: &Ir, fields: impl IntoIterator<Item = &'f Field>) -> bool {
        let holds = |field: &Field| innermost(ir, &field.ty).is_some_and(|id| self.holds(id));
        fields.into_iter().any(|field| field.sensitive.is_some() || holds(field))
    }
}
