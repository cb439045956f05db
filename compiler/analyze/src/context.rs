//! What every pass reads, and where it reports.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use atlas9_diagnostics::{Diagnostic, FileId, Level, MAX_ERRORS, SourceMap, Span};
use atlas9_ir::Allow;
use atlas9_syntax::ast::{Expr, ExprKind, File, Text};
use foldhash::HashMap;

use crate::annotations::Pending;
use crate::ids::Ids;
use crate::lookup::Guess;
use crate::meanings::Meanings;
use crate::model::Types;
use crate::names::{Kind, Names};
use crate::packages::Origin;
use crate::service::Api;
use crate::types::Patterns;

/// How many errors of one file are kept until they are in order; what comes then is counted only.
const MAX_KEPT: usize = 10 * MAX_ERRORS;

/// How many candidates are compared with names that nothing declares. Where most names are unknown, spelling is not what is wrong.
const MAX_GUESSED: usize = 2_000_000;

/// Collects findings. Shared, so that passes can report while they read.
#[derive(Default)]
pub(crate) struct Sink {
    found: RefCell<Vec<Diagnostic>>,
    unknown: RefCell<Vec<Unknown>>,
    /// How many errors there are so far of each file.
    errors: RefCell<HashMap<FileId, usize>>,
    /// How many candidates were compared with what was written.
    guessed: Cell<usize>,
}

/// A name that nothing declares, where it is used.
struct Unknown {
    diagnostic: Diagnostic,
    /// The file that would have to import it.
    import: Option<FileId>,
}

impl Sink {
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        if let Some(span) = diagnostic.span.filter(|_| diagnostic.level == Level::Error) {
            let mut errors = self.errors.borrow_mut();
            let count = errors.entry(span.file).or_default();
            *count += 1;
            if *count > MAX_KEPT {
                return;
            }
        }
        self.found.borrow_mut().push(diagnostic);
    }

    /// How many errors of a file were too many to keep.
    pub(crate) fn omitted(&self, file: FileId) -> usize {
        self.errors.borrow().get(&file).map_or(0, |count| count.saturating_sub(MAX_KEPT))
    }

    /// Whether that many candidates may still be compared with what was written.
    pub(crate) fn may_guess(&self, candidates: usize) -> bool {
        self.guessed.set(self.guessed.get().saturating_add(candidates));
        self.guessed.get() <= MAX_GUESSED
    }

    /// "did you mean `x`?" of names that a schema declares, or the fallback.
    pub(crate) fn did_you_mean<'n>(
        &self,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: impl FnOnce() -> String,
    ) -> String {
        if !self.may_guess(0) {
            return otherwise();
        }
        // All of them or none, so that their order does not matter.
        let known: Vec<&str> = known.into_iter().collect();
        if self.may_guess(known.len()) { did_you_mean(name, known, otherwise) } else { otherwise() }
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
    /// True where a `@tenant` may be lost to something that could not be read.
    pub tenant_lost: Cell<bool>,
    /// Declared annotations in use, by the place where they stand.
    pub applied: RefCell<BTreeMap<Span, Pending>>,
    /// Ways out for unknown names, by file, name and kind: a missing import leaves the same name unknown many times.
    pub guesses: RefCell<HashMap<(usize, String, Kind), Guess>>,
    /// What names in use stand for, where somebody asks.
    pub meanings: Meanings,
}

impl<'a> Cx<'a> {
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

    /// A part of a text, or the whole text where escapes hide where that part is.
    pub(crate) fn part(&self, text: &Text, part: Range<usize>) -> Span {
        let written = self.sources.slice(text.span);
        let plain = written.get(1..written.len().saturating_sub(1)) == Some(text.value.as_str());
        let first = text.span.start as usize + 1;
        if plain { Span::new(text.span.file, first + part.start, first + part.end) } else { text.span }
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

/// `a`, `b` and `c`, each in backticks: for messages. Of very many, some.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>, last: &str) -> String {
    const MOST: usize = 40;
    let mut rest = names.into_iter();
    let mut names: Vec<String> = rest.by_ref().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = rest.count();
    if more > 0 {
        return format!("{} {last} {more} more", names.join(", "));
    }
    match names.pop() {
        None => String::new(),
        Some(only) if names.is_empty() => only,
        Some(end) => format!("{} {last} {end}", names.join(", ")),
    }
}

/// "did you mean `x`?" of words of the language, or the fallback.
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
