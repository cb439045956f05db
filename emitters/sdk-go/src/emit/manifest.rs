//! `go.mod` and `doc.go`.

use atlas9_emitters_core::sdk::environment;
use atlas9_emitters_core::{BadPath, Files, Writer};

use super::origin;
use crate::Sdk;
use crate::text::Doc;

/// The oldest Go that the Go team supports.
pub(super) const GO: &str = "1.25";

/// Adds the files.
pub(super) fn files(sdk: &Sdk<'_>, files: &mut Files) -> Result<(), BadPath> {
    files.insert("go.mod", format!("module {}\n\ngo {GO}\n", sdk.settings.module))?;
    files.insert("doc.go", package(sdk))
}

/// The comment of the package.
fn package(sdk: &Sdk<'_>) -> String {
    let (package, service) = (&sdk.plan.package, &sdk.plan.ir.service);
    let environment = environment(sdk.plan.ir);
    let docs = if service.docs.trim().is_empty() { &sdk.plan.ir.docs } else { &service.docs };
    let mut w = Writer::new("\t");
    w.line(origin(sdk)).blank();
    let said = Doc::ours(format!("Package {package} is a client of {}.", service.name));
    said.and(Doc::of(docs))
        .and(Doc::ours(format!(
            "Make one with [New]: the key and the address come from {environment}_API_KEY and {environment}_BASE_URL, or from options."
        )))
        .write(&mut w);
    w.line(format!("package {package}"));
    w.finish()
}
