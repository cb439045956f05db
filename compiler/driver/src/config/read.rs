//! Reads `atlas.yaml`. Every complaint of the file comes in one run; what is wrong falls back to its default.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, FileId, Span, codes};
use atlas9_emitters_core::yaml::{self, Key, Node};
use atlas9_emitters_core::{Emitter, OptionKind, OptionSpec, OptionValue, Options};
use atlas9_lints::Setting as Level;

use super::decode::Decoder;
use super::{Config, EmitConfig, KEYS, Setting};
use crate::EMITTERS;
use crate::lint::{level_words, names};

/// The configuration of a package whose folder is called `folder`.
pub fn read(file: FileId, text: &str, folder: &str) -> (Config, Vec<Diagnostic>) {
    let mut config = defaults(folder);
    let mut decoder = Decoder { file, diagnostics: Vec::new() };
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
        emit: EMITTERS.iter().map(|emitter| (emitter.name().to_owned(), emit_defaults(*emitter))).collect(),
        emit_declared: false,
        lints: BTreeMap::new(),
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

fn emit_defaults(emitter: &dyn Emitter) -> EmitConfig {
    EmitConfig {
        out: Setting::default(format!("generated/{}", emitter.name())),
        options: Options::defaults(emitter.options()),
        given: BTreeMap::new(),
    }
}

fn top(decoder: &mut Decoder, root: &Node, config: &mut Config) {
    for (key, value) in decoder.mapping(root, "atlas.yaml") {
        let span = decoder.span(&key.span);
        match key.text.as_str() {
            "name" => set(&mut config.name, span, name(decoder, value)),
            "version" => set(&mut config.version, span, version(decoder, value)),
            "schema" => set(
                &mut config.schema,
                span,
                Some(decoder.texts(value, "`schema`")).filter(|globs| !globs.is_empty()),
            ),
            "emit" => {
                config.emit_declared = true;
                config.emit = emitters(decoder, value);
            }
            "lints" => config.lints = lints(decoder, value),
            _ => decoder.unknown_key(key, "the key", KEYS.iter().map(|key| key.name)),
        }
    }
}

fn set<T>(setting: &mut Setting<T>, span: Span, value: Option<T>) {
    if let Some(value) = value {
        *setting = Setting::given(value, span);
    }
}

fn name(decoder: &mut Decoder, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`name`")?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if text.len() <= 64 && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(plain) {
        return Some(text);
    }
    let help =
        format!("write lower-case letters, digits, `-` and `_`, a letter first: `{}`", package_name(&text));
    decoder.wrong(node, "this cannot be the name of a package", &help);
    None
}

fn version(decoder: &mut Decoder, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`version`")?;
    let core = text.split(['-', '+']).next().unwrap_or("");
    let number = |part: &str| part.parse::<u64>().is_ok() && (part.len() == 1 || !part.starts_with('0'));
    if core.split('.').count() == 3 && core.split('.').all(number) {
        return Some(text);
    }
    decoder.wrong(
        node,
        &format!("`{text}` is not a version"),
        "write three numbers as semver.org says: `1.4.0`",
    );
    None
}

fn emitters(decoder: &mut Decoder, node: &Node) -> BTreeMap<String, EmitConfig> {
    let mut found = BTreeMap::new();
    for (key, value) in decoder.mapping(node, "`emit`") {
        match EMITTERS.iter().find(|emitter| emitter.name() == key.text) {
            Some(emitter) => {
                found.insert(key.text.clone(), emitter_config(decoder, *emitter, value));
            }
            None => decoder.unknown_key(key, "the emitter", EMITTERS.iter().map(|emitter| emitter.name())),
        }
    }
    found
}

fn emitter_config(decoder: &mut Decoder, emitter: &dyn Emitter, node: &Node) -> EmitConfig {
    let mut config = emit_defaults(emitter);
    for (key, value) in decoder.mapping(node, &format!("`{}`", emitter.name())) {
        let span = decoder.span(&key.span);
        if key.text == "out" {
            set(&mut config.out, span, folder(decoder, value));
            continue;
        }
        match emitter.options().iter().find(|spec| spec.name == key.text) {
            Some(spec) => {
                if let Some(option) = option(decoder, spec, value) {
                    config.options.set(spec.name, option);
                    config.given.insert(spec.name.to_owned(), span);
                }
            }
            None => unknown_option(decoder, emitter, key),
        }
    }
    config
}

fn unknown_option(decoder: &mut Decoder, emitter: &dyn Emitter, key: &Key) {
    let known = emitter.options().iter().map(|spec| spec.name).chain(["out"]);
    decoder.unknown_key(key, &format!("the option of `{}`", emitter.name()), known);
}

fn folder(decoder: &mut Decoder, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`out`")?;
    let trimmed = text.trim_start_matches("./").trim_end_matches('/');
    let inside = !trimmed.starts_with('/')
        && !trimmed.contains(['\\', ':'])
        && trimmed.split('/').all(|part| part != "..");
    if inside && !trimmed.is_empty() && trimmed != "." {
        return Some(trimmed.to_owned());
    }
    decoder.wrong(
        node,
        &format!("`{text}` is not a folder of its own in the package"),
        "name a folder below the package, such as `generated/sql`; `generate --out DIR` writes elsewhere",
    );
    None
}

fn option(decoder: &mut Decoder, spec: &OptionSpec, node: &Node) -> Option<OptionValue> {
    let what = format!("`{}`", spec.name);
    match spec.kind {
        OptionKind::Bool => decoder.flag(node, &what).map(OptionValue::Bool),
        OptionKind::Text => decoder.text(node, &what).map(OptionValue::Text),
        OptionKind::OneOf(words) => decoder.word(node, &what, words).map(OptionValue::Text),
        OptionKind::SomeOf(words) => some_of(decoder, node, &what, words),
    }
}

fn some_of(decoder: &mut Decoder, node: &Node, what: &str, words: &[&str]) -> Option<OptionValue> {
    let given: Vec<String> = match &node.kind {
        yaml::NodeKind::Sequence(items) => {
            items.iter().filter_map(|item| decoder.word(item, what, words)).collect()
        }
        _ => decoder.word(node, what, words).into_iter().collect(),
    };
    (!given.is_empty()).then_some(OptionValue::List(given))
}

fn lints(decoder: &mut Decoder, node: &Node) -> BTreeMap<String, Setting<Level>> {
    let mut found = BTreeMap::new();
    for (key, value) in decoder.mapping(node, "`lints`") {
        if !names().any(|name| name == key.text) {
            decoder.unknown_key(key, "the lint or group", names());
            continue;
        }
        let level = decoder.word(value, &format!("`{}`", key.text), &level_words());
        if let Some(level) = level.as_deref().and_then(Level::parse) {
            found.insert(key.text.clone(), Setting::given(level, decoder.span(&key.span)));
        }
    }
    found
}

/// Two emitters in one folder would take each other's files for stale ones.
fn one_folder_each(decoder: &mut Decoder, config: &Config) {
    let mut first: BTreeMap<&str, &Setting<String>> = BTreeMap::new();
    for (name, emit) in &config.emit {
        let Some(before) = first.insert(&emit.out.value, &emit.out) else { continue };
        let mut diagnostic =
            Diagnostic::error(codes::E0004, format!("two emitters write to `{}`", emit.out.value))
                .help(format!("give `{name}` a folder of its own with `out`"));
        if let Some(span) = emit.out.span.or(before.span) {
            diagnostic = diagnostic.at(span, "this folder");
        }
        decoder.diagnostics.push(diagnostic);
    }
}
