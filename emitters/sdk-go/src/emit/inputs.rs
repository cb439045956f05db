//! The types of what operations are given: bodies, filters, sort orders.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go::types::{self, Uses};
use atlas9_emitters_core::calls::go::{Condition, Constants, ResourceNames, conditions};
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::requests::{ETAG, Items, items, param_fields, request_fields};
use atlas9_emitters_core::sdk::{Position, facts, is_optional, is_ordered, is_required, wire};
use atlas9_ir::{Field, List, Operation, OperationKind, PaginationStyle, Resource, Type, TypeKind};

use super::hidden;
use super::models::{self, members, shape, structure, unlogged};
use super::resource::Owner;
use crate::Sdk;
use crate::describe;
use crate::layout::Line;
use crate::text::{Doc, code};

/// The types of an operation.
pub(super) fn write(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    owner: Option<Owner<'_>>,
    operation: &Operation,
    uses: &mut Uses,
) {
    let names = owner.map_or(&sdk.plan.names.operations, |owner| sdk.plan.names.resource(owner.id));
    let resource = owner.map(|owner| owner.resource);
    let name = names.input(operation);
    if let (OperationKind::List(list), Some(resource)) = (&operation.kind, resource) {
        let text = format!("{name} says which {} are listed, and how.", spaced(&resource.plural));
        let lines = list_params(sdk, resource, names, operation, list, uses);
        structure(w, &Doc::ours(text), &name, &lines);
        if conditions(sdk.plan.ir, resource, list).iter().any(|asked| asked.field.sensitive.is_some()) {
            hidden::write(w, &name, "v", uses);
        }
        return;
    }
    if let (Some(Items::Keys(key)), Some(resource)) = (items(resource, operation), resource) {
        let conditional = operation.kind.batch().is_some_and(|batch| batch.conditional);
        let text = format!("{name} says which {} is deleted.", spaced(&resource.snake));
        structure(w, &Doc::ours(text), &name, &removal(sdk, key, conditional, uses));
        return;
    }
    let fields = request_fields(resource, operation);
    let body = !fields.is_empty();
    if body {
        let (text, position) = given(&name, resource, operation);
        shape(w, sdk, &Doc::ours(text), &name, fields, position, uses);
    }
    let params: Vec<(&Field, Option<&str>)> = param_fields(operation).collect();
    if !params.is_empty() {
        let name = names.params(operation, body);
        let text = format!("{name} is what {} is given in its query and headers.", code(&operation.name));
        structure(w, &Doc::ours(text), &name, &placed(sdk, &params, uses));
        if sdk.plan.secrets.within(sdk.plan.ir, params.iter().map(|(field, _)| *field)) {
            hidden::write(w, &name, "v", uses);
        }
    }
}

/// The types of names that requests of a resource hold, and their constants.
pub(super) fn constants(w: &mut Writer, names: &ResourceNames, resource: &Resource) {
    let plural = spaced(&resource.plural);
    let one = facts::one(resource);
    for (constants, text) in [
        (&names.sort, format!("what {plural} can be sorted by; with a `-` the greatest comes first")),
        (&names.expand, format!("what {one} can embed")),
        (&names.field, format!("a field of {one}")),
    ] {
        let Constants { ty, all } = constants;
        if all.is_empty() {
            continue;
        }
        w.blank();
        Doc::ours(format!("{ty} names {text}.")).write(w);
        w.line(format!("type {ty} string"));
        let all = all.iter().map(|(name, text)| (Doc::default(), name.clone(), text.clone()));
        models::constants(w, ty, &format!("Values of [{ty}]."), all);
    }
}

fn given(name: &str, resource: Option<&Resource>, operation: &Operation) -> (String, Position) {
    match (&operation.kind, resource) {
        (OperationKind::Create, Some(resource)) => {
            (format!("{name} is a new {}.", spaced(&resource.snake)), Position::Write)
        }
        (OperationKind::Update, Some(resource)) => {
            let text = "what is left out stays, null clears.";
            (format!("{name} changes {}: {text}", facts::one(resource)), Position::Patch)
        }
        (OperationKind::Replace, Some(resource)) => {
            (format!("{name} is all of {}.", facts::one(resource)), Position::Write)
        }
        _ => (format!("{name} is what {} is given.", code(&operation.name)), Position::Write),
    }
}

/// One of those that a batch deletes.
fn removal(sdk: &Sdk<'_>, key: &Field, conditional: bool, uses: &mut Uses) -> Vec<Line> {
    let mut lines = members(sdk, [key], Position::Read, &["ETag"], uses);
    let ty = if conditional { "string" } else { "opt.Value[string]" };
    let how = if conditional { "" } else { ",omitzero" };
    uses.extend((!conditional).then_some("opt"));
    lines.push(Line {
        doc: Doc::ours("ETag is the entity tag that it must still have."),
        cells: vec!["ETag".to_owned(), ty.to_owned(), format!("`json:\"{ETAG}{how}\"`")],
    });
    lines
}

/// Parameters that travel in the query and in headers.
fn placed(sdk: &Sdk<'_>, params: &[(&Field, Option<&str>)], uses: &mut Uses) -> Vec<Line> {
    let fields: Vec<&Field> = params.iter().map(|(field, _)| *field).collect();
    let names = sdk.plan.fields(&fields, &[]);
    let line = |(name, (field, header)): (String, &(&Field, Option<&str>))| {
        let ty = types::direct(&sdk.plan, &field.ty, Position::Write, uses);
        let required = is_required(sdk.plan.ir, field);
        uses.extend((!required).then_some("opt"));
        let ty = if required { ty } else { format!("opt.Value[{ty}]") };
        let listed = matches!(sdk.plan.ir.resolve(&field.ty).0, TypeKind::List { .. });
        let tag = match header {
            Some(header) => format!("header:\"{header}\""),
            None if listed => format!("query:\"{},repeat\"", field.wire),
            None => format!("query:\"{}\"", field.wire),
        };
        let tag = format!("`{tag}{}`", unlogged(field));
        Line { doc: describe::field(sdk.plan.ir, field, Position::Write), cells: vec![name, ty, tag] }
    };
    names.into_iter().zip(params).map(line).collect()
}

fn list_params(
    sdk: &Sdk<'_>,
    resource: &Resource,
    names: &ResourceNames,
    operation: &Operation,
    list: &List,
    uses: &mut Uses,
) -> Vec<Line> {
    let numbered = list.paginate.style == PaginationStyle::Page;
    let mut fixed: Vec<(&str, String, &str, String)> = Vec::new();
    let mut add = |name, ty: &str, wire, text: &str| {
        fixed.push((name, ty.to_owned(), wire, format!("{name} {text}")));
    };
    if !list.sort.is_empty() {
        add(
            "Sort",
            &format!("[]{}", names.sort.ty),
            "sort",
            "is the order; several names are sorted by one after the other.",
        );
    }
    if !list.search.is_empty() {
        let fields = list.search.iter().map(|path| code(&wire(sdk.plan.ir, resource, path).join(".")));
        let fields = fields.collect::<Vec<_>>().join(", ");
        add("Query", "string", "q", &format!("is words to be found in {fields}."));
    }
    if !operation.expand.is_empty() {
        add("Expand", &format!("[]{}", names.expand.ty), "expand", "are the references to embed.");
    }
    if operation.fields {
        let text = "are the fields to answer of each; all of them where this is left out.";
        add("Fields", &format!("[]{}", names.field.ty), "fields", text);
    }
    if resource.soft_delete() {
        add("ShowDeleted", "bool", "show_deleted", "gives those, too, that are deleted and still kept.");
    }
    add("Limit", "int", "limit", "is the most items on a page. More than the service allows is cut to that.");
    match numbered {
        true => {
            add("Page", "int", "page", "says which page is the first one to read; 1 where it is left out.")
        }
        false => add(
            "Cursor",
            "string",
            "cursor",
            "is where to go on: NextCursor of an earlier page of the same list.",
        ),
    }
    add("Count", "bool", "count", "also counts the items of all pages.");
    let mut lines = asked_for(sdk, resource, list, uses);
    lines.extend(fixed.into_iter().map(|(name, ty, wire, text)| Line {
        doc: Doc::ours(text),
        cells: vec![name.to_owned(), ty, format!("`query:\"{wire},omitzero\"`")],
    }));
    lines
}

/// The filters.
fn asked_for(sdk: &Sdk<'_>, resource: &Resource, list: &List, uses: &mut Uses) -> Vec<Line> {
    let line = |Condition { name, wire, field }: Condition<'_>| {
        uses.insert("filter");
        let text = format!("{name} gives only those with this {}.", code(&wire));
        let doc = describe::deprecated(Doc::ours(text), field.deprecated.as_ref());
        let ty = types::direct(&sdk.plan, &field.ty, Position::Write, uses);
        Line {
            doc,
            cells: vec![
                name,
                format!("filter.{}[{ty}]", asked(sdk, field)),
                format!("`query:\"{wire}\"{}`", unlogged(field)),
            ],
        }
    };
    conditions(sdk.plan.ir, resource, list).into_iter().map(line).collect()
}

/// What can be asked of a field.
fn asked(sdk: &Sdk<'_>, field: &Field) -> &'static str {
    let nullable = |ty: &Type| is_optional(sdk.plan.ir, ty);
    match (is_ordered(sdk.plan.ir, field), nullable(&field.ty)) {
        (true, true) => "NullableOrder",
        (true, false) => "Order",
        (false, true) => "NullableField",
        (false, false) => "Field",
    }
}
