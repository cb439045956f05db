//! An index over many fields.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::IndexNode;
use crate::option::{OptionDefault, OptionSpec};

/// The most fields of an index.
const COLUMNS: OptionSpec = OptionSpec {
    lint: "wide_index",
    name: "columns",
    default: OptionDefault::Number(1, 4, 32),
    meaning: "The most fields of an index.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[COLUMNS];

pub(crate) const CHECKS: &[Check] = &[Check::Index(check)];

fn check(context: &Context<'_>, node: &IndexNode<'_>) -> Option<Finding> {
    let (fields, most) = (node.index.fields.len(), context.config.number(&COLUMNS));
    let wide = fields > usize::try_from(most).unwrap_or(usize::MAX);
    wide.then(|| {
        Finding::new(
            format!("an index of `{}` has {fields} fields, more than {most}", node.resource.name),
            "a wide index",
            "keep the fields that lists filter and sort by; the last ones hardly ever choose any further",
        )
    })
}
