//! The columns of a resource's table, and how fields are made of them.

use atlas9_descriptor::{Field, Managed, Store, Structure, Type};

use crate::store::ColumnType;

/// A column.
pub(crate) struct Column {
    /// Its name in quotes, for SQL.
    pub(crate) quoted: String,
    /// Its name as it stands in messages of the database.
    pub(crate) name: String,
    pub(crate) ty: ColumnType,
    /// The type of the field that it holds.
    pub(crate) field: &'static Type,
    /// True when it can be null.
    pub(crate) nullable: bool,
    /// True for the one that says whose a row is: it is never bound, the session gives it.
    pub(crate) tenant: bool,
    /// The places of the fields that lead to it.
    pub(crate) path: Vec<usize>,
}

/// How a field is stored.
pub(crate) enum Shape {
    /// In the column at this place, or a JSON column.
    Column(usize),
    /// A list of references; its place among the resource's.
    Links(usize),
    /// A structure over several columns.
    Flat {
        structure: &'static Structure,
        /// How its fields are stored.
        shapes: Vec<Shape>,
        /// The column that is null exactly when the structure is; nothing where the structure is never null.
        tells: Option<usize>,
    },
}

/// The columns of fields in their order.
pub(crate) fn columns(fields: &'static [Field]) -> Vec<Column> {
    let mut found = Vec::new();
    collect(fields, "", false, &[], &mut found);
    found
}

fn collect(fields: &'static [Field], before: &str, nullable: bool, above: &[usize], found: &mut Vec<Column>) {
    for (index, field) in fields.iter().enumerate() {
        let name = format!("{before}{}", field.name);
        let nullable = nullable || field.optional;
        let mut path = above.to_vec();
        path.push(index);
        match (field.store, field.ty) {
            (Store::Flat, Type::Structure(structure)) => {
                collect(structure.fields.get(), &format!("{name}_"), nullable, &path, found);
            }
            (Store::Links(_), _) => {}
            (store, _) => {
                let ty = if store == Store::Json { ColumnType::Json } else { ColumnType::of(&field.ty) };
                let quoted = quoted(&name);
                let tenant = field.managed == Some(Managed::Tenant);
                found.push(Column { quoted, name, ty, field: &field.ty, nullable, tenant, path });
            }
        }
    }
}

/// How fields are stored.
pub(crate) fn shapes(fields: &'static [Field]) -> Vec<Shape> {
    shape_all(fields, &mut Next::default())
}

/// The next place of a column, and of a list of references.
#[derive(Default)]
struct Next {
    column: usize,
    links: usize,
}

fn shape_all(fields: &'static [Field], next: &mut Next) -> Vec<Shape> {
    fields.iter().map(|field| shape(field, next)).collect()
}

fn shape(field: &'static Field, next: &mut Next) -> Shape {
    match (field.store, field.ty) {
        (Store::Links(_), _) => {
            next.links += 1;
            Shape::Links(next.links - 1)
        }
        (Store::Flat, Type::Structure(structure)) => {
            let shapes = shape_all(structure.fields.get(), next);
            let tells = if field.optional { telling(structure, &shapes) } else { None };
            Shape::Flat { structure, shapes, tells }
        }
        _ => {
            next.column += 1;
            Shape::Column(next.column - 1)
        }
    }
}

/// The column of the first required field with a column of its own.
fn telling(structure: &'static Structure, shapes: &[Shape]) -> Option<usize> {
    structure.fields.iter().zip(shapes).find_map(|(field, shape)| match shape {
        Shape::Column(index) if !field.optional => Some(*index),
        _ => None,
    })
}

/// The column at the end of a path of declared names.
pub(crate) fn column_at<'a>(
    columns: &'a [Column],
    fields: &[Field],
    path: &[&str],
) -> Option<(usize, &'a Column)> {
    let (first, rest) = path.split_first()?;
    let index = fields.iter().position(|field| field.name == *first)?;
    let mut places = vec![index];
    let mut ty = fields.get(index)?.ty;
    for name in rest {
        let Type::Structure(structure) = ty else { return None };
        let index = structure.fields.iter().position(|field| field.name == *name)?;
        places.push(index);
        ty = structure.fields.get().get(index)?.ty;
    }
    columns.iter().enumerate().find(|(_, column)| column.path == places)
}

/// A name in quotes.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
