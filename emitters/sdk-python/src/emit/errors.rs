//! `errors.py`: a class for each declared error.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::python::attribute;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::Position;
use atlas9_ir::ErrorDecl;

use super::classes::{self, Member, members};
use super::imports::Imports;
use super::{apart, python};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::names::kind_class;
use crate::text::{Doc, code, literal};

/// What every error has.
const MEMBERS: [&str; 13] = [
    "add_note",
    "args",
    "code",
    "detail",
    "errors",
    "headers",
    "kind",
    "problem",
    "remedy",
    "request_id",
    "retryable",
    "status",
    "with_traceback",
];

/// The file. Errors of the standard library have classes in the runtime.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let declared = || sdk.ir.errors.iter().filter(|(_, error)| !is_standard(error));
    let fields = declared().flat_map(|(_, error)| &error.fields).map(attribute);
    let names: BTreeSet<String> = fields.chain(MEMBERS.map(str::to_owned)).collect();
    let mut imports = Imports::new(names, &sdk.names.exported, ".");
    let mut w = Writer::new("    ");
    for (id, error) in declared() {
        class(&mut w, sdk, sdk.names.of_error(id), error, &mut imports);
    }
    python(sdk, "The errors that the service declares.", &imports, &w.finish())
}

fn class(w: &mut Writer, sdk: &Sdk<'_>, name: &str, error: &ErrorDecl, imports: &mut Imports) {
    let base = imports.get("core.errors", &kind_class(error.kind));
    apart(w);
    w.line(format!("class {name}({base}):"));
    w.indented(|w| {
        let doc =
            Doc::of(&error.docs).line(format!("Status {}, code {}.", error.kind.status(), code(&error.code)));
        describe::deprecated(doc.paragraph(&error.remedy), error.deprecated.as_ref()).write(w);
        w.blank();
        let (var, text) = (imports.get("typing", "ClassVar"), imports.get("builtins", "str"));
        w.line(format!("__error_code__: {var}[{text}] = {}", literal(&error.code)));
        let readable = error.fields.iter().filter(|field| field.readable());
        let mut members = members(sdk, readable, Position::Read, imports);
        members.iter_mut().for_each(rename);
        if !members.is_empty() {
            payload(w, &members, imports);
        }
    });
}

/// Clear of what every error has.
fn rename(member: &mut Member<'_>) {
    if MEMBERS.contains(&member.name.as_str()) {
        member.name.push('_');
    }
}

fn payload(w: &mut Writer, members: &[Member<'_>], imports: &mut Imports) {
    w.blank();
    for member in members {
        w.line(layout::annotated(w, &member.name, &member.annotation, ""));
        member.doc.write(w);
    }
    let [map, any] =
        [("collections.abc", "Mapping"), ("typing", "Any")].map(|(module, name)| imports.get(module, name));
    let [text, int] = ["str", "int"].map(|name| imports.get("builtins", name));
    let arguments = [
        "self".to_owned(),
        format!("problem: {map}[{text}, {any}]"),
        format!("status: {int}"),
        format!("headers: {map}[{text}, {text}]"),
    ];
    w.blank();
    layout::list(w, "def __init__(", &arguments, ") -> None:");
    w.indented(|w| {
        w.line("super().__init__(problem, status, headers)");
        for member in members {
            classes::read(w, member, &member.source("problem"), "self.");
        }
    });
}
