//! Reads `atlas.yaml`. Every complaint of the file comes in one run; what is wrong falls back to its default.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, FileId, Span, codes};
use atlas9_emitters_core::yaml::{self, Node};
use atlas9_lints::Profile;

use super::custom::{custom_lints, declared};
use super::decode::Decoder;
use super::dependencies::dependencies;
use super::emit::{emit_defaults, emitters, one_folder_each};
use super::globs::schema;
use super::lints::{baseline, lints};
use super::programs::linters;
use super::{BASELINE, Config, KEYS, Setting};
use crate::EMITTERS;

/// The configuration of a package whose folder is called `folder`.
pub fn read(file: FileId, text: &str, folder: &str) -> (Config, Vec<Diagnostic>) {
    let mut config = defaults(folder);
    let mut decoder = Decoder { file, text, diagnostics: Vec::new() };
    match yaml::read(text) {
        Ok(root) => top(&mut decoder, &root, &mut config),
        // An empty file is a package with every default; the reader calls it an error.
        Err(_) if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) => {}
        Err(error) => decoder.diagnostics.push(
            Diagnostic::error(codes::E0005, format!("this is not YAML: {}", error.message))
                .at(Span::new(file, error.span.start, error.span.end), "here")
                .help(
                    "a key, a colon, a space and a value stand on a line; what belongs to a key is indented",
                ),
        ),
    }
    one_folder_each(&mut decoder, &config);
    (config, decoder.diagnostics)
}

fn defaults(folder: &str) -> Config {
    Config {
        name: Setting::default(package_name(folder)),
        version: Setting::default("0.1.0".to_owned()),
        schema: Setting::default(vec!["**/*.atlas".to_owned()]),
        dependencies: BTreeMap::new(),
        emit: EMITTERS.iter().map(|emitter| (emitter.name().to_owned(), emit_defaults(*emitter))).collect(),
        emit_declared: false,
        profile: Setting::default(Profile::Default),
        lints: BTreeMap::new(),
        custom_lints: Vec::new(),
        lint_options: BTreeMap::new(),
        baseline: Setting::default(BASELINE.to_owned()),
        programs: Vec::new(),
    }
}

/// A folder's name as a package's: what cannot stand in a name becomes `-`.
pub fn package_name(folder: &str) -> String {
    let plain: String = folder
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' })
        .collect();
    let trimmed = plain.trim_matches(|c: char| !c.is_ascii_alphabetic());
    if trimmed.is_empty() { "package".to_owned() } else { trimmed.to_owned() }
}

fn top(decoder: &mut Decoder, root: &Node, config: &mut Config) {
    let (mut levels, mut custom) = (None, None);
    for (key, value) in decoder.mapping(root, "atlas.yaml") {
        let span = decoder.span(&key.span);
        match key.text.as_str() {
            "name" => set(&mut config.name, span, name(decoder, value)),
            "version" => set(&mut config.version, span, version(decoder, value)),
            "schema" => schema(decoder, value, span, config),
            "dependencies" => config.dependencies = dependencies(decoder, value),
            "emit" => {
                config.emit_declared = true;
                let (known, others) = emitters(decoder, value);
                config.emit = known;
                config.programs.extend(others);
            }
            "baseline" => set(&mut config.baseline, span, baseline(decoder, value)),
            // Their names must not be those of `linters`, which may come behind them.
            "custom_lints" => custom = Some(value),
            "linters" => config.programs.extend(linters(decoder, value)),
            // What it may name stands in these two.
            "lints" => levels = Some(value),
            _ => decoder.unknown_key(
                codes::E0003,
                key,
                &format!("there is no key `{}`", key.text),
                KEYS.iter().map(|key| key.name),
            ),
        }
    }
    if let Some(node) = custom {
        config.custom_lints = custom_lints(decoder, node, &config.programs);
    }
    if let Some(node) = levels {
        let custom = custom.map(declared).unwrap_or_default();
        lints(decoder, node, &custom, config);
    }
}

pub(super) fn set<T>(setting: &mut Setting<T>, span: Span, value: Option<T>) {
    if let Some(value) = value {
        *setting = Setting::given(value, span);
    }
}

fn name(decoder: &mut Decoder, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`name`")?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if text == "std" {
        let help = "name it after your product, such as `shop`";
        decoder.complain(codes::E0024, node, "`std` is the standard library", help);
        return None;
    }
    if text.len() <= 64 && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(plain) {
        return Some(text);
    }
    let help =
        format!("write lower-case letters, digits, `-` and `_`, a letter first: `{}`", package_name(&text));
    decoder.complain(codes::E0024, node, format!("`{text}` cannot be the name of a package"), &help);
    None
}

fn version(decoder: &mut Decoder, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`version`")?;
    let core = text.split(['-', '+']).next().unwrap_or("");
    let number = |part: &str| part.parse::<u64>().is_ok() && (part.len() == 1 || !part.starts_with('0'));
    if core.split('.').count() == 3 && core.split('.').all(number) {
        return Some(text);
    }
    decoder.complain(
        codes::E0025,
        node,
        format!("`{text}` is not a version"),
        "write three numbers as semver.org says: `1.4.0`",
    );
    None
}
