//! A crate of all the code that the Rust SDK is explained with: the calls of every page, and the examples of every README.

use std::fs;
use std::path::Path;

use crate::docs::code_of;

/// The crate's name.
pub const CRATE: &str = "calls";

/// As rustfmt formats code where nobody tells it otherwise.
const MANIFEST: &str = "[package]
name = \"calls\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[dependencies]
tokio = { version = \"1\", features = [\"macros\", \"rt\"] }
";

/// What the code is not held to: nobody calls it.
const LIBRARY: &str = "//! Code of documentation.\n#![allow(clippy::all, clippy::pedantic, dead_code, deprecated, unused_variables)]\n";

/// Writes the crate beside those of these packages, which are there already.
pub fn write<'a>(workspace: &Path, packages: impl Iterator<Item = &'a str>) {
    let folder = workspace.join(CRATE);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("the folder can be made");
    let (mut manifest, mut library) = (MANIFEST.to_owned(), LIBRARY.to_owned());
    for name in packages {
        let made = workspace.join(name).join("generated");
        let text = |path: &str| fs::read_to_string(made.join(path)).expect("the file is made");
        let own = crate_name(&text("sdk-rust/Cargo.toml"));
        manifest.push_str(&format!("{own} = {{ path = \"../{name}/generated/sdk-rust\" }}\n"));
        let mut files = vec![(format!("of_{name}"), calls(name, &text("docs/index.html")))];
        let examples = examples(&text("sdk-rust/README.md"));
        assert!(examples.len() >= 4, "{name}: README has {} examples", examples.len());
        files.extend(examples.into_iter().enumerate().map(|(at, code)| (format!("of_{name}_{at}"), code)));
        for (module, code) in files {
            // Between blank lines each keeps its place.
            library.push_str(&format!("\nmod {module};\n"));
            fs::write(folder.join(format!("src/{module}.rs")), code).expect("the file can be written");
        }
    }
    let files = [("Cargo.toml", manifest), ("rustfmt.toml", String::new()), ("src/lib.rs", library)];
    files
        .iter()
        .for_each(|(path, text)| fs::write(folder.join(path), text).expect("the file can be written"));
}

/// `name = "bookstore"` of a manifest.
fn crate_name(manifest: &str) -> String {
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = \"")).expect("a crate is named");
    name.trim_end_matches('"').to_owned()
}

/// A function for each call of a page.
fn calls(name: &str, page: &str) -> String {
    let client = code_of(page, "data-t=\"rust\"").concat();
    assert!(client.starts_with("let client = "), "{name}: {client}");
    let calls = code_of(page, "data-l=\"rust\"");
    assert!(!calls.is_empty(), "{name} has no calls");
    let functions = calls.iter().enumerate().map(|(at, call)| {
        let body = format!("{client}\n{call}\nOk(())").replace('\n', "\n    ");
        format!("pub async fn call{at}() -> Result<(), Box<dyn std::error::Error>> {{\n    {body}\n}}\n")
    });
    functions.collect::<Vec<_>>().join("\n")
}

/// The blocks of Rust in a text of Markdown.
fn examples(text: &str) -> Vec<String> {
    let blocks = text.split("\n```rust,no_run\n").skip(1);
    blocks.map(|block| format!("{}\n", block.split("\n```").next().unwrap_or_default())).collect()
}
