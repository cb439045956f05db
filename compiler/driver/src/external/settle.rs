//! The findings of a linter of others as the package wants them: levels of `atlas.yaml`, `@allow` in the schema.

use atlas9_diagnostics::{Diagnostic, Level};
use atlas9_ir::Ir;
use atlas9_lints::Setting;

use super::Program;
use crate::Checked;
use crate::config::Config;
use crate::lint::{level_of_other, levels};

/// What is left of the findings, each at its level: that of its own name, that of the linter, that of all, or its own. An `@allow` of
/// one of its lints that allows nothing is told, as for lints that are built in.
pub fn settle(program: &Program, checked: &Checked, ir: &Ir, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let config = &checked.config;
    let found = found.into_iter().filter_map(|finding| level(config, finding)).collect();
    let is_on = |name: &str| is_of(program, name) && level_of_other(config, name) != Some(Setting::Allow);
    atlas9_lints::settle(ir, &checked.sources, &levels(config, None), found, &is_on)
}

/// True for its own name and those of its lints.
fn is_of(program: &Program, name: &str) -> bool {
    name.split('.').next() == Some(program.name.as_str())
}

fn level(config: &Config, finding: Diagnostic) -> Option<Diagnostic> {
    let level: Option<Level> = match level_of_other(config, &finding.code) {
        Some(setting) => setting.level(),
        None => Some(finding.level),
    };
    level.map(|level| Diagnostic { level, ..finding })
}
