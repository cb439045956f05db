//! The files of the module.

mod errors;
mod examples;
mod hidden;
mod imports;
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
use atlas9_emitters_core::calls::go::Plan;
use atlas9_emitters_core::calls::go::types::Uses;
use atlas9_emitters_core::sdk::{changelog, reference};
use atlas9_emitters_core::{BadPath, Files, Writer, header};

use crate::text::safe;
use crate::{NAME, Sdk};

/// All files.
pub(crate) fn files(sdk: &Sdk<'_>) -> Result<Files, BadPath> {
    let mut files = Files::new();
    manifest::files(sdk, &mut files)?;
    files.insert("CHANGELOG.md", changelog(sdk.plan.ir))?;
    if let Some(text) = sdk.settings.shared.licence_text() {
        files.insert("LICENSE", text)?;
    }
    files.insert("api.md", reference(sdk.plan.ir, Language::Go))?;
    let snippets = shown::snippets(&Plan::outside(sdk.plan.ir));
    files.insert("README.md", readme::text(sdk, &snippets))?;
    files.insert("example_test.go", examples::text(sdk, &snippets))?;
    runtime::files(sdk, &mut files)?;
    files.insert("models.go", models::text(sdk))?;
    if let Some(text) = errors::text(sdk) {
        files.insert("errors.go", text)?;
    }
    files.insert("client.go", index::text(sdk))?;
    if !sdk.plan.ir.service.operations.is_empty() {
        files.insert("operations.go", resource::service(sdk))?;
    }
    for (id, resource) in sdk.plan.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty())
    {
        let path = format!("{}.go", sdk.plan.names.resource(id).file);
        files.insert(&path, resource::text(sdk, id, resource))?;
    }
    Ok(files)
}

/// The line that opens a file, in the words by which Go's tools know what is generated.
fn origin(sdk: &Sdk<'_>) -> String {
    let header = header(NAME, sdk.plan.ir).replacen("Generated", "Code generated", 1);
    let header = safe(&header).replace('\n', " ");
    format!("// {}", header.replace("Do not edit.", "DO NOT EDIT."))
}

/// A file that begins with its origin, its package and what it imports.
fn go(sdk: &Sdk<'_>, uses: &Uses) -> Writer {
    let mut w = Writer::new("\t");
    w.line(origin(sdk)).blank().line(format!("package {}", sdk.plan.package));
    imports::write(&mut w, &sdk.settings.module, uses);
    w
}
