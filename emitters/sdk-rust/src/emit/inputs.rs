//! What operations are given: required values as parameters, the others as methods of the call.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::rust::{Argument, Condition, Place, conditions, has_constructor};
use atlas9_emitters_core::rust::Scope;
use atlas9_emitters_core::sdk::{Position, is_optional, is_ordered};
use atlas9_ir::{Field, List, Resource, Scalar, TypeKind};

use super::models::{Member, Structure, WRITTEN};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, code, literal};
use crate::types::{self, Absent, Given};

/// A structure that a request holds.
pub(super) fn structure(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    scope: &Scope,
    doc: Doc,
    name: &str,
    fields: &[&Field],
) {
    let members = fields.iter().map(|field| Member::of(sdk, scope, field, Position::Write, None)).collect();
    let made = Structure { doc, name, deprecated: None, members, serde: WRITTEN, open: false };
    made.write(w, scope);
    constructor(w, sdk, scope, &made, fields);
}

/// `new` of a structure of which something may be left out: with what may not.
pub(super) fn constructor(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    scope: &Scope,
    structure: &Structure<'_>,
    fields: &[&Field],
) {
    if !has_constructor(sdk.ir, fields) {
        return;
    }
    w.blank().block(format!("impl {} {{", structure.name), "}", |w| {
        w.line("/// With what it must have.").line("#[must_use]");
        let mut parameters = Vec::new();
        let mut values = Vec::new();
        for (member, field) in structure.members.iter().zip(fields) {
            let name = &member.name;
            if !types::is_needed(sdk.ir, field) {
                values.push(format!("{name}: {}", nothing(sdk, scope, field)));
                continue;
            }
            let text = matches!(sdk.ir.resolve(&field.ty).0, TypeKind::Scalar(Scalar::String { .. }));
            if text {
                parameters.push(format!("{name}: impl {}<{}>", scope.prelude("Into"), member.ty));
                values.push(format!("{name}: {name}.into()"));
            } else {
                parameters.push(format!("{name}: {}", member.ty));
                values.push(name.clone());
            }
        }
        layout::function(w, "pub fn new", &parameters, "Self", |w| layout::literal(w, "Self", &values, ""));
    });
}

/// What a member is unless it is told otherwise.
fn nothing(sdk: &Sdk<'_>, scope: &Scope, field: &Field) -> String {
    match (types::absent(sdk.ir, field, Position::Write), sdk.ir.resolve(&field.ty).0) {
        (Absent::Patched, _) => format!("{}::Unset", scope.item("crate::api", "Patch")),
        (Absent::Optional, _) => scope.prelude("None"),
        (Absent::Never, TypeKind::Map { .. }) => {
            format!("{}::new()", scope.item("std::collections", "BTreeMap"))
        }
        (Absent::Never, _) => format!("{}::new()", scope.prelude("Vec")),
    }
}

/// A parameter for a required value, and the line that sends it.
pub(super) fn required(
    sdk: &Sdk<'_>,
    scope: &Scope,
    Argument { name, field, place }: &Argument<'_>,
) -> (String, Sent) {
    let Given { ty, sent } = types::given(sdk, scope, &field.ty, Position::Write, name);
    (format!("{name}: {ty}"), put(sdk, field, *place, sent))
}

/// How a value is sent: the function of the draft, and its arguments.
pub(super) struct Sent {
    pub(super) how: &'static str,
    pub(super) arguments: Vec<String>,
}

fn put(sdk: &Sdk<'_>, field: &Field, place: Place<'_>, sent: String) -> Sent {
    let listed = matches!(sdk.ir.resolve(&field.ty).0, TypeKind::List { .. });
    let (how, name) = match place {
        Place::Body => ("put", field.wire.as_str()),
        Place::Query if listed => ("repeat", field.wire.as_str()),
        Place::Query => ("query", field.wire.as_str()),
        Place::Header(name) => ("header_of", name),
    };
    Sent { how, arguments: vec![literal(name), sent] }
}

/// The methods of a call for values that it need not have.
pub(super) fn setters(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    scope: &Scope,
    arguments: &[Argument<'_>],
    position: Position,
) {
    for Argument { name, field, place } in arguments {
        let nullable = is_optional(sdk.ir, &field.ty);
        let (given, sent) = match place {
            Place::Body if nullable => {
                let given = types::patched(sdk, scope, &field.ty, position, name);
                let sent = Sent { how: "change", arguments: vec![literal(&field.wire), given.sent.clone()] };
                (given, sent)
            }
            _ => {
                let given = types::given(sdk, scope, &field.ty, position, name);
                let sent = put(sdk, field, *place, given.sent.clone());
                (given, sent)
            }
        };
        setter(w, &describe::field(sdk.ir, field, Position::Write), Some(field), (name, &given.ty), &sent);
    }
}

fn setter(w: &mut Writer, doc: &Doc, field: Option<&Field>, (name, ty): (&str, &str), sent: &Sent) {
    w.blank();
    doc.write(w);
    describe::deprecated(w, field.and_then(|field| field.deprecated.as_ref()));
    let parameters = ["mut self".to_owned(), format!("{name}: {ty}")];
    layout::function(w, &format!("pub fn {name}"), &parameters, "Self", |w| {
        layout::call(w, &format!("self.draft.{}", sent.how), &sent.arguments, ";");
        w.line("self");
    });
}

/// The methods of a list's call: sort order and filters.
pub(super) fn list_setters(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    scope: &Scope,
    resource: &Resource,
    list: &List,
    sort: &str,
) {
    if !list.sort.is_empty() {
        let into = scope.prelude("IntoIterator");
        let doc = Doc::ours("The order; several names are sorted by one after the other.");
        let sent = Sent {
            how: "query",
            arguments: vec![
                literal("sort"),
                format!("sort.into_iter().collect::<{}<_>>()", scope.prelude("Vec")),
            ],
        };
        setter(w, &doc, None, ("sort", &format!("impl {into}<Item = {sort}>")), &sent);
    }
    for Condition { name, wire, field } in &conditions(sdk.ir, resource, list) {
        let doc = Doc::of(&format!("Only those with this {}.", code(wire)));
        let value = types::plain(sdk, scope, &field.ty, Position::Write);
        let ty = format!("impl {}::{}<{value}>", scope.item("crate::api", "filter"), asked(sdk, field));
        let instant = matches!(types::scalar_of(sdk.ir, &field.ty), Some(Scalar::Timestamp));
        let how = if instant { "filter_instants" } else { "filter" };
        let sent = Sent { how, arguments: vec![literal(wire), format!("{name}.conditions()")] };
        setter(w, &doc, Some(field), (name, &ty), &sent);
    }
}

/// What can be asked of a field.
fn asked(sdk: &Sdk<'_>, field: &Field) -> &'static str {
    match (is_ordered(sdk.ir, field), is_optional(sdk.ir, &field.ty)) {
        (true, true) => "NullableOrder",
        (true, false) => "Order",
        (false, true) => "NullableField",
        (false, false) => "Field",
    }
}
