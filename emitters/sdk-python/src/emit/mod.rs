//! The files of the package, one module for each.

mod classes;
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
mod unions;

use atlas9_emitters_core::calls::Language;
use atlas9_emitters_core::sdk::{changelog, reference};
use atlas9_emitters_core::{BadPath, Files, Writer, header};

use crate::text::{Doc, safe};
use crate::{NAME, Sdk};

pub(crate) use imports::Imports;

/// All files.
pub(crate) fn files(sdk: &Sdk<'_>) -> Result<Files, BadPath> {
    let mut files = Files::new();
    files.insert("pyproject.toml", manifest::text(sdk))?;
    files.insert("README.md", readme::text(sdk))?;
    files.insert("CHANGELOG.md", changelog(sdk.ir))?;
    if let Some(text) = sdk.settings.shared.licence_text() {
        files.insert("LICENSE", text)?;
    }
    files.insert("api.md", reference(sdk.ir, Language::Python))?;
    runtime::files(sdk, &mut files)?;
    let top = format!("src/{}", sdk.settings.module);
    files.insert(&format!("{top}/py.typed"), "")?;
    files.insert(&format!("{top}/__init__.py"), index::text(sdk))?;
    files.insert(&format!("{top}/_client.py"), index::client(sdk))?;
    files.insert(&format!("{top}/models.py"), models::text(sdk))?;
    files.insert(&format!("{top}/errors.py"), errors::text(sdk))?;
    let resources = format!("{top}/resources");
    files.insert(&format!("{resources}/__init__.py"), resource::index(sdk))?;
    for (id, resource) in sdk.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty()) {
        let path = format!("{resources}/{}.py", sdk.names.resource(id).module);
        files.insert(&path, resource::text(sdk, id, resource))?;
    }
    Ok(files)
}

/// A file: where it comes from, what it is, what it imports, what it says.
fn python(sdk: &Sdk<'_>, what: &str, imports: &Imports, body: &str) -> String {
    let mut w = Writer::new("    ");
    w.line(origin(sdk));
    Doc::default().line(what).write(&mut w);
    w.blank();
    imports.write(&mut w);
    let body = body.trim();
    if body.is_empty() {
        return w.finish();
    }
    w.line("");
    if ["class ", "def ", "@"].iter().any(|start| body.starts_with(start)) {
        w.line("");
    }
    w.line(body);
    w.finish()
}

/// The line that opens a file.
fn origin(sdk: &Sdk<'_>) -> String {
    format!("# {}", safe(&header(NAME, sdk.ir)).replace('\n', " "))
}

/// The two empty lines before what stands at the top of a file.
fn apart(w: &mut Writer) {
    w.line("").line("");
}
