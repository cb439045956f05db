//! `src/shapes.ts`: where responses hold int64 and bytes. Missing where none does.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::sdk::{self, fields_of, target};
use atlas9_ir::{Field, Resource, TypeDeclKind, TypeId, TypeKind, Variant};

use super::{imports, typescript};
use crate::Sdk;
use crate::names::shape_name;
use crate::text::literal;

/// The file, or nothing where no shape is needed.
pub(super) fn text(sdk: &Sdk<'_>) -> Option<String> {
    let mut body = Writer::new("  ");
    for (id, _) in sdk.ir.types.iter().filter(|(id, _)| sdk.shapes.needed(*id)) {
        match &sdk.ir.types[id].kind {
            TypeDeclKind::Union { discriminator_wire, variants, .. } => {
                union(&mut body, sdk, &sdk.names.shape(id), discriminator_wire, variants);
            }
            _ => constant(&mut body, &sdk.names.shape(id), &members(sdk, fields_of(sdk.ir, id))),
        }
    }
    for (id, resource) in sdk.ir.resources.iter().filter(|(_, resource)| sdk.shapes.needed_by(resource)) {
        let mut all = members(sdk, &resource.fields);
        all.extend(embedded(sdk, resource));
        constant(&mut body, &shape_name(&sdk.names.resource(id).model), &all);
    }
    let body = body.finish();
    if body.is_empty() {
        return None;
    }
    let mut w = typescript(sdk);
    imports::write(&mut w, &BTreeSet::new(), &BTreeSet::from(["WireShape".to_owned()]), "./core/index.js");
    w.blank().line(body.trim_end());
    Some(w.finish())
}

fn members(sdk: &Sdk<'_>, fields: &[Field]) -> Vec<String> {
    sdk.shapes.members(fields, &|id: TypeId| sdk.names.shape(id))
}

/// The members that `expand` embeds.
fn embedded(sdk: &Sdk<'_>, resource: &Resource) -> Vec<String> {
    let shaped = sdk::embedded(resource).filter_map(|(wire, field)| {
        let to = target(sdk.ir, &field.ty).filter(|to| sdk.shapes.needed_by(&sdk.ir.resources[*to]))?;
        let shape = format!("() => {}", shape_name(&sdk.names.resource(to).model));
        let listed = matches!(sdk.ir.resolve(&field.ty).0, TypeKind::List { .. });
        let shape = if listed { format!("{{ items: {shape} }}") } else { shape };
        Some(format!("[{}, {shape}]", literal(wire)))
    });
    shaped.collect()
}

fn union(w: &mut Writer, sdk: &Sdk<'_>, name: &str, discriminator: &str, variants: &[Variant]) {
    let members = sdk.shapes.variants(variants, &|id: TypeId| sdk.names.shape(id));
    w.blank().block(format!("export const {name}: WireShape = {{"), "};", |w| {
        w.line(format!("by: {},", literal(discriminator)));
        w.line(format!("variants: {{ {} }},", members.join(", ")));
    });
}

fn constant(w: &mut Writer, name: &str, members: &[String]) {
    w.blank().block(format!("export const {name}: WireShape = {{"), "};", |w| {
        let line = format!("fields: [{}],", members.join(", "));
        // Prettier keeps a list of several lists on lines of their own.
        match members {
            [_] => w.line(line),
            _ => w.block("fields: [", "],", |w| {
                w.lines(members.iter().map(|member| format!("{member},")));
            }),
        };
    });
}
