//! The files of the crate.

mod errors;
mod index;
mod inputs;
mod manifest;
mod models;
mod operations;
mod readme;
mod resource;
mod runtime;
mod shown;
mod unions;

use atlas9_emitters_core::calls::Language;
use atlas9_emitters_core::calls::rust::{Calls, Plan};
use atlas9_emitters_core::rust::Scope;
use atlas9_emitters_core::sdk::{changelog, reference_by};
use atlas9_emitters_core::{BadPath, Files, Writer, header};
use atlas9_ir::{Resource, ResourceId};

use crate::layout;
use crate::text::Doc;
use crate::{NAME, Sdk};

/// All files.
pub(crate) fn files(sdk: &Sdk<'_>) -> Result<Files, BadPath> {
    let mut files = Files::new();
    manifest::files(sdk, &mut files)?;
    let calls = Calls(Plan::of(sdk.ir, &sdk.settings.package));
    files.insert("README.md", readme::text(sdk, &calls))?;
    files.insert("CHANGELOG.md", changelog(sdk.ir))?;
    if let Some(text) = sdk.settings.shared.licence_text() {
        files.insert("LICENSE", text)?;
    }
    files.insert("api.md", reference_by(sdk.ir, Language::Rust, &calls))?;
    files.insert("src/types.rs", models::text(sdk))?;
    if let Some(text) = errors::text(sdk) {
        files.insert("src/errors.rs", text)?;
    }
    files.insert("src/client.rs", index::client(sdk))?;
    if !sdk.ir.service.operations.is_empty() {
        files.insert("src/operations.rs", resource::of_service(sdk))?;
    }
    for (id, resource) in offered(sdk) {
        let path = format!("src/{}.rs", sdk.names.resource(id).module);
        files.insert(&path, resource::text(sdk, id, resource))?;
    }
    // These ask which macros the others need.
    runtime::files(sdk, &mut files)?;
    files.insert("src/lib.rs", index::library(sdk))?;
    Ok(files)
}

/// The resources with operations.
fn offered<'a>(sdk: &Sdk<'a>) -> impl Iterator<Item = (ResourceId, &'a Resource)> {
    sdk.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty())
}

/// What a file begins with.
fn origin(sdk: &Sdk<'_>) -> String {
    let header = atlas9_emitters_core::rust::docs::line(&header(NAME, sdk.ir));
    format!("// {header}")
}

/// A file that begins with its origin, what it is and what it imports.
fn rust(sdk: &Sdk<'_>, about: &str, scope: &Scope, body: Writer) -> String {
    let mut w = Writer::new("    ");
    w.line(origin(sdk)).blank();
    Doc::ours(about).write_inner(&mut w);
    w.blank();
    layout::imports(&mut w, &scope.imports(|_| true));
    w.blank().line(body.finish().trim_end());
    w.finish()
}
