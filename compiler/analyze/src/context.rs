//! What every pass reads, and where it reports.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, FileId, SourceMap, Span};
use atlas9_ir::Allow;
use atlas9_syntax::ast::{Expr, ExprKind, File};
use rustc_hash::FxHashMap;

use crate::annotations::Pending;
use crate::ids::Ids;
use crate::lookup::Guess;
use crate::meanings::Meanings;
use crate::model::Types;
use crate::names::{Kind, Names};
use crate::packages::Origin;
use crate::service::Api;
use crate::types::Patterns;

/// Collects findings. Shared, so that passes can report while they read.
#[derive(Default)]
pub(crate) struct Sink {
    found: RefCell<Vec<Diagnostic>>,
    unknown: RefCell<Vec<Unknown>>,
}

/// A name that nothing declares, where it is used.
struct Unknown {
    diagnostic: Diagnostic,
    /// The file that would have to import it.
    import: Option<FileId>,
}

impl Sink {
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Reports a name that nothing declares. However often it is used, that is one mistake.
    pub(crate) fn unknown(&self, diagnostic: Diagnostic) {
        self.unknown.borrow_mut().push(Unknown { diagnostic, import: None });
    }

    /// Reports a name that the file does not import; each file has to.
    pub(crate) fn not_imported(&self, diagnostic: Diagnostic) {
        let import = diagnostic.span.map(|span| span.file);
        self.unknown.borrow_mut().push(Unknown { diagnostic, import });
    }

    pub(crate) fn take(&self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut *self.found.borrow_mut());
        let mut by_name: BTreeMap<_, Vec<Diagnostic>> = BTreeMap::new();
        for Unknown { diagnostic, import } in std::mem::take(&mut *self.unknown.borrow_mut()) {
            let key = (diagnostic.code.clone(), diagnostic.message.clone(), diagnostic.help.clone(), import);
            by_name.entry(key).or_default().push(diagnostic);
        }
        found.extend(by_name.into_values().filter_map(first_of));
        found
    }
}

/// The finding at the first place, with the places that follow.
fn first_of(mut same: Vec<Diagnostic>) -> Option<Diagnostic> {
    const SHOWN: usize = 3;
    same.sort_by_key(|diagnostic| diagnostic.span);
    same.dedup_by_key(|diagnostic| diagnostic.span);
    let mut rest = same.into_iter();
    let first = rest.next()?;
    let more = rest.len().saturating_sub(SHOWN);
    let spans: Vec<Span> = rest.filter_map(|diagnostic| diagnostic.span).take(SHOWN).collect();
    let last = spans.len().saturating_sub(1);
    Some(spans.into_iter().enumerate().fold(first, |first, (index, span)| {
        let text = match more {
            1 if index == last => "and here, and in 1 more place".to_owned(),
            2.. if index == last => format!("and here, and in {more} more places"),
            _ => "and here".to_owned(),
        };
        first.and(span, text)
    }))
}

/// The whole package as far as it is known before its members are read.
pub(crate) struct Cx<'a> {
    pub sources: &'a SourceMap,
    pub files: &'a [File],
    pub sink: &'a Sink,
    pub names: Names<'a>,
    pub ids: Ids,
    pub api: Api<'a>,
    pub patterns: Patterns,
    pub allows: RefCell<Vec<Allow>>,
    /// True when an `@added` cannot be read, so that what it stands on may be newer than is known.
    pub undated: Cell<bool>,
    /// Declared annotations in use, by the place where they stand.
    pub applied: RefCell<FxHashMap<Span, Pending>>,
    /// How many candidates may still be compared with names that nothing declares; see [`Cx::may_guess`].
    pub guessing: Cell<usize>,
    /// Ways out for unknown names, by file, name and kind: a missing import leaves the same name unknown many times.
    pub guesses: RefCell<FxHashMap<(usize, String, Kind), Guess>>,
    /// What names in use stand for, where somebody asks.
    pub meanings: Meanings,
}

/// How many candidates are compared with unknown names.
pub(crate) const MAX_GUESSING: usize = 5_000_000;

impl<'a> Cx<'a> {
    /// Whether the names of a package may be searched once more for one that was meant: each search looks at all of them, and
    /// where most names are unknown, spelling is not what is wrong.
    pub(crate) fn may_guess(&self) -> bool {
        let left = self.guessing.get().checked_sub(self.names.symbols.len());
        self.guessing.set(left.unwrap_or(0));
        left.is_some()
    }

    /// The files of the package itself.
    pub(crate) fn own_files(&self) -> impl Iterator<Item = &'a File> {
        let files = self.files.iter().enumerate();
        files.filter(|(index, _)| self.is_own(*index)).map(|(_, file)| file)
    }

    /// True for a file of the package itself, by its place among the files.
    pub(crate) fn is_own(&self, file: usize) -> bool {
        self.names.packages.origin(file) == Origin::Own
    }

    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    /// The text as written, to be quoted in a message; a long one is cut.
    pub(crate) fn quote(&self, span: Span) -> String {
        const LONGEST: usize = 60;
        let text = self.sources.slice(span);
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match flat.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}...", flat.get(..end).unwrap_or_default()),
            None => flat,
        }
    }
}

/// A place to read names from: the package, its types as far as they are known, and the file in whose scope names are read.
#[derive(Clone, Copy)]
pub(crate) struct At<'c, 'a> {
    pub cx: &'c Cx<'a>,
    pub types: &'c Types,
    pub file: usize,
}

impl At<'_, '_> {
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        self.cx.report(diagnostic);
    }
}

/// The expression without the parentheses around it.
pub(crate) fn bare(mut expr: &Expr) -> &Expr {
    while let ExprKind::Group(inner) = &expr.kind {
        expr = inner;
    }
    expr
}

/// `a`, `b` and `c`, each in backticks: for messages.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>, last: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.pop() {
        None => String::new(),
        Some(only) if names.is_empty() => only,
        Some(end) => format!("{} {last} {end}", names.join(", ")),
    }
}

/// "did you mean `x`?", or the fallback.
pub(crate) fn did_you_mean<'n>(
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match atlas9_diagnostics::nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise(),
    }
}
