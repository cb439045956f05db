//! Reads `custom_lints`: the lints that a package declares itself.

use atlas9_diagnostics::{Code, Diagnostic, codes};
use atlas9_emitters_core::yaml::{Key, Node, NodeKind};
use atlas9_lints::Setting as Level;
use atlas9_lints::custom::{Custom, CustomKind, Expression, Placed, Template, Wrong, WrongKind};

use super::decode::Decoder;
use super::scalar::places;
use crate::external::{Program, Role};
use crate::lint::{is_built_in, level_words};

/// The keys of a lint.
const KEYS: [&str; 5] = ["match", "where", "message", "help", "level"];

/// The longest name.
const MAX_NAME: usize = 64;

/// The lints. What is wrong is reported, and the lint left out.
pub(super) fn custom_lints(decoder: &mut Decoder<'_>, node: &Node, programs: &[Program]) -> Vec<Custom> {
    let mut found = Vec::new();
    for (key, value) in decoder.mapping(node, "`custom_lints`") {
        if let Some((message, help)) = problem(&key.text, programs) {
            let span = decoder.span(&key.span);
            decoder
                .diagnostics
                .push(Diagnostic::error(codes::E0061, message).at(span, "this name").help(help));
        }
        found.extend(lint(decoder, key, value));
    }
    found
}

/// The names that are declared, those of lints that cannot be read too.
pub(super) fn declared(node: &Node) -> Vec<&str> {
    let NodeKind::Mapping(entries) = &node.kind else { return Vec::new() };
    entries.iter().map(|(key, _)| key.text.as_str()).collect()
}

fn problem(name: &str, programs: &[Program]) -> Option<(String, String)> {
    if is_built_in(name) {
        let message = format!("`{name}` is a lint or a group that is built in");
        return Some((
            message,
            "give yours another name, or set the level of that one below `lints`".to_owned(),
        ));
    }
    if programs.iter().any(|program| program.role == Role::Linter && program.name == name) {
        let message = format!("`{name}` is a linter below `linters`");
        return Some((message, "give one of them another name: both stand below `lints`".to_owned()));
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let snake = name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(plain);
    (!snake || name.len() > MAX_NAME).then(|| {
        (
            format!("`{name}` cannot be the name of a lint"),
            format!("write lower-case letters, digits and `_`, a letter first, {MAX_NAME} at most"),
        )
    })
}

fn lint(decoder: &mut Decoder<'_>, name: &Key, node: &Node) -> Option<Custom> {
    let of = |key: &str| format!("`{key}` of `{}`", name.text);
    let entries = decoder.mapping(node, &format!("`{}`", name.text));
    for (key, _) in &entries {
        if !KEYS.contains(&key.text.as_str()) {
            let message = format!("a custom lint has no `{}`", key.text);
            decoder.unknown_key(codes::E0060, key, &message, KEYS);
        }
    }
    let entry = |wanted: &str| entries.iter().find(|(key, _)| key.text == wanted).map(|(_, value)| *value);
    let level = entry("level").and_then(|node| decoder.word(node, &of("level"), &level_words()));
    missing(decoder, name, &["match", "where", "message"].map(|key| (key, entry(key).is_some())));
    let kinds = kinds(decoder, entry("match")?, &of("match"))?;
    let condition =
        entry("where").and_then(|node| part(decoder, node, &of("where"), &kinds, Expression::compile));
    let message =
        entry("message").and_then(|node| part(decoder, node, &of("message"), &kinds, Template::compile));
    let help = entry("help").map(|node| part(decoder, node, &of("help"), &kinds, Template::compile));
    Some(Custom {
        name: name.text.clone(),
        span: decoder.span(&name.span),
        kinds,
        condition: condition?,
        message: message?,
        help: help.flatten(),
        level: level.as_deref().and_then(Level::parse),
    })
}

/// Complains of the keys that a lint needs and does not have.
fn missing(decoder: &mut Decoder<'_>, name: &Key, needed: &[(&str, bool)]) {
    let absent: Vec<String> =
        needed.iter().filter(|(_, there)| !there).map(|(key, _)| format!("`{key}`")).collect();
    if absent.is_empty() {
        return;
    }
    let span = decoder.span(&name.span);
    decoder.diagnostics.push(
        Diagnostic::error(codes::E0060, format!("`{}` has no {}", name.text, absent.join(", no ")))
            .at(span, "this lint")
            .help("write what it looks at (`match: field`), when it finds something (`where: \"name == 'data'\"`) and what it says (`message`)"),
    );
}

/// The kinds of declaration, each once.
fn kinds(decoder: &mut Decoder<'_>, node: &Node, what: &str) -> Option<Vec<CustomKind>> {
    let mut kinds = Vec::new();
    for item in decoder.some_items(node, what) {
        let word = decoder.word(item, what, &CustomKind::words())?;
        kinds.extend(CustomKind::parse(&word));
    }
    kinds.sort_unstable();
    kinds.dedup();
    Some(kinds).filter(|kinds| !kinds.is_empty())
}

/// An expression or a text of it, with its place.
fn part<T>(
    decoder: &mut Decoder<'_>,
    node: &Node,
    what: &str,
    kinds: &[CustomKind],
    compile: impl FnOnce(&str, &[CustomKind]) -> Result<T, Vec<Wrong>>,
) -> Option<Placed<T>> {
    let text = decoder.text(node, what)?;
    let place = Placed { part: (), span: decoder.span(&node.span), places: places(decoder.text, node) };
    match compile(&text, kinds) {
        Ok(part) => Some(Placed { part, span: place.span, places: place.places }),
        Err(wrong) => {
            for wrong in wrong {
                let span = place.at(wrong.range);
                let complaint = Diagnostic::error(code(wrong.kind), format!("{what}: {}", wrong.message));
                decoder.diagnostics.push(complaint.at(span, "here").help(wrong.help));
            }
            None
        }
    }
}

fn code(kind: WrongKind) -> Code {
    match kind {
        WrongKind::Language => codes::E0062,
        WrongKind::Name => codes::E0063,
    }
}
