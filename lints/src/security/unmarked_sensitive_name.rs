//! A field that sounds like a secret, and nothing says that it is one.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;
use crate::option::{OptionDefault, OptionSpec};
use crate::words::{ends_with, mentions};
use crate::written;

/// What must not be logged or shown about.
const TERMS: OptionSpec = OptionSpec {
    lint: "unmarked_sensitive_name",
    name: "terms",
    default: OptionDefault::Words(&[
        "access_key",
        "account_number",
        "api_key",
        "card_number",
        "client_secret",
        "credential",
        "credentials",
        "cvc",
        "cvv",
        "iban",
        "passphrase",
        "passport_number",
        "passwd",
        "password",
        "pin_code",
        "private_key",
        "secret",
        "signing_key",
        "social_security_number",
        "ssn",
        "tax_number",
        "token",
    ]),
    meaning: "Words of names that are secrets.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

/// Last words that make it something about a secret, and words that are no secret at all.
const HARMLESS: &[&str] = &[
    "count",
    "cursor",
    "expiry",
    "hint",
    "kind",
    "length",
    "name",
    "page_token",
    "policy",
    "status",
    "type",
    "url",
];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let marked = node.field.is_none_or(|field| field.sensitive.is_some());
    let text = matches!(
        context.ir.resolve(node.ty).0,
        TypeKind::Scalar(Scalar::String { .. } | Scalar::Bytes { .. })
    );
    if marked
        || !text
        || !node.of_field()
        || !mentions(node.name, context.config.words(&TERMS))
        || ends_with(node.name, HARMLESS)
    {
        return None;
    }
    let finding = Finding::new(
        format!("`{}` sounds like a secret, but may be logged", node.name),
        "not marked",
        "add `@sensitive`; a secret that must never be answered is `@writeonly` too",
    );
    Some(finding.unsafe_fix(written::annotate(context.sources, node.span, "@sensitive")))
}
