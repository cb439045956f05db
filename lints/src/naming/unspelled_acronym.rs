//! An acronym in capitals, or one whose letters are pulled apart.

use heck::ToUpperCamelCase;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::spelling::{Word, words};
use crate::taken::call_it;
use crate::words::{is_pascal, is_snake};
use crate::{OptionDefault, OptionSpec};

const TYPES: &[Kind] =
    &[Kind::Service, Kind::Resource, Kind::Singleton, Kind::Type, Kind::Enum, Kind::Union, Kind::Error];

const ACRONYMS: OptionSpec = OptionSpec {
    lint: "unspelled_acronym",
    name: "acronyms",
    default: OptionDefault::Words(&[
        "api", "csv", "db", "html", "http", "https", "iban", "id", "ip", "isbn", "json", "pdf", "sku", "sql",
        "ssn", "ui", "uri", "url", "uuid", "vat", "xml",
    ]),
    meaning: "acronyms whose letters must not be pulled apart, as in `u_r_l`.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[ACRONYMS];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let to = match TYPES.contains(&node.kind) {
        true => in_capitals(node.name)?,
        false => pulled_apart(context, node.name)?,
    };
    let message = format!("the acronym in `{}` is not spelt as a word", node.name);
    Some(call_it(context, (node.kind, node.owner), to, message, "an acronym is a word"))
}

/// The name of a type without runs of capitals.
fn in_capitals(name: &str) -> Option<String> {
    let run = |pair: &[u8]| pair.iter().all(u8::is_ascii_uppercase);
    if !name.as_bytes().windows(2).any(run) || !is_pascal(name) {
        return None;
    }
    Some(name.to_upper_camel_case()).filter(|to| to != name)
}

/// The name of a member with the letters of an acronym put together.
fn pulled_apart(context: &Context<'_>, name: &str) -> Option<String> {
    let single =
        |word: Word<'_>| word.text.len() == 1 && word.text.starts_with(|c: char| c.is_ascii_lowercase());
    if !is_snake(name) || words(name).filter(|word| single(*word)).nth(1).is_none() {
        return None;
    }
    let (mut joined, mut before) = (String::new(), false);
    let mut runs = Vec::new();
    for word in words(name) {
        let this = single(word);
        if !(this && before) {
            runs.push(std::mem::take(&mut joined));
        }
        joined.push_str(word.text);
        before = this;
    }
    runs.push(joined);
    let to = runs.into_iter().filter(|run| !run.is_empty()).collect::<Vec<_>>();
    let acronyms = context.config.words(&ACRONYMS);
    let known = |word: &String| acronyms.iter().any(|acronym| acronym == word);
    let found = to.iter().any(|word| known(word) && !words(name).any(|own| own.text == word));
    found.then(|| to.join("_"))
}
