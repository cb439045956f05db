//! A name that is half a sentence.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::spelling::words;
use crate::{OptionDefault, OptionSpec};

const PREPOSITIONS: OptionSpec = OptionSpec {
    lint: "preposition_in_name",
    name: "prepositions",
    default: OptionDefault::Words(&["by", "during", "for", "from", "in", "of", "on", "to", "under", "with"]),
    meaning: "words that must not stand between others.",
};

const NAMED: &[Kind] = &[Kind::Field, Kind::Parameter, Kind::Resource, Kind::Singleton, Kind::Type];

pub(crate) const OPTIONS: &[OptionSpec] = &[PREPOSITIONS];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    if !(NAMED.contains(&node.kind) || node.kind.is_named_operation()) {
        return None;
    }
    let prepositions = context.config.words(&PREPOSITIONS);
    // At the end, as in `sold_by`, it says what kind of thing that is; at the beginning it is a condition.
    let mut own = words(node.name).skip(1).peekable();
    while let Some(word) = own.next() {
        if own.peek().is_some() && word.is_one_of(prepositions) {
            return Some(Finding::new(
                format!("`{}` has the preposition `{}` in the middle", node.name, word.text),
                "half a sentence",
                "put the words one before another, as in `error_reason` for `reason_for_error`",
            ));
        }
    }
    None
}
