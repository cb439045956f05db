//! `reserved a, b`: names that were in use, and must not come back with another meaning.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::Reserved;
use atlas9_syntax::ast::{self, File, ItemKind, Name};
use foldhash::HashMap;

use crate::context::Sink;

/// The names in the lines of one block. One that is reserved twice is reported.
pub(crate) fn names<'s>(sink: &Sink, lines: impl IntoIterator<Item = &'s ast::Reserved>) -> Vec<Reserved> {
    let mut first: HashMap<&str, &Name> = HashMap::default();
    let mut found = Vec::new();
    for name in lines.into_iter().flat_map(|line| &line.names) {
        match first.get(name.text.as_str()) {
            Some(before) => sink.report(twice(name, before)),
            None => {
                first.insert(&name.text, name);
                found.push(Reserved { name: name.text.clone(), span: name.span });
            }
        }
    }
    found
}

/// The names of declarations that are reserved at the top of these files.
pub(crate) fn declarations<'s>(sink: &Sink, files: impl Iterator<Item = &'s File>) -> Vec<Reserved> {
    let lines = files.flat_map(|file| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Reserved(line) => Some(line),
        _ => None,
    });
    names(sink, lines)
}

fn twice(again: &Name, first: &Name) -> Diagnostic {
    Diagnostic::error(codes::E0211, format!("`{}` is reserved twice", again.text))
        .at(again.span, "again")
        .and(first.span, "reserved here already")
        .help("remove one of them")
}
