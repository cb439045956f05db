//! `errors.go`: a type for each declared error.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go::kind_type;
use atlas9_emitters_core::calls::go::types::Uses;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::Position;
use atlas9_emitters_core::text::code;
use atlas9_ir::{ErrorDecl, ErrorId};

use super::models::members;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal};

/// What every error has, which a field of its own must not hide.
const MEMBERS: [&str; 16] = [
    "Body",
    "Code",
    "Detail",
    "Error",
    "Failures",
    "Header",
    "Instance",
    "Into",
    "Kind",
    "Problem",
    "Remedy",
    "RequestID",
    "Retryable",
    "Status",
    "Title",
    "Unwrap",
];

/// The file; nothing where no error is declared. Errors of the standard library have types in the runtime.
pub(super) fn text(sdk: &Sdk<'_>) -> Option<String> {
    let mut uses = Uses::from(["api"]);
    let mut body = Writer::new("\t");
    for (id, error) in sdk.plan.ir.errors.iter().filter(|(_, error)| !is_standard(error)) {
        one(&mut body, sdk, id, error, &mut uses);
    }
    let body = body.finish();
    let mut w = super::go(sdk, &uses);
    w.blank().line(body.trim_end());
    (!body.is_empty()).then(|| w.finish())
}

/// The variable with which an operation declares the error.
pub(super) fn variable(sdk: &Sdk<'_>, id: ErrorId) -> String {
    format!("declared{}", sdk.plan.names.of_error(id))
}

fn one(w: &mut Writer, sdk: &Sdk<'_>, id: ErrorId, error: &ErrorDecl, uses: &mut Uses) {
    let name = sdk.plan.names.of_error(id);
    let kind = kind_type(error.kind);
    let facts = format!("Status {}, code {}.", error.kind.status(), code(&error.code));
    let doc = Doc::of_or(&error.docs, &format!("{name} is an error of the service.")).sentence(facts);
    let doc = describe::deprecated(doc.paragraph(&error.remedy), error.deprecated.as_ref());
    w.blank();
    doc.write(w);
    w.block(format!("type {name} struct {{"), "}", |w| {
        w.line(format!("*api.{kind} `json:\"-\"`"));
        let taken: Vec<&str> = MEMBERS.into_iter().chain([kind.as_str()]).collect();
        let fields = error.fields.iter().filter(|field| field.readable());
        let lines = members(sdk, fields, Position::Read, &taken, uses);
        if !lines.is_empty() {
            w.blank();
        }
        layout::lines(w, &lines);
    });
    w.blank();
    Doc::ours("Unwrap gives the error of its kind.").write(w);
    w.block(format!("func (e *{name}) Unwrap() error {{"), "}", |w| {
        w.line(format!("return e.{kind}"));
    });
    w.blank();
    let open = format!(
        "var {} = api.Declared{{Code: {}, Of: func(p *api.Problem) error {{",
        variable(sdk, id),
        literal(&error.code)
    );
    w.block(open, "}}", |w| {
        w.line(format!("return p.Into(&{name}{{{kind}: &api.{kind}{{Problem: p}}}})"));
    });
}
