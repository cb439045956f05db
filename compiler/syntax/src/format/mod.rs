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
mod partial;
mod pieces;
mod printer;

use atlas9_diagnostics::{Diagnostic, FileId, Level};

use crate::ast::File;
use crate::parse::read;
use crate::scan::Scan;
use printer::Printer;

/// How many columns a line may have before it is broken, where it can be.
pub const MAX_WIDTH: usize = 110;

/// Lays out a file, and tells its errors. The same tree comes out, and formatting the result changes nothing.
///
/// Of a file with errors the sound declarations are laid out, with the file's own line end, and the rest is left byte for byte as it is.
pub fn format(id: FileId, text: &str) -> (String, Vec<Diagnostic>) {
    let reading = Reading::new(id, text);
    let text = laid_out(&reading).unwrap_or_else(|| partial::partial(&reading));
    (text, reading.diagnostics)
}

/// A text and what was read in it.
struct Reading<'a> {
    text: &'a str,
    file: File,
    diagnostics: Vec<Diagnostic>,
    /// Nothing of a text that is too large.
    scan: Option<Scan>,
}

impl<'a> Reading<'a> {
    fn new(id: FileId, text: &'a str) -> Reading<'a> {
        let (file, diagnostics, scan) = read(id, text);
        Reading { text, file, diagnostics, scan }
    }

    /// Whether it has no errors.
    fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.level != Level::Error)
    }
}

/// The text laid out, where it has no errors.
fn laid_out(reading: &Reading<'_>) -> Option<String> {
    let scan = reading.scan.as_ref().filter(|_| reading.is_sound())?;
    let mut printer = Printer::new(reading.text, &scan.tokens, &reading.file.comments);
    printer.file(&reading.file);
    Some(columns::layout(printer.finish()))
}
