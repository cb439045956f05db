//! A yes or no with a prefix, or without one where the package wants it.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Kind, TypeUse};
use crate::spelling::words;
use crate::taken::call_it;
use crate::{OptionDefault, OptionSpec};

const STYLE: OptionSpec = OptionSpec {
    lint: "boolean_prefix",
    name: "style",
    default: OptionDefault::Choice(&["without", "with"]),
    meaning: "whether a yes or no is called `active` or `is_active`.",
};

const PREFIXES: OptionSpec = OptionSpec {
    lint: "boolean_prefix",
    name: "prefixes",
    default: OptionDefault::Words(&["is"]),
    meaning: "what names must not begin with, or must with one of.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[STYLE, PREFIXES];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    if !matches!(context.ir.resolve(node.ty).0, TypeKind::Scalar(Scalar::Bool)) || !node.of_field() {
        return None;
    }
    let prefixes = context.config.words(&PREFIXES);
    let mut own = words(node.name);
    let first = own.next()?;
    let prefix = prefixes.iter().find(|prefix| first.is(prefix));
    if context.config.word(&STYLE) == "with" {
        let missing = prefixes.iter().next().filter(|_| prefix.is_none())?;
        return Some(without(node.name, missing));
    }
    let rest = node.name.get(own.next()?.start..)?;
    let message = format!("`{}` begins with `{}`, which its type says already", node.name, prefix?);
    Some(call_it(context, (Kind::Field, node.owner), rest.to_owned(), message, "a yes or no anyway"))
}

fn without(name: &str, prefix: &str) -> Finding {
    Finding::new(
        format!("nothing in `{name}` says that it is a yes or no"),
        "no prefix",
        format!("begin its name with `{prefix}_` or another prefix of this package"),
    )
}
