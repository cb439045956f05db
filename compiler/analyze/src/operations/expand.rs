//! References that a list or a get embeds: `expand(author)`.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Expand, Field, Operation, OperationKind, ResourceId};
use atlas9_syntax::ast::{Member, Name, Path};

use super::clauses::Clauses;
use super::{Api, Here};
use crate::model::{Plain, Shape, Types};
use crate::names::Once;
use crate::references::target;
use crate::resources::{Entry, derived};

/// The references that the clause names. `requires` are the scopes that the callers have.
pub(super) fn read(here: Here<'_, '_>, clauses: &Clauses<'_>, requires: &[String]) -> Vec<Expand> {
    let paths = clauses.expand.unwrap_or_default();
    let names: Vec<Name> = paths.iter().map(|path| Name { text: path.text(), span: path.span }).collect();
    let mut once = Once::named();
    let first = names.iter().zip(paths).filter(|(name, _)| once.first(here.at.cx.sink, name));
    first.filter_map(|(name, path)| embedded(here, name, path, requires)).collect()
}

fn embedded(here: Here<'_, '_>, name: &Name, path: &Path, requires: &[String]) -> Option<Expand> {
    if path.segments.len() > 1 {
        deeper(here, path);
        return None;
    }
    let types = here.at.types;
    let shape = here.shape;
    let by_name = |field: &&Field| embedded_as(types, field).is_some_and(|known| known == name.text);
    let Some(field) = shape.fields.iter().find(by_name) else {
        unknown(here, name);
        return None;
    };
    if !field.readable() {
        unreadable(here, name, "clients cannot read the reference");
        return None;
    }
    let api = &here.at.cx.api;
    let lacking = field.requires.iter().find(|scope| !requires.contains(scope));
    if let Some(scope) = lacking.filter(|_| !api.misses(requires) && !api.misses(&field.requires)) {
        unreadable(here, name, &format!("only callers with `{scope}` can read the reference"));
        return None;
    }
    target(types, field).into_iter().for_each(|resource| here.at.means_embedded(name, field, resource));
    let wire = here.at.cx.api.wire(&name.text);
    if let Some(other) = shape.get(&name.text).or_else(|| shape.on_wire(&wire)) {
        taken(here, name, field, other);
        return None;
    }
    Some(Expand { name: name.text.clone(), wire, field: field.name.clone(), span: name.span })
}

/// The name under which a reference is embedded; nothing for what is no reference, or is not named like one.
fn embedded_as(types: &Types, field: &Field) -> Option<String> {
    target(types, field)?;
    derived::embedded(&field.name, matches!(types.plain(&field.ty)?.0, Plain::List(..)))
}

fn deeper(here: Here<'_, '_>, path: &Path) {
    let first = path.segments.first().map_or("", |name| name.text.as_str());
    here.at.report(
        Diagnostic::error(codes::E0410, format!("`{}` goes deeper than one reference", path.text()))
            .at(path.span, "more than one step")
            .help(format!("write `expand({first})`; what it refers to is read with a request of its own")),
    );
}

/// A name under which nothing is embedded: a field that is no reference, one that is not named like one, or no field.
fn unknown(here: Here<'_, '_>, name: &Name) {
    let shape = here.shape;
    let text = name.text.as_str();
    let others = [format!("{text}_id"), format!("{text}_ids")];
    let many = |name: &str| derived::embedded(name, true).is_some_and(|all| all == text);
    let untyped = |field: &Field| here.at.types.plain(&field.ty).is_none() && many(&field.name);
    if shape.fields.iter().any(untyped) || shape.lost_names().any(many) {
        return;
    }
    let Some(field) = shape.get(text).or_else(|| others.iter().find_map(|other| shape.get(other))) else {
        if !shape.may_have(text) && !others.iter().any(|other| shape.may_have(other)) {
            unknown_reference(here, name, shape);
        }
        return;
    };
    match (here.at.types.plain(&field.ty), target(here.at.types, field)) {
        (None, _) => {}
        (Some(_), None) => {
            unsuitable(here, name, &format!("its type is `{}`", here.at.types.describe(&field.ty)));
        }
        (Some((plain, _)), Some(_)) => misnamed(here, name, field, matches!(plain, Plain::List(..))),
    }
}

fn unknown_reference(here: Here<'_, '_>, name: &Name, shape: &Shape) {
    let known: Vec<String> =
        shape.fields.iter().filter_map(|field| embedded_as(here.at.types, field)).collect();
    let help = here.at.cx.sink.did_you_mean(&name.text, known.iter().map(String::as_str), || {
        "name a reference, without its `_id`".to_owned()
    });
    here.at.report(
        Diagnostic::error(codes::E0405, format!("`{}` has no reference `{}`", shape.owner, name.text))
            .at(name.span, "not one of its references")
            .help(help),
    );
}

fn unreadable(here: Here<'_, '_>, name: &Name, label: &str) {
    here.at.report(
        Diagnostic::error(codes::E0437, format!("`{}` cannot be embedded", name.text))
            .at(name.span, label)
            .help("only references that the callers can read are embedded"),
    );
}

fn unsuitable(here: Here<'_, '_>, name: &Name, label: &str) {
    here.at.report(
        Diagnostic::error(codes::E0406, format!("`{}` cannot be embedded", name.text))
            .at(name.span, label)
            .help("only references are embedded"),
    );
}

/// The field's own name, where the embedded member needs another one.
fn misnamed(here: Here<'_, '_>, name: &Name, field: &Field, many: bool) {
    let suffix = if many { "_ids" } else { "_id" };
    let help = match embedded_as(here.at.types, field) {
        Some(known) => format!("write `expand({known})`"),
        None => format!("rename the field so that it ends in `{suffix}`, such as `{}{suffix}`", field.name),
    };
    let message = format!("`{}` is the name of the reference, not of what it refers to", name.text);
    here.at.report(
        Diagnostic::error(codes::E0411, message)
            .at(name.span, "the field's own name")
            .and(field.span, "the field holds a key, and the embedded resource stands beside it")
            .help(help),
    );
}

fn taken(here: Here<'_, '_>, name: &Name, field: &Field, other: &Field) {
    here.at.report(
        Diagnostic::error(codes::E0412, format!("`{}` is the name of another field already", name.text))
            .at(name.span, format!("`{}` would be embedded under this name", field.name))
            .and(other.span, "this field has it")
            .help("rename one of the fields"),
    );
}

/// Reports what is embedded although not every caller may read it. `operations` are those of each resource.
pub(super) fn readable(api: Api<'_, '_>, operations: &[Vec<Operation>]) {
    for (entry, own) in api.resources.iter().zip(operations) {
        for operation in own {
            for expand in &operation.expand {
                let field = entry.shape.get(&expand.field);
                let Some(other) = field.and_then(|field| target(api.types, field)) else { continue };
                if let Some(problem) = hidden(api, operations, operation, other) {
                    report_hidden(api, expand, problem);
                }
            }
        }
    }
}

/// Why a caller of the operation may not read the other resource.
struct Hidden {
    label: String,
    second: (atlas9_diagnostics::Span, String),
    help: String,
}

fn hidden(
    api: Api<'_, '_>,
    operations: &[Vec<Operation>],
    operation: &Operation,
    other: ResourceId,
) -> Option<Hidden> {
    let (entry, offered) = (api.resources.get(other.index())?, operations.get(other.index())?);
    let name = &entry.ast.name;
    let reads = |kind: fn(&OperationKind) -> bool| offered.iter().find(|operation| kind(&operation.kind));
    let reading = reads(|kind| matches!(kind, OperationKind::Get))
        .or_else(|| reads(|kind| matches!(kind, OperationKind::List(_))));
    let Some(reading) = reading else {
        return (!lost(entry, offered)).then(|| Hidden {
            label: format!("nobody can read `{}`", name.text),
            second: (name.span, "it offers neither `get` nor `list`".to_owned()),
            help: format!("add `get` to the operations of `{}`", name.text),
        });
    };
    let place = |text: &str| (reading.span, text.to_owned());
    if api.cx.api.misses(&reading.requires) || api.cx.api.misses(&operation.requires) {
        return None;
    }
    if let Some(scope) = reading.requires.iter().find(|scope| !operation.requires.contains(scope)) {
        return Some(Hidden {
            label: format!("only callers with `{scope}` can read `{}`", name.text),
            second: place("required here"),
            help: format!("let this operation require `{scope}` too"),
        });
    }
    (operation.public && !reading.public && api.cx.api.authenticated()).then(|| Hidden {
        label: format!("only callers who say who they are can read `{}`", name.text),
        second: place("not public"),
        help: "make both public, or none".to_owned(),
    })
}

/// True when an operation of the resource is lost, which may be its `get`.
fn lost(entry: &Entry<'_>, offered: &[Operation]) -> bool {
    let blocks = entry.ast.members.iter().filter_map(|member| match member {
        Member::Operations(block) => Some(block),
        _ => None,
    });
    let declared: usize = blocks.map(|block| block.entries.len() + block.broken.len()).sum();
    declared != offered.len() || entry.ast.members.iter().any(|member| matches!(member, Member::Broken(_)))
}

fn report_hidden(api: Api<'_, '_>, expand: &Expand, problem: Hidden) {
    api.cx.report(
        Diagnostic::error(
            codes::E0413,
            format!("`{}` would show more than its callers may read", expand.name),
        )
        .at(expand.span, problem.label)
        .and(problem.second.0, problem.second.1)
        .help(problem.help),
    );
}
