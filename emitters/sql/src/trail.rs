//! The fields that lead to a column: what they say together.

use atlas9_emitters_core::storage::Column;
use atlas9_ir::{Field, FieldPath, Ir, Resource, TypeDeclKind, TypeKind, Value};

/// The fields of a path, outermost first.
pub(crate) fn trail<'a>(ir: &'a Ir, resource: &'a Resource, path: &FieldPath) -> Vec<&'a Field> {
    let mut fields: &[Field] = &resource.fields;
    let mut found = Vec::new();
    for name in &path.0 {
        let Some(field) = fields.iter().find(|field| field.name == *name) else { break };
        found.push(field);
        fields = members(ir, field);
    }
    found
}

/// The fields of a structure-typed field; none for any other.
pub(crate) fn members<'a>(ir: &'a Ir, field: &'a Field) -> &'a [Field] {
    match ir.resolve(&field.ty).0 {
        TypeKind::Named(id) => match &ir.types[*id].kind {
            TypeDeclKind::Structure { fields, .. } => fields,
            TypeDeclKind::Union { .. } | TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => &[],
        },
        _ => &[],
    }
}

/// What a column holds where nothing is given.
///
/// The outermost default counts; one inside an optional structure does not, because a row without the structure has
/// nothing there.
pub(crate) fn default<'a>(ir: &'a Ir, resource: &'a Resource, column: &Column<'_>) -> Option<&'a Value> {
    let mut given: Option<&Value> = None;
    let mut absent = false;
    for field in trail(ir, resource, &column.path) {
        given = match given {
            Some(Value::Object(members)) => {
                let own = members.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
                own.or(field.default.as_ref())
            }
            Some(_) => return None,
            None if absent => return None,
            None => field.default.as_ref(),
        };
        absent = given.is_none() && ir.resolve(&field.ty).1;
    }
    given
}

/// The documentation of the fields that lead to a column, and what is on its way out.
pub(crate) fn docs(ir: &Ir, resource: &Resource, column: &Column<'_>) -> String {
    let mut lines = Vec::new();
    for field in trail(ir, resource, &column.path) {
        lines.extend(Some(field.docs.clone()).filter(|docs| !docs.is_empty()));
        if let Some(deprecation) = &field.deprecated {
            let reason = deprecation.reason.as_deref().map(|reason| format!(" {reason}"));
            lines.push(format!("Deprecated.{}", reason.unwrap_or_default()));
        }
    }
    lines.join("\n")
}

/// The first column under `path` that is null exactly when the structure at `path` is absent.
pub(crate) fn telling<'a, 'b>(
    ir: &Ir,
    resource: &Resource,
    columns: &'b [Column<'a>],
    path: &[String],
) -> Option<&'b Column<'a>> {
    columns.iter().find(|column| {
        column.path.0.starts_with(path)
            && trail(ir, resource, &column.path).iter().skip(path.len()).all(|field| !ir.resolve(&field.ty).1)
    })
}
