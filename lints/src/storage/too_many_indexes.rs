//! A resource with so many indexes that every write is slow.

use atlas9_ir::{Resource, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::option::{OptionDefault, OptionSpec};

/// The most indexes of a resource.
const MOST: OptionSpec = OptionSpec {
    lint: "too_many_indexes",
    name: "most",
    default: OptionDefault::Number(1, 12, 100),
    meaning: "The most indexes of a resource.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[MOST];

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let most = context.config.number(&MOST);
    let made = resource.fields.iter().filter(|field| {
        field.key || field.unique || matches!(context.ir.resolve(&field.ty).0, TypeKind::Ref(_))
    });
    let indexes = made.count() + resource.indexes.len();
    (indexes > usize::try_from(most).unwrap_or(usize::MAX)).then(|| {
        Finding::new(
            format!("`{}` has {indexes} indexes, more than {most}", resource.name),
            "written with every row",
            "keep those that lists need; one that begins with the fields of another does for both",
        )
    })
}
