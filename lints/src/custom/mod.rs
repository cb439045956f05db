//! The lints that a package declares itself: a kind of declaration, a condition over its facts, and what to say.

mod environment;
mod expression;
mod facts;
mod kind;
mod names;
mod scan;
mod spelling;
mod subject;
mod template;
mod wrong;

pub use environment::{FILTERS, TESTS};
pub use expression::Expression;
pub use facts::{Fact, Holds, facts};
pub use kind::CustomKind;
pub use template::Template;
pub use wrong::{Wrong, WrongKind};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use atlas9_diagnostics::{Diagnostic, Level, Span, codes, nearest};
use atlas9_ir::Ir;
use rayon::prelude::*;

use crate::Setting;
use crate::check::Context;
use expression::Failure;
use subject::{Subject, tops, visit};

/// A lint that a package declares.
#[derive(Clone, Debug)]
pub struct Custom {
    /// Its name: the code of its findings.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// What it looks at.
    pub kinds: Vec<CustomKind>,
    /// When there is something to say.
    pub condition: Placed<Expression>,
    /// What is wrong.
    pub message: Placed<Template>,
    /// The way out.
    pub help: Option<Placed<Template>>,
    /// What happens to its findings; a warning where nothing is said.
    pub level: Option<Setting>,
}

/// A part of a lint and where it stands.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The part.
    pub part: T,
    /// All of it.
    pub span: Span,
    /// The place of each byte of its text; empty where it does not stand in the file as it is.
    pub places: Vec<usize>,
}

impl<T> Placed<T> {
    /// The place of some of its bytes; all of it where that cannot be told.
    pub fn at(&self, range: Option<Range<usize>>) -> Span {
        let found = range.and_then(|range| {
            let last = self.places.get(range.end.checked_sub(1)?)? + 1;
            Some(Span::new(self.span.file, self.places.get(range.start).copied().unwrap_or(last), last))
        });
        found.unwrap_or(self.span)
    }
}

/// What a lint came to with one declaration.
enum Outcome {
    Found(Diagnostic),
    Failed(Diagnostic),
}

/// What a lint says of a declaration.
struct Said {
    message: String,
    /// The way out, where the lint names one.
    help: Option<String>,
}

/// The findings of the lints that the package declares.
pub(crate) fn findings(context: &Context<'_>) -> Vec<Diagnostic> {
    let config = context.config;
    let on = config.custom.iter().filter_map(|lint| Some((lint, config.of_custom(lint).level()?)));
    let active: Vec<(&Custom, Level)> = on.collect();
    if active.is_empty() {
        return Vec::new();
    }
    let look = |top: &Subject<'_>| {
        let mut found = Vec::new();
        visit(top, &mut |subject| ask(context, &active, subject, &mut found));
        found
    };
    once_each(tops(context.ir).par_iter().flat_map_iter(look).collect())
}

fn ask(context: &Context<'_>, active: &[(&Custom, Level)], subject: &Subject<'_>, found: &mut Vec<Outcome>) {
    if context.ir.is_foreign(subject.span()) {
        return;
    }
    for (lint, level) in active.iter().filter(|(lint, _)| lint.kinds.contains(&subject.kind)) {
        match lint.look(context.ir, subject) {
            Ok(None) => {}
            Ok(Some(Said { message, help })) => {
                let help = help.unwrap_or_else(|| {
                    format!("`{}` is a lint of this package: {}", lint.name, context.sources.place(lint.span))
                });
                let label = format!("found by `{}`", lint.name);
                let finding = Diagnostic::new(lint.name.clone(), *level, message).at(subject.span(), label);
                found.push(Outcome::Found(finding.help(help).symbol(subject.symbol())));
            }
            Err((at, why)) => found.push(Outcome::Failed(lint.failed(subject, at, &why))),
        }
    }
}

impl Custom {
    /// What it says of a declaration, and the way out; or what fails and where.
    fn look(&self, ir: &Ir, subject: &Subject<'_>) -> Result<Option<Said>, (Span, String)> {
        let condition = self.condition.part.value(subject, ir);
        if !placed(&self.condition, condition)?.is_true() {
            return Ok(None);
        }
        let message = placed(&self.message, self.message.part.text(subject, ir))?;
        let help = self.help.as_ref().map(|help| placed(help, help.part.text(subject, ir)));
        Ok(Some(Said { message, help: help.transpose()? }))
    }

    fn failed(&self, subject: &Subject<'_>, at: Span, why: &str) -> Diagnostic {
        let (name, symbol) = (&self.name, subject.symbol());
        Diagnostic::error(codes::E0064, format!("`{name}` cannot be asked of `{symbol}`: {why}"))
            .at(at, "in this expression")
            .and(subject.span(), "asked of this")
            .help(
                "mend the lint; where a value may be missing, ask for it first: `annotations.owner and ...`",
            )
    }
}

fn placed<P, T>(place: &Placed<P>, made: Result<T, Failure>) -> Result<T, (Span, String)> {
    made.map_err(|failure| (place.at(failure.range), failure.why))
}

/// A mixin's field is found in the first declaration that takes it in, and a lint fails once.
fn once_each(outcomes: Vec<Outcome>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut failed: BTreeMap<Span, Diagnostic> = BTreeMap::new();
    let mut found = Vec::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Found(finding) if seen.insert((finding.code.clone(), finding.span)) => {
                found.push(finding)
            }
            Outcome::Found(_) => {}
            Outcome::Failed(failure) => {
                if let Some(at) = failure.span {
                    failed.entry(at).or_insert(failure);
                }
            }
        }
    }
    found.extend(failed.into_values());
    found
}

/// The help for a name that is not among the known ones.
fn among<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are: {}", known.collect::<Vec<_>>().join(", ")),
    }
}
