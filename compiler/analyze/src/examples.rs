//! Example values, checked like any other.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::Example;
use atlas9_syntax::ast::{self, ExprKind, Member};

use crate::context::{At, bare};
use crate::docs::docs;
use crate::model::Shape;
use crate::names::Once;
use crate::values;

/// Reads the examples among the members. An example gives the fields that it is about; none has to be there.
pub(crate) fn read(at: At<'_, '_>, shape: &Shape, members: &[Member]) -> Vec<Example> {
    let blocks = members.iter().filter_map(|member| match member {
        Member::Examples(block) => Some(block),
        _ => None,
    });
    let mut once = Once::declared();
    let examples = blocks.flat_map(|block| &block.entries);
    examples
        .filter_map(|ast| if once.first(at.cx.sink, &ast.name) { example(at, shape, ast) } else { None })
        .collect()
}

fn example(at: At<'_, '_>, shape: &Shape, ast: &ast::Example) -> Option<Example> {
    let ExprKind::Object(entries) = &bare(&ast.value).kind else {
        at.report(
            Diagnostic::error(codes::E0304, "an example is an object")
                .at(ast.value.span, "not an object")
                .help("write `name { field: value }`"),
        );
        return None;
    };
    let value = values::object(at, shape, entries.iter(), None)?;
    Some(Example { name: ast.name.text.clone(), docs: docs(&ast.docs), value, span: ast.name.span })
}
