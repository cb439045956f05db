//! Money in a float, which rounds.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;
use crate::words::{ends_with, mentions};

const MONEY: &[&str] = &[
    "amount", "balance", "budget", "charge", "chf", "cost", "deposit", "eur", "fee", "gbp", "income", "jpy",
    "money", "payment", "premium", "price", "refund", "revenue", "salary", "subtotal", "tax", "usd", "wage",
];

/// Last words that make it a number about money.
const NUMBERS: &[&str] =
    &["factor", "index", "percent", "percentage", "rate", "ratio", "score", "share", "weight"];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let float = matches!(context.ir.resolve(node.ty).0, TypeKind::Scalar(Scalar::Float64 { .. }));
    (float && mentions(node.name, MONEY) && !ends_with(node.name, NUMBERS)).then(|| {
        Finding::new(
            format!("`{}` is money, but a float rounds it", node.name),
            "a float",
            "use `Money` from `std.money`, or `decimal` where the currency is known",
        )
    })
}
