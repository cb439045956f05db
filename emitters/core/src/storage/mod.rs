//! How rows are stored: which columns a resource has, and what tables, indexes and constraints are called.
//!
//! The SQL and the server's descriptors both ask here, so that they cannot disagree.

pub mod json;

use atlas9_ir::{Field, FieldPath, Ir, Resource, ResourceId, Scalar, TypeDeclKind, TypeId, TypeKind};

/// The column that counts a row's changes; entity tags are made from it.
pub const ROW_VERSION: &str = "row_version";

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

/// How a field is stored. A structure is flat unless it contains itself, or is optional without a required field of its
/// own: then null and a structure of nulls could not be told apart.
pub fn layout(ir: &Ir, field: &Field) -> Layout {
    let (kind, optional) = ir.resolve(&field.ty);
    match kind {
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
            _ => ColumnKind::Json,
        };
        found.push(Column { name: path.join("_"), path: FieldPath(path), field, kind, nullable });
    }
}

/// The name of the column at a path.
pub fn column_name(path: &FieldPath) -> String {
    path.0.join("_")
}

/// The columns of the primary key: the keys of the parents, outermost first, then the own key.
pub fn primary_key(resource: &Resource) -> Vec<&str> {
    let parents = resource.fields.iter().filter(|field| field.managed == Some(atlas9_ir::Managed::Parent));
    parents.chain(resource.key()).map(|field| field.name.as_str()).collect()
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

/// The name of the primary key: `books_pkey`.
pub fn primary_key_name(resource: &Resource) -> String {
    identifier(&format!("{}_pkey", resource.plural))
}

/// The name of a unique index: `books_isbn_key`.
pub fn unique_name(resource: &Resource, fields: &[FieldPath]) -> String {
    named(resource, fields, "key")
}

/// The name of an index: `books_author_id_created_at_idx`.
pub fn index_name(resource: &Resource, fields: &[FieldPath]) -> String {
    named(resource, fields, "idx")
}

/// The name of a foreign key: `books_author_id_fkey`.
pub fn foreign_key_name(resource: &Resource, column: &str) -> String {
    identifier(&format!("{}_{column}_fkey", resource.plural))
}

/// The name of a check: `books_published_has_date_check`.
pub fn check_name(resource: &Resource, what: &str) -> String {
    identifier(&format!("{}_{what}_check", resource.plural))
}

fn named(resource: &Resource, fields: &[FieldPath], suffix: &str) -> String {
    let columns: Vec<String> = fields.iter().map(column_name).collect();
    identifier(&format!("{}_{}_{suffix}", resource.plural, columns.join("_")))
}

/// The name, or where it is too long for PostgreSQL its beginning and a hash of the whole.
fn identifier(name: &str) -> String {
    if name.len() <= LONGEST_IDENTIFIER {
        return name.to_owned();
    }
    // FNV-1a, 32 bits: stable for ever, and short. http://www.isthe.com/chongo/tech/comp/fnv/
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let kept: String = name.chars().take(LONGEST_IDENTIFIER - 9).collect();
    format!("{kept}_{hash:08x}")
}
