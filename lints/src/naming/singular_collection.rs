//! A collection whose path is no plural, or one whose resource has a plural for its name.

use atlas9_ir::Resource;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Kind, Owner};
use crate::spelling::{SAME, last, replaced, singular};
use crate::taken::call_it;
use crate::{OptionDefault, OptionSpec};

const OWN_PLURAL: OptionSpec = OptionSpec {
    lint: "singular_collection",
    name: "same",
    default: OptionDefault::Words(SAME),
    meaning: "words that are their own plural.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[OWN_PLURAL];

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    if resource.singleton {
        return None;
    }
    let word = last(&resource.name)?;
    if resource.plural == resource.snake {
        let same = word.is_one_of(context.config.words(&OWN_PLURAL));
        return (!same).then(|| singular_path(resource));
    }
    let doubled = resource.plural.strip_suffix("es") == Some(&resource.snake);
    if !doubled || !is_plural(word.text) || word.is_one_of(context.config.words(&OWN_PLURAL)) {
        return None;
    }
    let to = replaced(&resource.name, word, &singular(&word.text.to_ascii_lowercase())?);
    let message =
        format!("the name of the resource `{}` is a plural, and that of its path another one", resource.name);
    Some(call_it(context, (Kind::Resource, Owner::Package), to, message, "one of them has this name"))
}

fn singular_path(resource: &Resource) -> Finding {
    Finding::new(
        format!("the path of all `{}` is a singular: `{}`", resource.name, resource.plural),
        "no plural",
        "say its plural with `@plural(\"...\")`, or leave that away where the plural is a regular one",
    )
}

/// True for `Books`, not for `Address`, `Bus`, `Canvas` and `Sms`.
fn is_plural(word: &str) -> bool {
    let mut before = word.bytes().rev().skip(1);
    let consonant = |byte: u8| !matches!(byte.to_ascii_lowercase(), b'a' | b'i' | b'o' | b'u' | b's' | b'y');
    let vowels =
        word.bytes().any(|byte| matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u'));
    word.ends_with('s')
        && !word.eq_ignore_ascii_case("lens")
        && before.next().is_some_and(consonant)
        && vowels
}
