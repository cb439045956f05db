//! The types of what operations are given: bodies, filters, sort orders.

use atlas9_emitters_core::Writer;
use atlas9_ir::{Field, FieldPath, List, Operation, OperationKind, Resource, TypeKind};

use super::models::interface;
use crate::Sdk;
use crate::describe;
use crate::layout::{self, WIDTH};
use crate::names::ResourceNames;
use crate::positions::{Position, request_fields};
use crate::scalars;
use crate::text::{Doc, code, literal, property};
use crate::types::{self, Uses};

/// The types of an operation.
pub(super) fn write(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    resource: &Resource,
    names: &ResourceNames,
    operation: &Operation,
    uses: &mut Uses,
) {
    if let OperationKind::List(list) = &operation.kind {
        sort(w, sdk, resource, names, list);
        params(w, sdk, resource, names, (operation, list), uses);
        return;
    }
    let fields = request_fields(resource, operation);
    if fields.is_empty() {
        return;
    }
    let one = describe::words(&resource.snake);
    let (text, position) = match operation.kind {
        OperationKind::Create => (format!("A new {one}."), Position::Write),
        OperationKind::Update => {
            (format!("Changes to one {one}: what is left out stays, null clears."), Position::Patch)
        }
        OperationKind::Replace => (format!("All of one {one}."), Position::Write),
        _ => (format!("What {} is given.", code(&names.function(operation))), Position::Write),
    };
    interface(w, sdk, &Doc::default().line(text), &names.input(operation), fields, position, uses);
}

fn sort(w: &mut Writer, sdk: &Sdk<'_>, resource: &Resource, names: &ResourceNames, list: &List) {
    if list.sort.is_empty() {
        return;
    }
    let wires: Vec<String> = list.sort.iter().map(|path| wire(sdk, resource, path).join(".")).collect();
    let members: Vec<String> =
        wires.iter().flat_map(|wire| [literal(wire), literal(&format!("-{wire}"))]).collect();
    w.blank();
    Doc::default()
        .line(format!(
            "What {} can be sorted by; with a `-` the greatest comes first.",
            describe::words(&resource.plural)
        ))
        .write(w);
    layout::union(w, &format!("export type {}", names.sort), &members);
}

fn params(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    resource: &Resource,
    names: &ResourceNames,
    (operation, list): (&Operation, &List),
    uses: &mut Uses,
) {
    uses.core.insert("PageParams".to_owned());
    let name = names.input(operation);
    let doc =
        Doc::default().line(format!("Which {} are listed, and how.", describe::words(&resource.plural)));
    w.blank();
    doc.write(w);
    if list.filter.is_empty() && list.sort.is_empty() && list.search.is_empty() && !resource.soft_delete() {
        w.line(format!("export type {name} = PageParams;"));
        return;
    }
    w.block(format!("export interface {name} extends PageParams {{"), "}", |w| {
        filters(w, sdk, resource, list, uses);
        if !list.search.is_empty() {
            let fields: Vec<String> =
                list.search.iter().map(|path| code(&wire(sdk, resource, path).join("."))).collect();
            Doc::default().line(format!("Words to be found in {}.", fields.join(", "))).write(w);
            w.line("q?: string | undefined;");
        }
        if !list.sort.is_empty() {
            Doc::default().line("The order; several names are sorted by one after the other.").write(w);
            w.line(format!("sort?: {0} | readonly {0}[] | undefined;", names.sort));
        }
        if resource.soft_delete() {
            Doc::default().line("Also those that are deleted and still kept.").write(w);
            w.line("show_deleted?: boolean | undefined;");
        }
    });
}

/// Filters by name; those of a structure's fields stand together.
enum Filter<'a> {
    Field(&'a Field),
    Structure(Vec<(String, Filter<'a>)>),
}

fn filters(w: &mut Writer, sdk: &Sdk<'_>, resource: &Resource, list: &List, uses: &mut Uses) {
    let mut tree = Vec::new();
    for path in &list.filter {
        if let Some(field) = sdk.ir.field(&resource.fields, path) {
            insert(&mut tree, &wire(sdk, resource, path), field);
        }
    }
    for (name, filter) in &tree {
        let doc = match filter {
            Filter::Field(field) => describe::deprecated(Doc::default(), field.deprecated.as_ref()),
            Filter::Structure(_) => Doc::default(),
        };
        doc.line(format!("Only those with this {}.", code(name))).write(w);
        member(w, sdk, name, filter, uses);
    }
}

fn insert<'a>(tree: &mut Vec<(String, Filter<'a>)>, path: &[String], field: &'a Field) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        tree.push((first.clone(), Filter::Field(field)));
        return;
    }
    if !tree.iter().any(|(name, _)| name == first) {
        tree.push((first.clone(), Filter::Structure(Vec::new())));
    }
    if let Some((_, Filter::Structure(inner))) = tree.iter_mut().find(|(name, _)| name == first) {
        insert(inner, rest, field);
    }
}

fn member(w: &mut Writer, sdk: &Sdk<'_>, name: &str, filter: &Filter<'_>, uses: &mut Uses) {
    let line = format!("{}?: {} | undefined;", property(name), inline(sdk, filter, uses));
    match filter {
        Filter::Structure(inner) if w.indentation() + line.chars().count() > WIDTH => {
            w.line(format!("{}?:", property(name))).indented(|w| {
                w.line("| {").indented(|w| {
                    w.indented(|w| {
                        inner.iter().for_each(|(name, filter)| member(w, sdk, name, filter, uses));
                    });
                    w.line("}");
                });
                w.line("| undefined;");
            });
        }
        _ => {
            w.line(line);
        }
    }
}

fn inline(sdk: &Sdk<'_>, filter: &Filter<'_>, uses: &mut Uses) -> String {
    match filter {
        Filter::Field(field) => {
            let generic = if is_ordered(sdk, field) { "OrderFilter" } else { "FieldFilter" };
            uses.core.insert(generic.to_owned());
            let filter = format!("{generic}<{}>", types::plain(sdk, &field.ty, Position::Write, uses));
            if !types::is_optional(sdk.ir, &field.ty) {
                return filter;
            }
            uses.core.insert("NullFilter".to_owned());
            format!("{filter} | NullFilter")
        }
        Filter::Structure(inner) => {
            let members: Vec<String> = inner
                .iter()
                .map(|(name, filter)| {
                    format!("{}?: {} | undefined", property(name), inline(sdk, filter, uses))
                })
                .collect();
            format!("{{ {} }}", members.join("; "))
        }
    }
}

fn is_ordered(sdk: &Sdk<'_>, field: &Field) -> bool {
    matches!(sdk.ir.resolve(&field.ty).0, TypeKind::Scalar(scalar) if scalars::ordered(scalar))
}

/// The names on the wire of the fields that a path leads through.
fn wire(sdk: &Sdk<'_>, resource: &Resource, path: &FieldPath) -> Vec<String> {
    (1..=path.0.len())
        .filter_map(|length| {
            sdk.ir.field(&resource.fields, &FieldPath(path.0.iter().take(length).cloned().collect()))
        })
        .map(|field| field.wire.clone())
        .collect()
}
