//! How rows are stored: which columns a resource has, and what tables, indexes and constraints are called.
//!
//! The SQL and the server's descriptors both ask here, so that they cannot disagree.

pub mod json;
mod links;
mod names;
mod search;
mod widths;

use atlas9_ir::{
    Field, FieldPath, Ir, Managed, OnDelete, Resource, ResourceId, Scalar, TypeDeclKind, TypeId, TypeKind,
};

pub use links::{Links, POSITION, links, links_of, referred};
pub use names::{
    check_name, clear_name, column_name, foreign_key_name, index_name, policy_name, primary_key_name,
    search_name, table_name_of_links, unique_name,
};
pub use search::{Search, search};
pub use widths::{INDEX_ROOM, least_bytes, most_bytes};

/// The column that counts a row's changes; entity tags are made from it.
pub const ROW_VERSION: &str = "row_version";

/// The key of the one row of a singleton that lives in nothing: always 1.
pub const SINGLETON: &str = "singleton";

/// PostgreSQL cuts identifiers at 63 bytes (`NAMEDATALEN`), silently.
pub const LONGEST_IDENTIFIER: usize = 63;

/// PostgreSQL's limit for a table, [`ROW_VERSION`] included; SQLite's is 2,000.
pub const MOST_COLUMNS: usize = 1600;

/// How one field is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In one column of its own type.
    Column,
    /// A structure: a column for each of its fields.
    Flat,
    /// In one column that holds JSON.
    Json,
    /// A resource's list of references: in a table of its own, see [`Links`].
    Links,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// Its name.
    pub name: String,
    /// The fields that lead to it.
    pub path: FieldPath,
    /// The last of these fields.
    pub field: &'a Field,
    /// What it holds.
    pub kind: ColumnKind<'a>,
    /// True when it can be null.
    pub nullable: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnKind<'a> {
    /// A scalar.
    Scalar(&'a Scalar),
    /// A value of an enum, as text.
    Enum(TypeId),
    /// The key of another resource; its type is that key's.
    Reference(ResourceId),
    /// JSON.
    Json,
}

/// How a field of a resource is stored, or one of a structure in it. A structure is flat unless it contains itself, or is optional without a required field of its
/// own: then null and a structure of nulls could not be told apart.
pub fn layout(ir: &Ir, field: &Field) -> Layout {
    let (kind, optional) = ir.resolve(&field.ty);
    match kind {
        TypeKind::List { .. } if links::listed(ir, field).is_some() => Layout::Links,
        TypeKind::List { .. } | TypeKind::Map { .. } | TypeKind::Scalar(Scalar::Json) => Layout::Json,
        TypeKind::Scalar(_) | TypeKind::Ref(_) => Layout::Column,
        TypeKind::Named(id) => match &ir.types[*id].kind {
            TypeDeclKind::Structure { fields, .. } => {
                let telling =
                    fields.iter().any(|inner| !ir.resolve(&inner.ty).1 && layout_of_required(ir, inner));
                match !contains(ir, *id, *id, &mut Vec::new()) && !fields.is_empty() && (!optional || telling)
                {
                    true => Layout::Flat,
                    false => Layout::Json,
                }
            }
            TypeDeclKind::Union { .. } => Layout::Json,
            TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => Layout::Column,
        },
    }
}

fn layout_of_required(ir: &Ir, field: &Field) -> bool {
    !matches!(ir.resolve(&field.ty).0, TypeKind::Named(id) if matches!(ir.types[*id].kind, TypeDeclKind::Structure { .. }))
}

fn contains(ir: &Ir, of: TypeId, target: TypeId, seen: &mut Vec<TypeId>) -> bool {
    if seen.contains(&of) {
        return false;
    }
    seen.push(of);
    let TypeDeclKind::Structure { fields, .. } = &ir.types[of].kind else { return false };
    fields.iter().any(|field| match ir.resolve(&field.ty).0 {
        TypeKind::Named(id) => *id == target || contains(ir, *id, target, seen),
        _ => false,
    })
}

/// The columns of a resource's table in the order of its fields, without [`ROW_VERSION`].
///
/// Structures in structures can multiply, so at most [`MOST_COLUMNS`] are counted: as many as that, with the row version,
/// are one too many for a table.
pub fn columns<'a>(ir: &'a Ir, resource: &'a Resource) -> Vec<Column<'a>> {
    let mut found = Vec::new();
    collect(ir, &resource.fields, &[], false, &mut found);
    found
}

fn collect<'a>(
    ir: &'a Ir,
    fields: &'a [Field],
    above: &[String],
    nullable: bool,
    found: &mut Vec<Column<'a>>,
) {
    for field in fields {
        if found.len() >= MOST_COLUMNS {
            return;
        }
        let mut path = above.to_vec();
        path.push(field.name.clone());
        let (kind, optional) = ir.resolve(&field.ty);
        let nullable = nullable || optional;
        let kind = match (layout(ir, field), kind) {
            (Layout::Flat, TypeKind::Named(id)) => {
                if let TypeDeclKind::Structure { fields, .. } = &ir.types[*id].kind {
                    collect(ir, fields, &path, nullable, found);
                }
                continue;
            }
            (Layout::Column, TypeKind::Scalar(scalar)) => ColumnKind::Scalar(scalar),
            (Layout::Column, TypeKind::Ref(resource)) => ColumnKind::Reference(*resource),
            (Layout::Column, TypeKind::Named(id)) => ColumnKind::Enum(*id),
            (Layout::Links, _) if above.is_empty() => continue,
            _ => ColumnKind::Json,
        };
        found.push(Column { name: path.join("_"), path: FieldPath(path), field, kind, nullable });
    }
}

/// The columns of the primary key: the tenant, so that no key tells of another tenant's rows, then [`own_key`].
pub fn primary_key(resource: &Resource) -> Vec<&str> {
    resource.tenant().map(|tenant| tenant.name.as_str()).into_iter().chain(own_key(resource)).collect()
}

/// The columns that tell a row from others that the same callers see: the keys of the parents, outermost first, then the own
/// key. A singleton has the keys of its parents alone, or [`SINGLETON`]; nothing where each tenant has one.
pub fn own_key(resource: &Resource) -> Vec<&str> {
    let parents = resource.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
    let held: Vec<&str> = parents.chain(resource.key()).map(|field| field.name.as_str()).collect();
    match held.is_empty() && resource.singleton && resource.tenant().is_none() {
        true => vec![SINGLETON],
        false => held,
    }
}

/// What becomes of a row when its parent goes. A singleton is there whether or not it was ever changed, so it never holds
/// its parent back.
pub fn on_parent_delete(resource: &Resource, parent: &Field) -> OnDelete {
    match resource.singleton {
        true => OnDelete::Cascade,
        false => parent.on_delete.unwrap_or(OnDelete::Restrict),
    }
}

/// What a reference to the resource holds: the scalar of its key, through keys that are references themselves. Nothing
/// where the key is no scalar.
pub fn key_scalar(ir: &Ir, resource: ResourceId) -> Option<&Scalar> {
    let mut at = ir.key_type(resource)?;
    // No longer way is free of circles.
    for _ in 0..ir.resources.len() {
        match ir.resolve(at).0 {
            TypeKind::Scalar(scalar) => return Some(scalar),
            TypeKind::Ref(next) => at = ir.key_type(*next)?,
            _ => return None,
        }
    }
    None
}
