//! An abbreviation that not everybody reads the same way.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::spelling::{Word, replaced, words};
use crate::taken::call_it;
use crate::{OptionDefault, OptionSpec};

const TERMS: OptionSpec = OptionSpec {
    lint: "odd_abbreviation",
    name: "terms",
    default: OptionDefault::Words(&[
        "acct", "addr", "amt", "attr", "cfg", "cnt", "ctx", "dept", "descr", "dst", "err", "fname", "freq",
        "idx", "img", "lname", "mgr", "msg", "nbr", "pct", "pkg", "pwd", "qty", "src", "stmt", "tmp", "txn",
        "usr", "val",
    ]),
    meaning: "abbreviations that must not stand in names.",
};

/// What they stand for.
const MEANT: &[(&str, &str)] = &[
    ("acct", "account"),
    ("addr", "address"),
    ("amt", "amount"),
    ("attr", "attribute"),
    ("cfg", "config"),
    ("cnt", "count"),
    ("ctx", "context"),
    ("dept", "department"),
    ("descr", "description"),
    ("dst", "destination"),
    ("err", "error"),
    ("fname", "first_name"),
    ("freq", "frequency"),
    ("idx", "index"),
    ("img", "image"),
    ("lname", "last_name"),
    ("mgr", "manager"),
    ("msg", "message"),
    ("nbr", "number"),
    ("pct", "percent"),
    ("pkg", "package"),
    ("pwd", "password"),
    ("qty", "quantity"),
    ("src", "source"),
    ("stmt", "statement"),
    ("tmp", "temporary"),
    ("txn", "transaction"),
    ("usr", "user"),
    ("val", "value"),
];

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let terms = context.config.words(&TERMS);
    let word = words(node.name).find(|word| word.is_one_of(terms))?;
    // The values of an enum are often somebody else's words.
    if matches!(node.kind, Kind::Standard | Kind::EnumValue) {
        return None;
    }
    let message = format!("`{}` in `{}` is not a word that everybody knows", word.text, node.name);
    let label = "an abbreviation";
    let Some(meant) = meant(word) else {
        return Some(Finding::new(message, label, "write the whole word"));
    };
    let to = replaced(node.name, word, meant);
    Some(call_it(context, (node.kind, node.owner), to, message, label))
}

fn meant(word: Word<'_>) -> Option<&'static str> {
    MEANT.iter().find(|(short, _)| word.is(short)).map(|(_, long)| *long)
}
