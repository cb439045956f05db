//! A state that nothing leads to.

use std::collections::BTreeSet;

use atlas9_ir::{Action, ActionTarget, Assigned, EnumValue, Field, Resource, TypeDeclKind, TypeKind, Value};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::moves::{actions, moved};

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let moved = moved(resource);
    // Code can set what it likes.
    let coded = |action: &Action| action.target != ActionTarget::Query && action.needs_code();
    if moved.is_empty() || actions(resource).any(|(_, action)| coded(action)) {
        return None;
    }
    Finding::several(moved.into_iter().filter_map(|(field, _)| look(context, resource, field)))
}

fn look(context: &Context<'_>, resource: &Resource, field: &Field) -> Option<Finding> {
    let TypeKind::Named(id) = context.ir.resolve(&field.ty).0 else { return None };
    let TypeDeclKind::Enum { values, .. } = &context.ir.types[*id].kind else { return None };
    if field.creatable() || field.updatable() || context.ir.is_foreign(field.span) {
        return None;
    }
    let reached = reached(resource, field)?;
    let missing = |value: &&EnumValue| value.deprecated.is_none() && !reached.contains(value.name.as_str());
    let missing: Vec<&EnumValue> = values.iter().filter(missing).collect();
    let first = missing.first()?;
    let names: Vec<_> = missing.iter().map(|value| format!("`{}`", value.name)).collect();
    let finding = Finding::new(
        format!("nothing brings `{}` of `{}` to {}", field.name, resource.name, names.join(" or ")),
        "begins with its default, and actions move it",
        "declare the action that does, or remove the value; where code does, say so with `@allow`",
    );
    let about = format!("{}.{}", resource.name, field.name);
    Some(finding.at(field.span).and(first.span, "never there").about(about))
}

/// The values that a field begins with or is given; nothing where one of them is not in the schema.
fn reached<'a>(resource: &'a Resource, field: &'a Field) -> Option<BTreeSet<&'a str>> {
    let mut found = BTreeSet::new();
    if let Some(Value::Enum(first)) = &field.default {
        found.insert(first.as_str());
    }
    for (_, action) in actions(resource) {
        let moves = action.moves.iter().filter(|to| to.field.0 == [field.name.as_str()]);
        found.extend(moves.map(|to| to.to.as_str()));
        for set in action.sets.iter().filter(|set| set.field.0 == [field.name.as_str()]) {
            match &set.value {
                Assigned::Value(Value::Enum(to)) => found.insert(to.as_str()),
                Assigned::Value(_) => false,
                _ => return None,
            };
        }
    }
    Some(found)
}
