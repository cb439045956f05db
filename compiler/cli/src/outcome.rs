//! How a command ended.

use atlas9_driver::diagnostics::{Diagnostic, Level, SourceMap, codes};

use crate::findings::Findings;

/// How a command ended when it ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing to complain of.
    Clean,
    /// Findings, or a difference.
    Findings,
}

/// Why a command could not run to its end.
#[derive(Debug, Default)]
pub struct Failure {
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// What is wrong, and not said yet.
    pub diagnostics: Vec<Diagnostic>,
    /// The exit status, where it does not follow from the diagnostics.
    pub status: u8,
}

impl Failure {
    /// A command that could not run, and has said why.
    pub fn could_not_run() -> Failure {
        Failure { status: 2, ..Failure::default() }
    }

    /// What is to be said; the exit status is never 0.
    pub fn findings(&self) -> Findings<'_> {
        Findings::new(&self.sources, &self.diagnostics).ending_with(self.status.max(1))
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Failure {
        Failure::from(vec![diagnostic])
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Failure {
        Failure { diagnostics, ..Failure::default() }
    }
}

/// Errors of the world rather than of the schema: the exit status is 2.
const COULD_NOT_RUN: [&str; 18] = [
    codes::E0001.name,
    codes::E0002.name,
    codes::E0009.name,
    codes::E0012.name,
    codes::E0013.name,
    codes::E0034.name,
    codes::E0039.name,
    codes::E0041.name,
    codes::E0050.name,
    codes::E0052.name,
    codes::E0053.name,
    codes::E0707.name,
    codes::E0708.name,
    codes::E0709.name,
    codes::E0710.name,
    codes::E0711.name,
    codes::E0712.name,
    codes::E0713.name,
];

/// The exit status that findings deserve: 0, 1 or 2.
pub fn status(diagnostics: &[Diagnostic]) -> u8 {
    let errors = || diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    if errors().any(|diagnostic| COULD_NOT_RUN.contains(&diagnostic.code.as_ref())) {
        return 2;
    }
    u8::from(errors().next().is_some())
}
