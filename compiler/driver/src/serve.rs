//! What `atlas9 serve` runs: the descriptors that the generated server has as `static` data.

use atlas9_descriptor::{Migration, Service};
use atlas9_diagnostics::Diagnostic;
use atlas9_emit_rust_server::{Embed, lower};
use atlas9_ir::Ir;

use crate::config::Config;
use crate::emit::{Output, Target, emit};

/// The service of a model, with its migrations, its OpenAPI document and its reference; options are those of `atlas.yaml`.
///
/// # Errors
/// What the SQL, the OpenAPI document, the reference or the runtime cannot express.
pub fn service(ir: &Ir, config: &Config) -> Result<&'static Service, Vec<Diagnostic>> {
    let mut targets: Vec<Target> =
        ["docs", "openapi", "sql"].into_iter().filter_map(|name| Target::new(name, name)).collect();
    // The page says what the package wants it to say; migrations and the document are complete whatever it generates.
    if let (Some(docs), Some(given)) = (targets.first_mut(), config.emit.get("docs")) {
        docs.options = given.options.clone();
    }
    let emission = emit(ir, &targets);
    if emission.has_errors() {
        return Err(emission.diagnostics);
    }
    let file = |path: &str| text(&emission.outputs, path);
    let problem_base = config.emit.get("rust-server").and_then(|emit| emit.options.text("problem_base"));
    let embed = Embed {
        openapi: file("openapi.json"),
        docs: file("index.html"),
        sqlite: vec![migration(file("sqlite/0001_create.up.sql"))],
        postgres: vec![migration(file("postgres/0001_create.up.sql"))],
        problem_base: problem_base.unwrap_or_default().to_owned(),
    };
    lower(ir, embed)
}

fn text(outputs: &[Output], path: &str) -> String {
    outputs.iter().find_map(|output| output.files.get(path)).unwrap_or_default().to_owned()
}

/// The one migration there is: everything from nothing.
fn migration(up: String) -> Migration {
    // The descriptors are leaked as a whole, see `lower`.
    Migration { version: 1, description: "create", up: Box::leak(up.into_boxed_str()) }
}
