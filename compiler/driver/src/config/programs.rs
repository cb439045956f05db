//! Reads what `atlas.yaml` says of emitters and linters of others: their folder and their time are ours, the rest is theirs.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::yaml::{self, Key, Node};
use serde_json::Map;

use super::Setting;
use super::decode::Decoder;
use super::emit::folder;
use super::read::set;
use crate::external::{Program, Role, TIMEOUT};
use crate::lint::is_built_in;

/// The most that `timeout` can be: an hour.
const MAX_TIMEOUT: u32 = 3600;

/// True for what can be a part of a program's name.
pub(super) fn is_program(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    name.len() <= 64 && name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(plain)
}

/// The linters.
pub(super) fn linters(decoder: &mut Decoder<'_>, node: &Node) -> Vec<Program> {
    let mut found = Vec::new();
    for (key, value) in decoder.mapping(node, "`linters`") {
        match problem(&key.text) {
            None => found.push(program(decoder, Role::Linter, key, value)),
            Some((message, help)) => {
                let span = decoder.span(&key.span);
                let wrong = Diagnostic::error(codes::E0038, message).at(span, "this name").help(help);
                decoder.diagnostics.push(wrong);
            }
        }
    }
    found
}

/// Its lints stand in `@allow(NAME.lint, ...)` and in `lints`, so that it is one word and no other lint's.
fn problem(name: &str) -> Option<(String, String)> {
    if is_built_in(name) {
        return Some((
            format!("`{name}` is a lint or a group that is built in, not a linter"),
            "set its level below `lints`".to_owned(),
        ));
    }
    (!is_program(name) || name.contains('-')).then(|| {
        (
            format!("`{name}` cannot be the name of a linter"),
            "write lower-case letters, digits and `_`, a letter first".to_owned(),
        )
    })
}

/// One program with its options.
pub(super) fn program(decoder: &mut Decoder<'_>, role: Role, key: &Key, node: &Node) -> Program {
    let mut program = Program {
        role,
        name: key.text.clone(),
        span: decoder.span(&key.span),
        out: Setting::default(format!("generated/{}", key.text)),
        timeout: Setting::default(TIMEOUT),
        options: Map::new(),
        given: BTreeMap::new(),
    };
    for (key, value) in decoder.mapping(node, &format!("`{}`", program.name)) {
        let span = decoder.span(&key.span);
        match key.text.as_str() {
            "out" if role == Role::Emitter => set(&mut program.out, span, folder(decoder, value)),
            "timeout" => set(&mut program.timeout, span, timeout(decoder, value)),
            option => {
                program.options.insert(option.to_owned(), yaml::json(decoder.text, value));
                program.given.insert(option.to_owned(), span);
            }
        }
    }
    program
}

/// `90s` or `2m`, in seconds.
fn timeout(decoder: &mut Decoder<'_>, node: &Node) -> Option<u32> {
    let text = decoder.text(node, "`timeout`")?;
    let number = |text: &str| text.parse::<u32>().ok();
    let seconds = match (text.strip_suffix('s'), text.strip_suffix('m')) {
        (Some(seconds), _) => number(seconds),
        (None, Some(minutes)) => number(minutes).and_then(|minutes| minutes.checked_mul(60)),
        (None, None) => None,
    };
    let bounded = seconds.filter(|seconds| (1..=MAX_TIMEOUT).contains(seconds));
    if bounded.is_none() {
        decoder.wrong(
            node,
            &format!("`{text}` is not a time that a program may take"),
            "write seconds or minutes, an hour at most: `90s`, `2m`",
        );
    }
    bounded
}
