//! The effective configuration, and where each value comes from.

use atlas9_diagnostics::{SourceMap, Span};
use atlas9_emitters_core::OptionValue;
use atlas9_lints::{ALL_LINTS, Lint, OptionValue as LintOption, Setting as Level, all};

use super::Config;
use crate::external::{Program, Role};
use crate::lint::groups;

/// One value of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The key with those above it: `emit.openapi.version`.
    pub key: String,
    /// The value as it would stand in `atlas.yaml`.
    pub value: String,
    /// `default`, or the place such as `atlas.yaml:3`.
    pub origin: String,
}

/// Every value of the configuration, in the order of the documentation.
pub fn effective(config: &Config, sources: &SourceMap) -> Vec<Effective> {
    let row = |key: String, value: String, span: Option<Span>| Effective {
        key,
        value,
        origin: span.map_or_else(|| "default".to_owned(), |span| sources.place(span)),
    };
    let mut rows = vec![
        row("name".to_owned(), config.name.value.clone(), config.name.span),
        row("version".to_owned(), config.version.value.clone(), config.version.span),
        row("schema".to_owned(), list(&config.schema.value), config.schema.span),
    ];
    if config.dependencies.is_empty() {
        rows.push(row("dependencies".to_owned(), "{}".to_owned(), None));
    }
    for (name, dependency) in &config.dependencies {
        rows.push(row(format!("dependencies.{name}"), dependency.path.value.clone(), dependency.path.span));
    }
    for (name, emit) in &config.emit {
        rows.push(row(format!("emit.{name}.out"), emit.out.value.clone(), emit.out.span));
        for (option, value) in emit.options.iter() {
            rows.push(row(format!("emit.{name}.{option}"), shown(value), emit.given.get(option).copied()));
        }
    }
    config.programs.iter().for_each(|each| rows.extend(program(each, sources)));
    rows.extend(lints(config).into_iter().map(|(key, value, span)| row(format!("lints.{key}"), value, span)));
    for lint in config.custom_lints.iter().filter(|lint| !config.lints.contains_key(&lint.name)) {
        let level = lint.level.unwrap_or(Level::Warn);
        rows.push(row(format!("custom_lints.{}", lint.name), level.word().to_owned(), Some(lint.span)));
    }
    rows.push(row("baseline".to_owned(), config.baseline.value.clone(), config.baseline.span));
    rows
}

/// Keys below `lints`, with their values and where these come from.
fn lints(config: &Config) -> Vec<(String, String, Option<Span>)> {
    let profile = &config.profile;
    let mut rows = vec![("profile".to_owned(), profile.value.word().to_owned(), profile.span)];
    for (name, level) in groups(profile.value).filter(|(name, _)| !config.lints.contains_key(*name)) {
        let (level, span) = match config.lints.get(ALL_LINTS) {
            Some(every) => (every.value, every.span),
            None => (level, profile.span),
        };
        rows.push((name.to_owned(), level.word().to_owned(), span));
    }
    let levels = config.lints.iter().map(|(name, set)| (name.clone(), set.value.word().to_owned(), set.span));
    rows.extend(levels);
    for spec in all().flat_map(Lint::options) {
        let set = config.lint_options.get(&(spec.lint.to_owned(), spec.name.to_owned()));
        let value = set.map_or_else(|| spec.default_text(), |set| option(&set.value));
        rows.push((format!("{}.{}", spec.lint, spec.name), value, set.and_then(|set| set.span)));
    }
    rows
}

fn option(value: &LintOption) -> String {
    match value {
        LintOption::Number(number) => number.to_string(),
        LintOption::Word(word) => word.clone(),
        LintOption::Words(words) => list(words),
    }
}

fn program(program: &Program, sources: &SourceMap) -> Vec<Effective> {
    let above = if program.role == Role::Emitter { "emit" } else { "linters" };
    let row = |key: &str, value: String, span: Option<Span>| Effective {
        key: format!("{above}.{}.{key}", program.name),
        value,
        origin: span.map_or_else(|| "default".to_owned(), |span| sources.place(span)),
    };
    let mut rows = Vec::new();
    if program.role == Role::Emitter {
        rows.push(row("out", program.out.value.clone(), program.out.span));
    }
    rows.push(row("timeout", format!("{}s", program.timeout.value), program.timeout.span));
    let options = program.options.iter();
    rows.extend(options.map(|(key, value)| row(key, value.to_string(), program.given.get(key).copied())));
    rows
}

fn shown(value: &OptionValue) -> String {
    match value {
        OptionValue::Bool(flag) => flag.to_string(),
        OptionValue::Text(text) => text.clone(),
        OptionValue::List(words) => list(words),
    }
}

fn list(words: &[String]) -> String {
    format!("[{}]", words.join(", "))
}
