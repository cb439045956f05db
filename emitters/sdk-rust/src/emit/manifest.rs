//! `Cargo.toml`, and what the crate tells rustfmt.

use atlas9_emitters_core::sdk::description;
use atlas9_emitters_core::{BadPath, Files, Writer};

use super::{offered, origin};
use crate::Sdk;
use crate::layout::RUSTFMT;

/// From so many resources on each is a feature, so that nobody compiles all of them for one.
const MANY: usize = 20;

/// The feature that stands for all resources.
pub(super) const FULL: &str = "full";

/// The oldest Rust that compiles the crate: that of its dependencies, and of edition 2024.
pub(super) const RUST: &str = "1.85";

/// The dependencies, as they stand in the manifest.
const DEPENDENCIES: [&str; 10] = [
    "base64 = \"0.22\"",
    "futures-core = \"0.3\"",
    "jiff = { version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }",
    "reqwest = { version = \"0.13\", default-features = false, features = [\"http2\", \"rustls\"] }",
    "rust_decimal = { version = \"1\", default-features = false, features = [\"serde\", \"std\"] }",
    "serde = { version = \"1\", features = [\"derive\"] }",
    "serde_json = \"1\"",
    "serde_path_to_error = \"0.1\"",
    "tokio = { version = \"1\", features = [\"time\"] }",
    "uuid = { version = \"1\", features = [\"serde\", \"v4\"] }",
];

/// What the examples of README run in.
const TOKIO: &str = "tokio = { version = \"1\", features = [\"macros\", \"rt\"] }";

/// Adds the files.
pub(super) fn files(sdk: &Sdk<'_>, files: &mut Files) -> Result<(), BadPath> {
    files.insert("Cargo.toml", cargo(sdk))?;
    files.insert("rustfmt.toml", RUSTFMT)
}

/// True where each resource is a feature.
pub(super) fn has_features(sdk: &Sdk<'_>) -> bool {
    offered(sdk).count() > MANY
}

fn cargo(sdk: &Sdk<'_>) -> String {
    let shared = &sdk.settings.shared;
    let mut w = Writer::new("    ");
    w.line(origin(sdk).replacen("//", "#", 1)).blank().line("[package]");
    let mut entry = |name: &str, value: &str| {
        w.line(format!("{name} = {}", text(value)));
    };
    entry("name", &sdk.settings.package);
    entry("version", &sdk.ir.service.version);
    entry("edition", "2024");
    entry("rust-version", RUST);
    entry("description", &description(sdk.ir));
    if shared.is_licensed() {
        entry("license", &shared.license);
    }
    if let Some(repository) = &shared.repository {
        entry("repository", repository);
    }
    entry("readme", "README.md");
    w.line("categories = [\"api-bindings\"]");
    w.line("include = [\"/src\", \"/CHANGELOG.md\", \"/LICENSE\", \"/README.md\", \"/api.md\"]");
    if !shared.is_licensed() {
        // Nobody may use it, so that nobody shall upload it by mistake.
        w.line("publish = false");
    }
    if has_features(sdk) {
        let modules: Vec<&str> = offered(sdk).map(|(id, _)| sdk.names.resource(id).module.as_str()).collect();
        w.blank().line("[features]").line(format!("default = [\"{FULL}\"]"));
        w.block(format!("{FULL} = ["), "]", |w| {
            w.lines(modules.iter().map(|module| format!("\"{module}\",")));
        });
        w.lines(modules.iter().map(|module| format!("{module} = []")));
    }
    w.blank().line("[dependencies]").lines(DEPENDENCIES);
    w.blank().line("[dev-dependencies]").line(TOKIO);
    w.finish()
}

/// A basic string of TOML.
fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use atlas9_emitters_core::calls::rust::is_crate_name;

    use super::*;

    #[test]
    fn no_crate_has_the_name_of_what_it_needs() {
        for line in DEPENDENCIES {
            let name = line.split_once(" = ").map_or(line, |(name, _)| name);
            assert!(!is_crate_name(name), "{name}");
        }
    }

    #[test]
    fn texts_are_whole() {
        assert_eq!(text("a \"b\" \\ \n"), "\"a \\\"b\\\" \\\\ \\u000A\"");
    }
}
