//! The findings of a linter of others as the package wants them: levels of `atlas.yaml`, `@allow` in the schema.

use atlas9_diagnostics::{Diagnostic, Level};
use atlas9_ir::Ir;

use super::Program;
use crate::config::Config;

/// What is left of the findings, each at its level: that of its own name, or else that of the linter, or else its own.
pub fn settle(program: &Program, config: &Config, ir: &Ir, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found
        .into_iter()
        .filter_map(|finding| level(program, config, finding))
        .filter(|finding| !allowed(ir, finding))
        .collect()
}

fn level(program: &Program, config: &Config, finding: Diagnostic) -> Option<Diagnostic> {
    let set = config.lints.get(finding.code.as_ref()).or_else(|| config.lints.get(&program.name));
    let level: Option<Level> = match set {
        Some(setting) => setting.value.level(),
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
