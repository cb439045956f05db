//! Money in a float, which rounds.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;
use crate::words::{ends_with, mentions};
use crate::{OptionDefault, OptionSpec};

const MONEY: OptionSpec = OptionSpec {
    lint: "float_money",
    name: "money",
    default: OptionDefault::Words(&[
        "amount", "balance", "budget", "charge", "chf", "cost", "deposit", "eur", "fee", "gbp", "income",
        "jpy", "money", "payment", "premium", "price", "refund", "revenue", "salary", "subtotal", "tax",
        "usd", "wage",
    ]),
    meaning: "words in a name that speak of money.",
};

const NUMBERS: OptionSpec = OptionSpec {
    lint: "float_money",
    name: "numbers",
    default: OptionDefault::Words(&[
        "factor",
        "index",
        "percent",
        "percentage",
        "rate",
        "ratio",
        "score",
        "share",
        "weight",
    ]),
    meaning: "last words that make it a number about money.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[MONEY, NUMBERS];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let float = matches!(context.ir.resolve(node.ty).0, TypeKind::Scalar(Scalar::Float64 { .. }));
    let words = |spec| context.config.words(spec);
    (float && mentions(node.name, words(&MONEY)) && !ends_with(node.name, words(&NUMBERS))).then(|| {
        Finding::new(
            format!("`{}` is money, but a float rounds it", node.name),
            "a float",
            "use `Money` from `std.money`, or `decimal` where the currency is known",
        )
    })
}
