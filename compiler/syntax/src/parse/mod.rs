//! From text to the syntax tree. Never fails: what cannot be read is reported and left out.

#[cfg(test)]
mod agreement;
mod cursor;
mod declaration;
mod explain;
mod expression;
mod hint;
mod member;
mod operation;
mod reader;
mod recover;
mod shape;
mod skip;
mod token;
mod trouble;
mod type_expr;
mod unknown;
mod words;

use atlas9_diagnostics::{Diagnostic, FileId, MAX_ERRORS, Span, codes, shorten, sort};
use pest_derive::Parser;

use crate::ast;
use crate::scan::{Scan, scan};
use reader::Reader;

/// How many bytes a file may have.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// How many errors of one file are kept until they are in order; what comes then is counted only.
const MAX_KEPT: usize = 2 * MAX_ERRORS;

/// Explains broken entries; see `trouble.rs`.
#[derive(Parser)]
#[grammar = "atlas.pest"]
struct Grammar;

/// Reads a file. The tree holds everything that could be read; each mistake is one error of the range E01.
///
/// A byte order mark and CRLF line ends are accepted.
pub fn parse(id: FileId, text: &str) -> (ast::File, Vec<Diagnostic>) {
    let (file, diagnostics, _) = read(id, text);
    (file, diagnostics)
}

/// Reads a file and keeps its tokens.
pub(crate) fn read(id: FileId, text: &str) -> (ast::File, Vec<Diagnostic>, Option<Scan>) {
    if text.len() > MAX_BYTES {
        return (ast::File { id, ..ast::File::default() }, vec![too_large(id, text)], None);
    }
    let scan = scan(text);
    let mut reader = Reader::new(id, text, &scan);
    let file = reader.file();
    let Reader { mut diagnostics, omitted, .. } = reader;
    sort(&mut diagnostics);
    shorten(&mut diagnostics, "how this file is written", |_| omitted);
    (file, diagnostics, Some(scan))
}

fn too_large(id: FileId, text: &str) -> Diagnostic {
    let message = format!("the file has {} bytes, more than {MAX_BYTES}", text.len());
    Diagnostic::error(codes::E0107, message)
        .at(Span::new(id, 0, 0), "too large to be read")
        .help("split it into several files; declarations of one namespace may stand in many")
}
