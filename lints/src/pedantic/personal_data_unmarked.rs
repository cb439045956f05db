//! A field that tells of a person, and nothing says that it is sensitive.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Owner};
use crate::option::{OptionDefault, OptionSpec};
use crate::words::{ends_with, mentions};
use crate::written;

/// What tells of a person.
const TERMS: OptionSpec = OptionSpec {
    lint: "personal_data_unmarked",
    name: "terms",
    default: OptionDefault::Words(&[
        "birth_date",
        "birthday",
        "date_of_birth",
        "email",
        "first_name",
        "home_address",
        "ip_address",
        "last_name",
        "maiden_name",
        "mobile_number",
        "phone",
        "phone_number",
        "street",
    ]),
    meaning: "Words of names that tell of a person.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

/// Last words that make it something about the value.
const HARMLESS: &[&str] = &["count", "id", "kind", "status", "template", "type", "verified", "verified_at"];

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let field = node.field;
    if field.sensitive.is_some() || field.key || !matches!(node.owner, Owner::Resource(_) | Owner::Type(_)) {
        return None;
    }
    let personal = mentions(&field.name, context.config.words(&TERMS)) && !ends_with(&field.name, HARMLESS);
    if !personal || !is_text_or_date(context.ir.resolve(&field.ty).0) {
        return None;
    }
    let finding = Finding::new(
        format!("`{}` tells of a person, and may be logged", field.name),
        "not marked",
        "add `@sensitive(personal)`",
    );
    Some(finding.unsafe_fix(written::annotate(context.sources, field.span, "@sensitive(personal)")))
}

fn is_text_or_date(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Scalar(Scalar::String { .. } | Scalar::Date))
}
