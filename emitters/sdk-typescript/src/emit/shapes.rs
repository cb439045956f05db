//! `src/shapes.ts`: where responses hold int64 and bytes. Missing where none does.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_ir::{Field, TypeId};

use super::{imports, typescript};
use crate::Sdk;
use crate::names::shape_name;
use crate::positions::fields_of;
use crate::shapes;

/// The file, or nothing where no shape is needed.
pub(super) fn text(sdk: &Sdk<'_>) -> Option<String> {
    let mut body = Writer::new("  ");
    for (id, _) in sdk.ir.types.iter().filter(|(id, _)| shapes::needed(sdk.ir, *id)) {
        constant(&mut body, sdk, &sdk.names.shape(id), fields_of(sdk.ir, id));
    }
    for (id, resource) in sdk.ir.resources.iter().filter(|(_, resource)| shapes::needed_by(sdk.ir, resource))
    {
        constant(&mut body, sdk, &shape_name(&sdk.names.resource(id).model), &resource.fields);
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

fn constant(w: &mut Writer, sdk: &Sdk<'_>, name: &str, fields: &[Field]) {
    let members = shapes::members(sdk.ir, fields, &|id: TypeId| sdk.names.shape(id));
    w.blank().block(format!("export const {name}: WireShape = {{"), "};", |w| {
        let line = format!("fields: [{}],", members.join(", "));
        // Prettier keeps a list of several lists on lines of their own.
        match members.as_slice() {
            [_] => w.line(line),
            _ => w.block("fields: [", "],", |w| {
                w.lines(members.iter().map(|member| format!("{member},")));
            }),
        };
    });
}
