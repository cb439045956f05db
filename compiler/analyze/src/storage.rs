//! Declared indexes.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{FieldPath, Index, Scalar};
use atlas9_syntax::ast::{self, Member, Name};

use crate::context::{At, did_you_mean};
use crate::model::{Plain, Shape};
use crate::names::Once;
use crate::paths;
use crate::values::all;

/// Reads the indexes among the members.
pub(crate) fn read(at: At<'_, '_>, shape: &Shape, members: &[Member]) -> Vec<Index> {
    let blocks = members.iter().filter_map(|member| match member {
        Member::Storage(block) => Some(block),
        _ => None,
    });
    blocks.flat_map(|block| &block.entries).filter_map(|ast| index(at, shape, ast)).collect()
}

fn index(at: At<'_, '_>, shape: &Shape, ast: &ast::Index) -> Option<Index> {
    let unique = match ast.kind.text.as_str() {
        "index" => false,
        "unique" => true,
        other => {
            let help =
                did_you_mean(other, ["index", "unique"], || "there are `index` and `unique`".to_owned());
            at.report(
                Diagnostic::error(codes::E0401, format!("storage has no `{other}`"))
                    .at(ast.kind.span, "not known")
                    .help(help),
            );
            return None;
        }
    };
    let joined: Vec<Name> =
        ast.fields.iter().map(|path| Name { text: path.text(), span: path.span }).collect();
    let mut once = Once::named();
    let fields = all(ast
        .fields
        .iter()
        .zip(&joined)
        .map(|(path, name)| if once.first(at.cx.sink, name) { column(at, shape, path) } else { None }))?;
    Some(Index { fields, unique, span: ast.span })
}

fn column(at: At<'_, '_>, shape: &Shape, path: &ast::Path) -> Option<FieldPath> {
    let (names, field, _) = paths::field(at, shape, path)?;
    let single = match at.types.plain(&field.ty)?.0 {
        Plain::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::Bytes { .. }),
        Plain::Enum(..) | Plain::Ref(_) => true,
        Plain::List(..) | Plain::Map(..) | Plain::Structure(..) | Plain::Union(_) => false,
    };
    if !single {
        at.report(
            Diagnostic::error(codes::E0406, format!("`{}` cannot stand in an index", path.text()))
                .at(path.span, format!("its type is `{}`", at.types.describe(&field.ty)))
                .help("only a single value can, such as text, a number or a date"),
        );
        return None;
    }
    Some(names)
}
