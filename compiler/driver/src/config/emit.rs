//! Reads `emit`: the emitters that `generate` runs, with their folders and options.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::yaml::{Key, Node};
use atlas9_emitters_core::{Emitter, OptionKind, OptionSpec, OptionValue, Options};

use super::decode::Decoder;
use super::programs::{is_program, program};
use super::read::set;
use super::{Config, EmitConfig, Setting};
use crate::EMITTERS;
use crate::external::{Program, Role};

/// What holds for an emitter of which nothing is said.
pub(super) fn emit_defaults(emitter: &dyn Emitter) -> EmitConfig {
    EmitConfig {
        out: Setting::default(format!("generated/{}", emitter.name())),
        options: Options::defaults(emitter.options()),
        given: BTreeMap::new(),
    }
}

/// The emitters that are built in, by name, and those of others.
pub(super) fn emitters(decoder: &mut Decoder, node: &Node) -> (BTreeMap<String, EmitConfig>, Vec<Program>) {
    let (mut found, mut others) = (BTreeMap::new(), Vec::new());
    for (key, value) in decoder.mapping(node, "`emit`") {
        match EMITTERS.iter().find(|emitter| emitter.name() == key.text) {
            Some(emitter) => {
                found.insert(key.text.clone(), emitter_config(decoder, *emitter, value));
            }
            // Whether there is such a program is seen when it is run.
            None if is_program(&key.text) => others.push(program(decoder, Role::Emitter, key, value)),
            None => {
                let message = format!("there is no emitter `{}`", key.text);
                let known = EMITTERS.iter().map(|emitter| emitter.name());
                decoder.unknown_key(codes::E0030, key, &message, known);
            }
        }
    }
    (found, others)
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
    let message = format!("`{}` has no option `{}`", emitter.name(), key.text);
    decoder.unknown_key(codes::E0031, key, &message, known);
}

pub(super) fn folder(decoder: &mut Decoder, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`out`")?;
    let trimmed = text.trim_start_matches("./").trim_end_matches('/');
    let inside = !trimmed.starts_with('/')
        && !trimmed.contains(['\\', ':'])
        && trimmed.split('/').all(|part| part != "..");
    if inside && !trimmed.is_empty() && trimmed != "." {
        return Some(trimmed.to_owned());
    }
    decoder.complain(
        codes::E0028,
        node,
        format!("`{text}` is not a folder of its own in the package"),
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
    let items = decoder.some_items(node, what);
    let given: Vec<String> = items.iter().filter_map(|item| decoder.word(item, what, words)).collect();
    (!given.is_empty()).then_some(OptionValue::List(given))
}

/// Two emitters in one folder would take each other's files for stale ones.
pub(super) fn one_folder_each(decoder: &mut Decoder, config: &Config) {
    let mut first: BTreeMap<&str, &Setting<String>> = BTreeMap::new();
    let built_in = config.emit.iter().map(|(name, emit)| (name, &emit.out));
    let others = config.programs.iter().filter(|program| program.role == Role::Emitter);
    for (name, out) in built_in.chain(others.map(|program| (&program.name, &program.out))) {
        let Some(before) = first.insert(&out.value, out) else { continue };
        let mut diagnostic =
            Diagnostic::error(codes::E0029, format!("two emitters write to `{}`", out.value))
                .help(format!("give `{name}` a folder of its own with `out`"));
        if let Some(span) = out.span.or(before.span) {
            diagnostic = diagnostic.at(span, "this folder");
        }
        if let (Some(_), Some(first)) = (out.span, before.span) {
            diagnostic = diagnostic.and(first, "the same as this one");
        }
        decoder.diagnostics.push(diagnostic);
    }
}
