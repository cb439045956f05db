//! Field paths such as `price.amount`.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Field, FieldPath};
use atlas9_syntax::ast::Path;

use crate::context::At;
use crate::model::{Shape, Walked};
use crate::values::unknown_field;

/// The field that a path leads to, and whether its value may be null. Nothing where there is none, which is then
/// reported, or where it is lost.
pub(crate) fn field<'t>(
    at: At<'t, '_>,
    shape: &'t Shape,
    path: &Path,
) -> Option<(FieldPath, &'t Field, bool)> {
    match at.types.walk(shape, path, |name, field| at.means_field(name, field)) {
        Walked::Field { field, optional } => Some((names(path), field, optional)),
        Walked::Missing(owner, name) => {
            unknown_field(at, owner, name);
            None
        }
        Walked::NoFields(field, name) => {
            at.report(
                Diagnostic::error(codes::E0405, format!("`{}` has no fields", field.name))
                    .at(name.span, "not a field")
                    .and(field.span, format!("its type is `{}`", at.types.describe(&field.ty))),
            );
            None
        }
        Walked::Lost => None,
    }
}

/// The words of the path.
pub(crate) fn names(path: &Path) -> FieldPath {
    FieldPath(path.segments.iter().map(|name| name.text.clone()).collect())
}
