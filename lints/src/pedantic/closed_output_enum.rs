//! An enum in answers that can never gain a value.

use atlas9_diagnostics::{Edit, SourceMap, Span};
use atlas9_ir::{TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Type(check)];

fn check(context: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    let (what, part) = match decl.kind {
        TypeDeclKind::Enum { closed: true, .. } => ("enum", "value"),
        TypeDeclKind::Union { closed: true, .. } => ("union", "variant"),
        _ => return None,
    };
    if !context.facts.uses().answered(decl) {
        return None;
    }
    let finding = Finding::new(
        format!("answers carry the {what} `{}`, which can never gain a {part}", decl.name),
        format!("a closed {what} in answers"),
        format!("leave `closed` out: clients keep a {part} that they do not know"),
    );
    Some(finding.unsafe_fix(opened(context.sources, decl.span)))
}

/// Takes the word away that stands two words before the name.
fn opened(sources: &SourceMap, name: Span) -> Option<Edit> {
    let before = sources.get(name.file)?.text().get(..name.start as usize)?;
    let rest = before.trim_end().trim_end_matches(char::is_alphabetic);
    let start = rest.trim_end().strip_suffix("closed")?.len();
    Some(Edit { span: Span::new(name.file, start, rest.len()), text: String::new() })
}
