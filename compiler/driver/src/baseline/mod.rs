//! A baseline: findings that were there when the linter came, and are not told.
//!
//! A finding is known by its lint and its declaration, never by its message, its file or its line. What is the same in both is
//! counted.

mod text;

use std::collections::BTreeMap;
use std::ops::Range;

use atlas9_diagnostics::{Diagnostic, FileId, Level, Span, codes, find_code};

use crate::config::Config;
use crate::lint::is_looked_for;

/// The findings that are not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    lines: BTreeMap<Known, Line>,
}

/// What a finding is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    lint: String,
    /// The declaration; empty where the finding names none.
    symbol: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// How many findings.
    count: usize,
    /// Where it stands in the file; nothing for one that was added since.
    place: Option<Range<usize>>,
}

/// What a baseline did to findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// How many findings are not told.
    pub hidden: usize,
    /// How many more each line has than are found.
    stale: BTreeMap<Known, usize>,
}

impl Covered {
    /// True when nothing in the baseline is there no more.
    pub fn is_exact(&self) -> bool {
        self.stale.is_empty()
    }
}

impl Baseline {
    /// Takes the findings away that it has. Errors of the language are told whatever it has; of findings that are the same the
    /// first ones count as known.
    pub fn cover(&self, config: &Config, found: &mut Vec<Diagnostic>) -> Covered {
        let mut left: BTreeMap<&Known, usize> =
            self.lines.iter().map(|(known, line)| (known, line.count)).collect();
        // Where something kept the lints from looking, nobody knows what is there no more.
        let complete =
            !found.iter().any(|each| each.level == Level::Error && find_code(&each.code).is_some());
        let before = found.len();
        found.retain(|finding| match known(finding).and_then(|known| left.get_mut(&known)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        let mut looked_for: BTreeMap<&str, bool> = BTreeMap::new();
        let mut is_looked_for = |lint| *looked_for.entry(lint).or_insert_with(|| is_looked_for(config, lint));
        let left = left
            .into_iter()
            .filter(|(known, count)| complete && *count > 0 && is_looked_for(known.lint.as_str()));
        let stale = left.map(|(known, count)| (known.clone(), count)).collect();
        Covered { hidden: before - found.len(), stale }
    }

    /// Adds the findings that it does not have; how many these are. Nothing that it has goes.
    pub fn add(&mut self, found: &[Diagnostic]) -> usize {
        let mut counts: BTreeMap<Known, usize> = BTreeMap::new();
        found.iter().filter_map(known).for_each(|known| *counts.entry(known).or_default() += 1);
        let mut added = 0;
        for (known, count) in counts {
            let line = self.lines.entry(known).or_insert(Line { count: 0, place: None });
            added += count.saturating_sub(line.count);
            line.count = line.count.max(count);
        }
        added
    }

    /// Takes away what is there no more; how many findings these were.
    pub fn prune(&mut self, covered: &Covered) -> usize {
        for (known, more) in &covered.stale {
            if let Some(line) = self.lines.get_mut(known) {
                line.count = line.count.saturating_sub(*more);
            }
        }
        self.lines.retain(|_, line| line.count > 0);
        covered.stale.values().sum()
    }

    /// A note about what is there no more, where there is such a thing; `file` is the baseline.
    pub fn told(&self, covered: &Covered, file: FileId) -> Option<Diagnostic> {
        let places = covered.stale.keys().filter_map(|known| self.lines.get(known)?.place.clone());
        let first = places.min_by_key(|place| place.start)?;
        let lines = match covered.stale.len() {
            1 => "a line of the baseline stands for findings that are there no more".to_owned(),
            count => format!("{count} lines of the baseline stand for findings that are there no more"),
        };
        let label = if covered.stale.len() == 1 { "this one" } else { "the first of them" };
        Some(
            Diagnostic::new(codes::E0054.name, Level::Note, lines)
                .at(Span::new(file, first.start, first.end), label)
                .help("`atlas9 lint --prune-baseline` takes away what is gone"),
        )
    }
}

/// What a finding is known by; nothing for errors of the language, which cannot be left for later.
fn known(finding: &Diagnostic) -> Option<Known> {
    let symbol = finding.symbol.clone().unwrap_or_default();
    find_code(&finding.code).is_none().then(|| Known { lint: finding.code.to_string(), symbol })
}
