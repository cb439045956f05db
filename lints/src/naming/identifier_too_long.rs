//! An index or a constraint whose name PostgreSQL would cut.

use atlas9_diagnostics::Span;
use atlas9_ir::{Field, Index, Resource, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;

/// PostgreSQL's `NAMEDATALEN` without the closing zero.
const LONGEST: usize = 63;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let table = resource.plural.len();
    // Of a table that is too long itself every name is; the database refuses it.
    if table > LONGEST {
        return None;
    }
    let fields = resource.fields.iter().filter(|field| !field.implied);
    let fields = fields.filter_map(|field| of_field(context, resource, field));
    let indexes = resource.indexes.iter().filter_map(|index| of_index(resource, index));
    let rules = resource.rules.iter().filter_map(|rule| {
        let length = table + rule.name.len() + "__check".len();
        (length > LONGEST)
            .then(|| finding(rule.span, ("check", length), &[&resource.plural, &rule.name, "check"]))
    });
    Finding::several(fields.chain(indexes).chain(rules))
}

/// The unique index, the foreign key or the table of links that a field brings.
fn of_field(context: &Context<'_>, resource: &Resource, field: &Field) -> Option<Finding> {
    let (what, suffix) = match context.ir.resolve(&field.ty).0 {
        TypeKind::Ref(_) => ("foreign key", "fkey"),
        TypeKind::List { item, .. } if matches!(item.kind, TypeKind::Ref(_)) => ("table of links", "pkey"),
        _ if field.unique => ("unique index", "key"),
        _ => return None,
    };
    let length = resource.plural.len() + field.name.len() + suffix.len() + 2;
    let names = [resource.plural.as_str(), &field.name, suffix];
    (length > LONGEST && field.name.len() <= LONGEST).then(|| finding(field.span, (what, length), &names))
}

fn of_index(resource: &Resource, index: &Index) -> Option<Finding> {
    let (what, suffix) = if index.unique { ("unique index", "key") } else { ("index", "idx") };
    let columns = || index.fields.iter().flat_map(|path| &path.0);
    let length =
        resource.plural.len() + columns().map(|name| name.len() + 1).sum::<usize>() + 1 + suffix.len();
    if length <= LONGEST {
        return None;
    }
    let mut names = vec![resource.plural.as_str()];
    names.extend(columns().map(String::as_str).chain([suffix]));
    Some(finding(index.span, (what, length), &names).about(&resource.name))
}

fn finding(span: Span, (what, length): (&str, usize), names: &[&str]) -> Finding {
    let name = names.join("_");
    let finding = Finding::new(
        format!("the {what} `{name}` has a name of {length} bytes, and PostgreSQL's end at {LONGEST}"),
        "gets a shorter name with a number",
        "shorten the name of the resource or of the fields, so that errors and query plans name what they mean",
    );
    finding.at(span)
}
