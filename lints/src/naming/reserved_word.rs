//! A name that means something else in generated code.

use atlas9_ir::{Named, OperationKind, Target, reserved};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Kind, OperationNode, Owner};
use crate::{OptionDefault, OptionSpec};

/// Where a member cannot bear the name of a reserved word. In TypeScript it can, and in Go it begins with a capital.
const TARGETS: OptionSpec = OptionSpec {
    lint: "reserved_word",
    name: "targets",
    default: OptionDefault::Words(&["python", "rust", "sql"]),
    meaning: "the languages that are asked: `python`, `rust`, `sql`, `typescript`.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[TARGETS];

pub(crate) const CHECKS: &[Check] = &[Check::Field(field), Check::Operation(operation)];

fn field(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let column = node.kind == Kind::Field && matches!(node.owner, Owner::Resource(_));
    finding(context, node.field, column)
}

fn operation(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let named = matches!(node.operation.kind, OperationKind::Action(_));
    if named { finding(context, node.operation, false) } else { None }
}

fn finding(context: &Context<'_>, node: &impl Named, column: bool) -> Option<Finding> {
    let name = node.name();
    let clashes = |target: &Target| {
        reserved(*target, name) && node.names().get(*target).is_none() && (column || *target != Target::Sql)
    };
    // Most names are reserved nowhere, and the option need not be read for them.
    if !Target::ALL.iter().any(clashes) {
        return None;
    }
    let asked = |target: &&Target| context.config.words(&TARGETS).iter().any(|word| is(**target, word));
    let mut languages =
        Target::ALL.iter().filter(asked).filter(|target| clashes(target)).map(|target| target.name());
    let mut told = languages.next()?.to_owned();
    let others: Vec<_> = languages.collect();
    for (at, other) in others.iter().enumerate() {
        told.push_str(if at + 1 == others.len() { " and " } else { ", " });
        told.push_str(other);
    }
    Some(Finding::new(
        format!("`{name}` is a reserved word of {told}"),
        "reserved",
        "choose another word, so that its name is the same everywhere; `@name` gives it one in the code of clients alone",
    ))
}

fn is(target: Target, word: &str) -> bool {
    word.eq_ignore_ascii_case(target.name())
}
