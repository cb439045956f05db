//! Reads `lints`: the profile, levels, and options of lints; and `baseline`.

use atlas9_diagnostics::codes;
use atlas9_emitters_core::yaml::{Key, Node, NodeKind};
use atlas9_lints::{
    Config as Levels, Lint, OptionDefault, OptionSpec, OptionValue, Profile, Setting as Level, find,
};

use super::decode::Decoder;
use super::read::set;
use super::{Config, Setting};
use crate::lint::{PROFILE, is_known, level_words, names};

/// The key beside the options of a lint.
const LEVEL: &str = "level";

/// Reads what is said of lints, those that the package declares (`custom`) too. What is wrong is reported and left out.
pub(super) fn lints(decoder: &mut Decoder<'_>, node: &Node, custom: &[&str], config: &mut Config) {
    for (key, value) in decoder.mapping(node, "`lints`") {
        if key.text == PROFILE {
            let span = decoder.span(&key.span);
            set(&mut config.profile, span, profile(decoder, value));
        } else if !is_known(config, &key.text) && !custom.contains(&key.text.as_str()) {
            let message = format!("no lint and no group is called `{}`", key.text);
            let mut known: Vec<&str> = names().collect();
            known.push(PROFILE);
            known.extend(custom);
            decoder.unknown_key(codes::E0032, key, &message, known.iter().copied());
        } else if matches!(value.kind, NodeKind::Mapping(_)) {
            with_options(decoder, key, value, config);
        } else {
            level(decoder, key, key, value, config);
        }
    }
}

fn profile(decoder: &mut Decoder<'_>, node: &Node) -> Option<Profile> {
    let word = decoder.word(node, "`profile`", &Profile::ALL.map(Profile::word))?;
    Profile::parse(&word)
}

/// The level of `name`, which stands behind `key`.
fn level(decoder: &mut Decoder<'_>, name: &Key, key: &Key, node: &Node, config: &mut Config) {
    let word = decoder.word(node, &format!("`{}`", key.text), &level_words());
    if let Some(level) = word.as_deref().and_then(Level::parse) {
        config.lints.insert(name.text.clone(), Setting::given(level, decoder.span(&key.span)));
    }
}

fn with_options(decoder: &mut Decoder<'_>, name: &Key, node: &Node, config: &mut Config) {
    let Some(lint) = find(&name.text) else {
        let message = format!("`{}` takes a level alone", name.text);
        decoder.wrong(node, &message, "options belong to one lint: write them below its name");
        return;
    };
    for (key, value) in decoder.mapping(node, &format!("`{}`", lint.name)) {
        if key.text == LEVEL {
            level(decoder, name, key, value, config);
        } else if let Some(spec) = lint.options().iter().find(|spec| spec.name == key.text) {
            option(decoder, spec, key, value, config);
        } else {
            unknown_option(decoder, lint, key);
        }
    }
}

fn unknown_option(decoder: &mut Decoder<'_>, lint: &Lint, key: &Key) {
    let known = lint.options().iter().map(|spec| spec.name).chain([LEVEL]);
    let message = format!("`{}` has no option `{}`", lint.name, key.text);
    decoder.unknown_key(codes::E0051, key, &message, known);
}

fn option(decoder: &mut Decoder<'_>, spec: &OptionSpec, key: &Key, node: &Node, config: &mut Config) {
    // The lints know what their options take.
    let fits =
        |value: &OptionValue| Levels::default().set_option(spec.lint, spec.name, value.clone()).is_ok();
    match value(spec, node).filter(fits) {
        Some(value) => {
            let name = (spec.lint.to_owned(), spec.name.to_owned());
            config.lint_options.insert(name, Setting::given(value, decoder.span(&key.span)));
        }
        None => {
            let message = format!("`{}` of `{}` cannot be this", spec.name, spec.lint);
            decoder.wrong(node, &message, &format!("write {}", spec.takes()));
        }
    }
}

/// The value of an option, as far as it has the form of one.
fn value(spec: &OptionSpec, node: &Node) -> Option<OptionValue> {
    match (spec.default, &node.kind) {
        (OptionDefault::Number(..), NodeKind::Scalar(text)) => text.parse().ok().map(OptionValue::Number),
        (OptionDefault::Choice(_), NodeKind::Scalar(text)) => Some(OptionValue::Word(text.clone())),
        (OptionDefault::Words(_), NodeKind::Sequence(items)) => {
            let word = |item: &Node| match &item.kind {
                NodeKind::Scalar(text) => Some(text.clone()),
                _ => None,
            };
            items.iter().map(word).collect::<Option<Vec<_>>>().map(OptionValue::Words)
        }
        _ => None,
    }
}

/// The way to the baseline, which lies in the package.
pub(super) fn baseline(decoder: &mut Decoder<'_>, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`baseline`")?;
    let path = text.trim_start_matches("./");
    let inside = !path.starts_with('/')
        && !path.contains(['\\', ':'])
        && path.split('/').all(|part| !["", ".", ".."].contains(&part));
    if inside {
        return Some(path.to_owned());
    }
    decoder.wrong(
        node,
        &format!("`{text}` is not a file in the package"),
        "name a file in this folder or below it; `atlas9 lint --baseline FILE` takes one from elsewhere",
    );
    None
}
