//! The arguments of an annotation.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_syntax::ast::{Annotation, Argument, Expr, ExprKind, Name, Path};

use super::form;
use crate::context::{At, bare};

/// Arguments by place and by name.
pub(super) struct Arguments<'s>(&'s [Argument]);

impl<'s> Arguments<'s> {
    pub(super) fn read(annotation: &'s Annotation) -> Arguments<'s> {
        Arguments(&annotation.args)
    }

    fn value(&self, index: usize) -> Option<&'s Expr> {
        self.0.get(index).filter(|argument| argument.name.is_none()).map(|argument| bare(&argument.value))
    }

    /// The argument at that place, if it is one word without a name before it.
    pub(super) fn word(&self, index: usize) -> Option<&'s Name> {
        word(self.value(index)?)
    }

    /// The argument at that place, if it is one word or several with dots between them, without a name before it.
    pub(super) fn path(&self, index: usize) -> Option<&'s Path> {
        match &self.value(index)?.kind {
            ExprKind::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The argument at that place, if it is text without a name before it.
    pub(super) fn text(&self, index: usize) -> Option<&'s str> {
        match &self.value(index)?.kind {
            ExprKind::String(text) => Some(text),
            _ => None,
        }
    }
}

/// The expression, if it is one word.
pub(super) fn word(expr: &Expr) -> Option<&Name> {
    match &bare(expr).kind {
        ExprKind::Path(path) => path.single(),
        _ => None,
    }
}

/// The words that an annotation takes, at least one. Nothing where it takes something else, which is then reported.
pub(super) fn words<'s>(at: At<'_, '_>, annotation: &'s Annotation, problem: &str) -> Option<Vec<&'s Name>> {
    let args = Arguments::read(annotation);
    let words: Option<Vec<&Name>> = (0..annotation.args.len()).map(|index| args.word(index)).collect();
    let words = words.filter(|words| !words.is_empty());
    if words.is_none() {
        wrong(at, annotation, problem);
    }
    words
}

/// True when there are no arguments; some are reported.
pub(super) fn none(at: At<'_, '_>, annotation: &Annotation) -> bool {
    if !annotation.args.is_empty() {
        wrong(at, annotation, "it takes nothing");
    }
    annotation.args.is_empty()
}

/// The error of an annotation that says something else than it can.
pub(super) fn wrong(at: At<'_, '_>, annotation: &Annotation, problem: &str) {
    let name = annotation.name.text();
    at.report(
        Diagnostic::error(codes::E0308, format!("`@{name}` is not understood: {problem}"))
            .at(annotation.span, "not understood")
            .help(format!("it is written {}", form(&name))),
    );
}
