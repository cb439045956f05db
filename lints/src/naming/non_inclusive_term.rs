//! A name with a word that shuts people out.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::spelling::{replaced, words};
use crate::taken::call_it;
use crate::{OptionDefault, OptionSpec};

const TERMS: OptionSpec = OptionSpec {
    lint: "non_inclusive_term",
    name: "terms",
    default: OptionDefault::Words(&[
        "blacklist",
        "blacklisted",
        "blacklists",
        "chairman",
        "grandfathered",
        "manpower",
        "slave",
        "slaves",
        "whitelist",
        "whitelisted",
        "whitelists",
    ]),
    meaning: "words that must not stand in names.",
};

/// What says the same.
const BETTER: &[(&str, &str)] = &[
    ("blacklist", "denylist"),
    ("blacklisted", "denied"),
    ("blacklists", "denylists"),
    ("chairman", "chair"),
    ("grandfathered", "exempted"),
    ("manpower", "workforce"),
    ("slave", "replica"),
    ("slaves", "replicas"),
    ("whitelist", "allowlist"),
    ("whitelisted", "allowed"),
    ("whitelists", "allowlists"),
];

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let terms = context.config.words(&TERMS);
    let word = words(node.name).find(|word| word.is_one_of(terms))?;
    if node.kind == Kind::Standard {
        return None;
    }
    let message = format!("`{}` in `{}` is a word that shuts people out", word.text, node.name);
    match BETTER.iter().find(|(term, _)| word.is(term)) {
        Some((_, better)) => {
            let to = replaced(node.name, word, better);
            Some(call_it(context, (node.kind, node.owner), to, message, "not inclusive"))
        }
        None => Some(Finding::new(message, "not inclusive", "choose a word that says what it does")),
    }
}
