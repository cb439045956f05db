//! `errors.rs`: what each declared error carries; and the enum of an operation's own errors.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::rust::error_of;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::rust::Scope;
use atlas9_emitters_core::sdk::Position;
use atlas9_emitters_core::text::code;
use atlas9_ir::{ErrorDecl, ErrorId, Operation};

use super::models::{Member, Structure};
use crate::Sdk;
use crate::describe;
use crate::text::{Doc, literal};

/// The module of declared errors.
const ERRORS: &str = "crate::errors";

/// The file; nothing where no error is declared. Errors of the standard library carry nothing of their own.
pub(super) fn text(sdk: &Sdk<'_>) -> Option<String> {
    let declared: Vec<(ErrorId, &ErrorDecl)> =
        sdk.ir.errors.iter().filter(|(_, error)| !is_standard(error)).collect();
    let scope = Scope::new(ERRORS, declared.iter().map(|(id, _)| sdk.names.of_error(*id).to_owned()));
    let mut body = Writer::new("    ");
    for (id, error) in &declared {
        let facts = format!("Status {}, code {}.", error.kind.status(), code(&error.code));
        let doc = Doc::of_or(&error.docs, "An error of the service.").paragraph(&facts);
        let fields = error.fields.iter().filter(|field| field.readable());
        let structure = Structure {
            doc: doc.paragraph(&error.remedy),
            name: sdk.names.of_error(*id),
            deprecated: error.deprecated.as_ref(),
            members: fields.map(|field| Member::of(sdk, &scope, field, Position::Read, None)).collect(),
            serde: &["Deserialize"],
            open: true,
        };
        structure.write(&mut body, &scope);
    }
    (!declared.is_empty()).then(|| super::rust(sdk, "What the service's errors carry.", &scope, body))
}

/// The type of an operation's errors.
pub(super) fn of_operation(sdk: &Sdk<'_>, scope: &Scope, operation: &Operation, marker: &str) -> String {
    match own(sdk, operation).is_empty() {
        true => scope.item("crate::api", "Problem"),
        false => error_of(marker),
    }
}

/// What the method of an operation says of errors of its own; nothing where it has none.
pub(super) fn said(sdk: &Sdk<'_>, operation: &Operation, marker: &str) -> Doc {
    match own(sdk, operation).is_empty() {
        true => Doc::default(),
        false => Doc::ours(&format!("What it fails with is in [`{}`].", error_of(marker))),
    }
}

/// The enum of an operation's own errors, where it has some.
pub(super) fn write(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    scope: &Scope,
    operation: &Operation,
    marker: &str,
    called: &str,
) {
    let own = own(sdk, operation);
    if own.is_empty() {
        return;
    }
    sdk.macros.failures.set(true);
    let variant = |id: ErrorId| sdk.names.of_error(id).to_owned();
    let unknown = if own.iter().any(|id| variant(*id) == "Unknown") { "Other" } else { "Unknown" };
    let name = error_of(marker);
    let (declared, problem) = (scope.item("crate::api", "Declared"), scope.item("crate::api", "Problem"));
    w.blank();
    Doc::ours(&format!("What {} fails with.", code(called))).write(w);
    w.line("#[derive(Clone, Debug)]").line("#[non_exhaustive]");
    w.block(format!("pub enum {name} {{"), "}", |w| {
        for id in &own {
            let error = &sdk.ir.errors[*id];
            Doc::of_or(&error.docs, &format!("{}.", code(&error.code))).write(w);
            describe::deprecated(w, error.deprecated.as_ref());
            w.line(format!("{}({declared}<{}>),", variant(*id), scope.item(ERRORS, &variant(*id))));
        }
        w.line("/// Any other error that the service answers with.");
        w.line(format!("{unknown}({problem}),"));
    });
    w.blank().block(format!("operation_error!({name}, {unknown} {{"), "});", |w| {
        w.lines(own.iter().map(|id| format!("{} = {},", variant(*id), literal(&sdk.ir.errors[*id].code))));
    });
}

fn own(sdk: &Sdk<'_>, operation: &Operation) -> Vec<ErrorId> {
    operation.errors.iter().copied().filter(|id| !is_standard(&sdk.ir.errors[*id])).collect()
}
