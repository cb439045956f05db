//! A list whose name is a singular.

use atlas9_ir::{Ir, Type, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Kind, TypeUse};
use crate::spelling::{SAME, last, plural, replaced, singular};
use crate::taken::call_it;
use crate::{OptionDefault, OptionSpec};

const TERMS: OptionSpec = OptionSpec {
    lint: "singular_list_name",
    name: "terms",
    default: OptionDefault::Words(&[
        "address",
        "author",
        "category",
        "code",
        "color",
        "colour",
        "comment",
        "day",
        "email",
        "error",
        "file",
        "id",
        "image",
        "item",
        "key",
        "keyword",
        "label",
        "link",
        "name",
        "number",
        "option",
        "parameter",
        "permission",
        "phone",
        "photo",
        "picture",
        "price",
        "product",
        "role",
        "scope",
        "size",
        "tag",
        "url",
        "user",
        "value",
    ]),
    meaning: "words that are one thing, so that a list of several is their plural.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let TypeKind::List { item, .. } = &context.ir.resolve(node.ty).0 else { return None };
    let word = last(node.name).filter(|_| node.of_field())?;
    let of_type = thing(context.ir, item).and_then(last).is_some_and(|thing| thing.is(word.text));
    // `settings` of a type `Settings` are many already.
    let many = of_type && (word.is_one_of(SAME) || singular(word.text).is_some());
    if many || !of_type && !word.is_one_of(context.config.words(&TERMS)) {
        return None;
    }
    let to = replaced(node.name, word, &plural(&word.text.to_ascii_lowercase()));
    let message = format!("the list `{}` has the name of one thing", node.name);
    Some(call_it(context, (Kind::Field, node.owner), to, message, "more than one"))
}

/// What an item is called.
fn thing<'a>(ir: &'a Ir, item: &Type) -> Option<&'a str> {
    match item.kind {
        TypeKind::Named(id) => ir.types.get(id).map(|decl| decl.name.as_str()),
        TypeKind::Ref(id) => ir.resources.get(id).map(|resource| resource.name.as_str()),
        _ => None,
    }
}
