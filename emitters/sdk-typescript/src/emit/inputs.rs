//! The types of what operations are given: bodies, filters, sort orders.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::requests::{ETAG, Items, items, param_fields, request_fields};
use atlas9_emitters_core::sdk::{self, Filter, Position, embedded, facts, is_optional};
use atlas9_ir::{Field, List, Operation, OperationKind, PaginationStyle, Resource};

use super::models::interface;
use crate::Sdk;
use crate::describe;
use crate::layout::{self, WIDTH};
use crate::names::{CHOSEN, ResourceNames};
use crate::text::{Doc, code, literal, property};
use crate::types::{self, Uses};

/// The types of an operation.
pub(super) fn write(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    resource: Option<&Resource>,
    names: &ResourceNames,
    operation: &Operation,
    uses: &mut Uses,
) {
    if let (OperationKind::List(list), Some(resource)) = (&operation.kind, resource) {
        sort(w, sdk, resource, names, list);
        params(w, sdk, resource, names, (operation, list), uses);
        return;
    }
    if let (Some(Items::Keys(key)), Some(resource)) = (items(resource, operation), resource) {
        let conditional = operation.kind.batch().is_some_and(|batch| batch.conditional);
        removal(w, sdk, (resource, key), &names.input(operation), conditional, uses);
        return;
    }
    let given = format!("What {} is given.", code(&names.function(operation)));
    let fields = request_fields(resource, operation);
    let body = !fields.is_empty();
    if body {
        let (text, position) = match (&operation.kind, resource) {
            (OperationKind::Create, Some(resource)) => {
                (format!("A new {}.", spaced(&resource.snake)), Position::Write)
            }
            (OperationKind::Update, Some(resource)) => {
                let text = "what is left out stays, null clears.";
                (format!("Changes to {}: {text}", facts::one(resource)), Position::Patch)
            }
            (OperationKind::Replace, Some(resource)) => {
                (format!("All of {}.", facts::one(resource)), Position::Write)
            }
            _ => (given.clone(), Position::Write),
        };
        interface(w, sdk, &Doc::default().line(text), &names.input(operation), fields, position, uses);
    }
    let params: Vec<&Field> = param_fields(operation).map(|(field, _)| field).collect();
    if !params.is_empty() {
        let text = if body { format!("{given} It travels beside the body.") } else { given };
        let name = names.params(operation, body);
        interface(w, sdk, &Doc::default().line(text), &name, params, Position::Write, uses);
    }
}

/// One of those that a batch deletes.
fn removal(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    (resource, key): (&Resource, &Field),
    name: &str,
    conditional: bool,
    uses: &mut Uses,
) {
    w.blank();
    Doc::default().line(format!("Which {} is deleted.", spaced(&resource.snake))).write(w);
    w.block(format!("export interface {name} {{"), "}", |w| {
        let ty = types::plain(sdk, &key.ty, Position::Write, uses);
        w.line(format!("{}: {ty};", property(&key.wire)));
        Doc::default().line("The entity tag that it must still have.").write(w);
        w.line(match conditional {
            true => format!("{ETAG}: string;"),
            false => format!("{ETAG}?: string | null | undefined;"),
        });
    });
}

/// The names of what `expand` embeds.
pub(super) fn expand(w: &mut Writer, resource: &Resource, names: &ResourceNames) {
    let members: Vec<String> = embedded(resource).map(|(wire, _)| literal(wire)).collect();
    if !members.is_empty() {
        w.blank();
        let text = format!("What {} can embed.", facts::one(resource));
        Doc::default().line(text).write(w);
        layout::union(w, &format!("export type {}", names.expand), &members);
    }
}

/// The names of the fields that a request can choose.
pub(super) fn fields(w: &mut Writer, resource: &Resource, names: &ResourceNames) {
    if !resource.operations.iter().any(|operation| operation.fields) {
        return;
    }
    let readable = resource.fields.iter().filter(|field| field.readable());
    let members: Vec<String> = readable.map(|field| literal(&field.wire)).collect();
    w.blank();
    Doc::default().line(format!("The fields of {}.", facts::one(resource))).write(w);
    layout::union(w, &format!("export type {}", names.field), &members);
}

/// The type parameter for the names of fields, `Names extends readonly BookField[] | undefined = undefined`.
pub(super) fn chosen(names: &ResourceNames) -> String {
    format!("{CHOSEN} extends readonly {}[] | undefined = undefined", names.field)
}

fn sort(w: &mut Writer, sdk: &Sdk<'_>, resource: &Resource, names: &ResourceNames, list: &List) {
    if list.sort.is_empty() {
        return;
    }
    let wires: Vec<String> =
        list.sort.iter().map(|path| sdk::wire(sdk.ir, resource, path).join(".")).collect();
    let members: Vec<String> =
        wires.iter().flat_map(|wire| [literal(wire), literal(&format!("-{wire}"))]).collect();
    w.blank();
    Doc::default()
        .line(format!(
            "What {} can be sorted by; with a `-` the greatest comes first.",
            spaced(&resource.plural)
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
    let page = match list.paginate.style {
        PaginationStyle::Cursor => "PageParams",
        PaginationStyle::Page => "NumberedPageParams",
    };
    uses.core.insert(page.to_owned());
    let name = names.input(operation);
    let doc = Doc::default().line(format!("Which {} are listed, and how.", spaced(&resource.plural)));
    w.blank();
    doc.write(w);
    let plain = list.filter.is_empty() && list.sort.is_empty() && list.search.is_empty();
    if plain && operation.expand.is_empty() && !operation.fields && !resource.soft_delete() {
        w.line(format!("export type {name} = {page};"));
        return;
    }
    let generic = if operation.fields { format!("<{}>", chosen(names)) } else { String::new() };
    w.block(format!("export interface {name}{generic} extends {page} {{"), "}", |w| {
        filters(w, sdk, resource, list, uses);
        if !list.search.is_empty() {
            let fields: Vec<String> =
                list.search.iter().map(|path| code(&sdk::wire(sdk.ir, resource, path).join("."))).collect();
            Doc::default().line(format!("Words to be found in {}.", fields.join(", "))).write(w);
            w.line("q?: string | undefined;");
        }
        if !list.sort.is_empty() {
            Doc::default().line("The order; several names are sorted by one after the other.").write(w);
            w.line(format!("sort?: {0} | readonly {0}[] | undefined;", names.sort));
        }
        if !operation.expand.is_empty() {
            Doc::default().line("The references to embed.").write(w);
            let names = expandable(resource, names, operation);
            let item = if names.contains(" | ") { format!("({names})") } else { names };
            w.line(format!("expand?: readonly {item}[] | undefined;"));
        }
        if operation.fields {
            Doc::default().line("The fields to answer of each; all of them where this is left out.").write(w);
            w.line(format!("fields?: {CHOSEN} | undefined;"));
        }
        if resource.soft_delete() {
            Doc::default().line("Also those that are deleted and still kept.").write(w);
            w.line("show_deleted?: boolean | undefined;");
        }
    });
}

/// What this operation can embed, which may be less than what others can.
pub(super) fn expandable(resource: &Resource, names: &ResourceNames, operation: &Operation) -> String {
    let wires: Vec<String> = operation.expand.iter().map(|expand| literal(&expand.wire)).collect();
    match wires.len() == embedded(resource).count() {
        true => names.expand.clone(),
        false => wires.join(" | "),
    }
}

fn filters(w: &mut Writer, sdk: &Sdk<'_>, resource: &Resource, list: &List, uses: &mut Uses) {
    for (name, filter) in &sdk::filters(sdk.ir, resource, list) {
        let doc = match filter {
            Filter::Field(field) => describe::deprecated(Doc::default(), field.deprecated.as_ref()),
            Filter::Structure(_) => Doc::default(),
        };
        doc.line(format!("Only those with this {}.", code(name))).write(w);
        member(w, sdk, name, filter, uses);
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
            let generic = if sdk::is_ordered(sdk.ir, field) { "OrderFilter" } else { "FieldFilter" };
            uses.core.insert(generic.to_owned());
            let filter = format!("{generic}<{}>", types::plain(sdk, &field.ty, Position::Write, uses));
            if !is_optional(sdk.ir, &field.ty) {
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
