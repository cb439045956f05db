//! The findings of a linter of others as the package wants them: levels of `atlas.yaml`, `@allow` in the schema.

use atlas9_diagnostics::{Diagnostic, Level};
use atlas9_ir::Ir;

use crate::config::Config;
use crate::lint::level_of_other;

/// What is left of the findings, each at its level: that of its own name, or that of the linter, or that
/// of all, or else its own.
pub fn settle(config: &Config, ir: &Ir, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found
        .into_iter()
        .filter_map(|finding| level(config, finding))
        .filter(|finding| !allowed(ir, finding))
        .collect()
}

fn level(config: &Config, finding: Diagnostic) -> Option<Diagnostic> {
    let level: Option<Level> = match level_of_other(config, &finding.code) {
        Some(setting) => setting.level(),
        None => Some(finding.level),
    };
    level.map(|level| Diagnostic { level, ..finding })
}

fn allowed(ir: &Ir, finding: &Diagnostic) -> bool {
    finding.span.is_some_and(|span| {
        ir.allows.iter().filter(|allow| finding.code == allow.lint).any(|allow| {
            let covers = allow.covers;
            covers.file == span.file && covers.start <= span.start && span.end <= covers.end
        })
    })
}
