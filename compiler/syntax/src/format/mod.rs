//! The one way in which a file is laid out.
//!
//! Four spaces a level, LF line ends, one blank line between declarations, never more than one anywhere, a line break at the
//! end. Texts, numbers and patterns are left as written; so are the order of everything, the author's parentheses, and the
//! blank lines inside a block (not behind its opening and before its closing brace). Lines are not broken, except:
//!
//! - the clauses of an action stand below it, each on its own line;
//! - an example that is written over several lines, holds a comment, or is longer than [`MAX_WIDTH`] has one member a line, and
//!   so have, level by level, the objects and lists in it;
//! - the parameters of an action that are documented, commented or too long stand one a line.
//!
//! `operations`, `storage`, `auth` and `enum` blocks that are written on one line stay there if they fit; so do braces around
//! a single field, setting or rule, and empty ones.
//!
//! **Columns.** Lines that follow one another in a block, without a blank line or an entry of several lines between, are a run
//! and share their columns; comments and documentation do not end a run.
//!
//! - The second column (the type of a field, the text of a value, the value of a setting, the clauses of an operation) begins
//!   two spaces behind the longest name. Names that stand out do not count and are followed by one space: at most a quarter of
//!   the run, each at least three longer than all others. In an error, whose texts have no colon, the colon of a field counts
//!   as one of the two spaces.
//! - The annotations of fields begin one space behind the longest type and default of the run, yet at least 18 behind the
//!   second column, so that neighbouring declarations look alike; types that are at least 16 longer than all others, at most a
//!   quarter of the run, do not count.
//! - A field alone in its run has single spaces.
//!
//! **Comments** stay on their own line above what they stood above, or two spaces behind what they stood behind. One in the
//! middle of something that stands on one line moves above it. None is lost.

mod block;
mod columns;
mod declaration;
mod entries;
mod expression;
mod operation;
mod printer;

use atlas9_diagnostics::{Diagnostic, FileId, Level};

use crate::parse::read;
use printer::Printer;

/// How many columns a line may have before it is broken, where it can be.
pub const MAX_WIDTH: usize = 110;

/// Lays out a file. The same tree comes out, and formatting the result changes nothing.
///
/// # Errors
/// A file with syntax errors is refused: they are returned.
pub fn format(id: FileId, text: &str) -> Result<String, Vec<Diagnostic>> {
    let (file, diagnostics, scan) = read(id, text);
    let scan = match scan {
        Some(scan) if diagnostics.iter().all(|diagnostic| diagnostic.level != Level::Error) => scan,
        _ => return Err(diagnostics),
    };
    let mut printer = Printer::new(text, &scan.tokens, &file.comments);
    printer.file(&file);
    Ok(columns::layout(printer.finish()))
}
