//! The files of the package, one module for each.

mod errors;
mod imports;
mod index;
mod inputs;
mod manifest;
mod models;
mod operations;
mod readme;
mod resource;
mod runtime;
mod shapes;
mod unions;

use atlas9_emitters_core::calls::Language;
use atlas9_emitters_core::sdk::{changelog, reference};
use atlas9_emitters_core::{BadPath, Files, Writer, header};

use crate::text::safe;
use crate::{NAME, Sdk};

pub(crate) use runtime::CORE_EXPORTS;

/// All files.
pub(crate) fn files(sdk: &Sdk<'_>) -> Result<Files, BadPath> {
    let mut files = Files::new();
    manifest::files(sdk, &mut files)?;
    files.insert("README.md", readme::text(sdk))?;
    files.insert("CHANGELOG.md", changelog(sdk.ir))?;
    if let Some(text) = sdk.settings.shared.licence_text() {
        files.insert("LICENSE", text)?;
    }
    files.insert("api.md", reference(sdk.ir, Language::TypeScript))?;
    runtime::files(sdk, &mut files)?;
    files.insert("src/types.ts", models::text(sdk))?;
    files.insert("src/errors.ts", errors::text(sdk))?;
    files.insert("src/client.ts", index::client(sdk))?;
    files.insert("src/index.ts", index::text(sdk))?;
    if let Some(text) = shapes::text(sdk) {
        files.insert("src/shapes.ts", text)?;
    }
    if !sdk.ir.service.operations.is_empty() {
        files.insert("src/operations.ts", resource::service(sdk))?;
    }
    for (id, resource) in sdk.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty()) {
        let path = format!("src/{}.ts", sdk.names.resource(id).module);
        files.insert(&path, resource::text(sdk, id, resource))?;
    }
    Ok(files)
}

/// A file that begins with its origin.
fn typescript(sdk: &Sdk<'_>) -> Writer {
    let mut w = Writer::new("  ");
    w.line(format!("// {}", safe(&header(NAME, sdk.ir)).replace('\n', " "))).blank();
    w
}
