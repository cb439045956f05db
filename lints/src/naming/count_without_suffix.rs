//! A count that is not called `..._count`.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Kind, TypeUse};
use crate::spelling::{last, replaced, singular};
use crate::taken::call_it;
use crate::{OptionDefault, OptionSpec};

const PREFIXES: OptionSpec = OptionSpec {
    lint: "count_without_suffix",
    name: "prefixes",
    default: OptionDefault::Words(&["amount_of", "count_of", "no_of", "nr_of", "num", "num_of", "number_of"]),
    meaning: "what the names of counts must not begin with.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[PREFIXES];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let kind = &context.ir.resolve(node.ty).0;
    let counts =
        matches!(kind, TypeKind::Scalar(Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Int64 { .. }));
    if !counts || !node.of_field() {
        return None;
    }
    let rest = |prefix: &str| node.name.strip_prefix(prefix)?.strip_prefix('_');
    let rests = context.config.words(&PREFIXES).iter().filter_map(rest);
    // Of `num_of` and `num` the longer one is meant.
    let thing = rests.min_by_key(|rest| rest.len()).filter(|rest| !rest.is_empty())?;
    let message = format!("the count `{}` does not end in `_count`", node.name);
    // Only a plural is counted for certain.
    let one = last(thing).and_then(|word| Some(replaced(thing, word, &singular(word.text)?)))?;
    Some(call_it(context, (Kind::Field, node.owner), format!("{one}_count"), message, "a count"))
}
