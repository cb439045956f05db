//! What every SDK is made from: the parts of a client that are the same in each language.
//!
//! Nothing here knows a language: sentences hold no syntax of comments, and names are those of the schema or of the wire.

mod calls;
mod changelog;
pub mod facts;
mod filters;
mod licence;
mod names;
mod package;
mod positions;
mod reference;
mod secrets;
mod served;
mod showpiece;

pub use calls::{Answer, Answered, Asks};
pub use changelog::changelog;
pub use filters::{Filter, filters, is_ordered, wire};
pub use names::{Members, Space};
pub use package::{
    BASE_URL, COPYRIGHT, LICENSE, Package, REPOSITORY, agent, auth_scheme, description, environment, given,
    wrong_option,
};
pub use positions::{Position, Positions, fields_of, is_sent_otherwise, structure, variants_of, with_users};
pub use reference::{reference, reference_by};
pub use secrets::Secrets;
pub use served::Served;
pub use showpiece::{Showpiece, introduction, prose};

use std::collections::BTreeMap;

use atlas9_ir::{Field, Ir, Resource, ResourceId, Type, TypeKind};

/// True when a value may be null.
pub fn is_optional(ir: &Ir, ty: &Type) -> bool {
    ir.resolve(ty).1
}

/// True when a request that gives the whole value must hold the field.
pub fn is_required(ir: &Ir, field: &Field) -> bool {
    field.default.is_none() && !is_optional(ir, &field.ty)
}

/// What `expand` embeds, by its name on the wire, with the field that holds the key.
pub fn embedded(resource: &Resource) -> impl Iterator<Item = (&str, &Field)> {
    let named: BTreeMap<&str, &str> = resource
        .operations
        .iter()
        .flat_map(|operation| &operation.expand)
        .map(|expand| (expand.wire.as_str(), expand.field.as_str()))
        .collect();
    named
        .into_iter()
        .filter_map(|(wire, name)| Some((wire, resource.fields.iter().find(|field| field.name == name)?)))
}

/// The resource behind a reference or a list of references.
pub fn target(ir: &Ir, ty: &Type) -> Option<ResourceId> {
    match ir.resolve(ty).0 {
        TypeKind::Ref(to) => Some(*to),
        TypeKind::List { item, .. } => target(ir, item),
        _ => None,
    }
}
