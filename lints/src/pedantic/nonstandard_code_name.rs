//! A code that is called as what it is the code of.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Kind, TypeUse};
use crate::spelling::last;
use crate::taken::call_it;
use crate::{OptionDefault, OptionSpec};

const TERMS: OptionSpec = OptionSpec {
    lint: "nonstandard_code_name",
    name: "terms",
    default: OptionDefault::Words(&["country", "currency", "language", "locale", "region"]),
    meaning: "things that have a code of a standard.",
};

/// No code of these standards is longer: `de-CH-1996` has ten letters.
const LONGEST: u32 = 12;

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let TypeKind::Scalar(Scalar::String { length, pattern }) = &context.ir.resolve(node.ty).0 else {
        return None;
    };
    let short = length.max.as_ref().is_some_and(|max| max.parse().is_ok_and(|max: u32| max <= LONGEST));
    let code = short || pattern.is_some();
    if !code || !node.of_field() || !last(node.name)?.is_one_of(context.config.words(&TERMS)) {
        return None;
    }
    let message = format!("`{}` is a code, and is not called one", node.name);
    Some(call_it(context, (Kind::Field, node.owner), format!("{}_code", node.name), message, "a code"))
}
