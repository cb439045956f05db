//! `src/errors.ts`: a class for each declared error.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::sdk::Position;
use atlas9_ir::{ErrorDecl, ErrorId, TypeId};

use super::models::interface;
use super::{imports, typescript};
use crate::Sdk;
use crate::layout;
use crate::names::{is_standard, kind_class, payload_name};
use crate::text::{Doc, code, literal};
use crate::types::Uses;

/// The file. Errors of the standard library have classes in the runtime.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let mut file = File::default();
    let mut body = Writer::new("  ");
    for (id, error) in sdk.ir.errors.iter().filter(|(_, error)| !is_standard(error)) {
        file.class(&mut body, sdk, id, error);
    }
    let body = body.finish();
    let mut w = typescript(sdk);
    imports::write(&mut w, &file.values, &file.uses.core, "./core/index.js");
    imports::write(&mut w, &file.shapes, &BTreeSet::new(), "./shapes.js");
    imports::write(&mut w, &BTreeSet::new(), &file.uses.types, "./types.js");
    w.blank().line(if body.is_empty() { "export {};" } else { body.trim_end() });
    w.finish()
}

#[derive(Default)]
struct File {
    values: BTreeSet<String>,
    shapes: BTreeSet<String>,
    uses: Uses,
}

impl File {
    fn class(&mut self, w: &mut Writer, sdk: &Sdk<'_>, id: ErrorId, error: &ErrorDecl) {
        let name = sdk.names.of_error(id);
        let base = kind_class(error.kind);
        if !error.fields.is_empty() {
            let doc = Doc::ours(format!("What {{@link {name}}} carries."));
            interface(w, sdk, &doc, &payload_name(name), &error.fields, Position::Read, &mut self.uses);
        }
        w.blank();
        Doc::of(&error.docs)
            .line(format!("Status {}, code {}.", error.kind.status(), code(&error.code)))
            .paragraph(&error.remedy)
            .write(w);
        w.block(format!("export class {name} extends {base} {{"), "}", |w| {
            w.line(format!("static readonly code = {};", literal(&error.code)));
            self.shape(w, sdk, error);
            w.line(format!("override readonly name: string = {};", literal(name)));
            w.line(format!("declare readonly code: {};", literal(&error.code)));
            if !error.fields.is_empty() {
                w.line(format!("declare readonly payload: {};", payload_name(name)));
            }
        });
        self.values.insert(base);
    }

    fn shape(&mut self, w: &mut Writer, sdk: &Sdk<'_>, error: &ErrorDecl) {
        let named = |id: TypeId| sdk.names.shape(id);
        let members = sdk.shapes.members(&error.fields, &named);
        if members.is_empty() {
            return;
        }
        self.uses.core.insert("WireShape".to_owned());
        self.shapes.extend(sdk.shapes.named_in(&error.fields).into_iter().map(named));
        layout::list(w, "static override readonly payloadShape: WireShape = { fields: [", &members, "] };");
    }
}
