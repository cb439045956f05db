//! What `atlas.yaml` can say about the crate.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::names::{Target, reserved, snake};
use atlas9_emitters_core::sdk::{BASE_URL, COPYRIGHT, LICENSE, Package, REPOSITORY, given, wrong_option};
use atlas9_emitters_core::{OptionKind, OptionSpec, Options, names};
use atlas9_ir::Ir;

use crate::NAME;

/// The options of the emitter.
pub(crate) const SPECS: &[OptionSpec] = &[
    OptionSpec {
        name: "crate",
        kind: OptionKind::Text,
        default: "",
        meaning: "The crate's name on crates.io; by default the package's.",
    },
    BASE_URL,
    LICENSE,
    COPYRIGHT,
    REPOSITORY,
];

/// Names of crates that mean something else in Rust, or in the crate itself.
const TAKEN: [&str; 14] = [
    "alloc",
    "base64",
    "build",
    "core",
    "deps",
    "jiff",
    "proc-macro",
    "reqwest",
    "rust-decimal",
    "serde",
    "serde-json",
    "std",
    "test",
    "tokio",
];

/// The options, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The crate's name, `bookstore`.
    pub(crate) package: String,
    /// What all SDKs are told.
    pub(crate) shared: Package,
}

impl Settings {
    /// The effective settings, and what is wrong with the options.
    pub(crate) fn read(ir: &Ir, options: &Options) -> (Settings, Vec<Diagnostic>) {
        let (shared, mut diagnostics) = Package::read(NAME, options);
        let package = given(options, "crate").unwrap_or_else(|| by_default(&ir.package));
        if !is_crate_name(&package) {
            let help = "write it like `bookstore` or `acme-bookstore`";
            diagnostics.push(wrong_option(NAME, "crate", "is no name of a crate", help));
        }
        (Settings { package, shared }, diagnostics)
    }
}

/// The package's name, where that can be a crate's.
fn by_default(package: &str) -> String {
    let name = names::kebab(package);
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() && is_crate_name(&name) => name,
        Some(first) if first.is_ascii_alphabetic() => format!("{name}-sdk"),
        _ => format!("sdk-{name}"),
    }
}

/// Cargo's rules for names of packages, and those of crates.io.
fn is_crate_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let begun = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let kebab = name.replace('_', "-").to_ascii_lowercase();
    let free = !TAKEN.contains(&kebab.as_str()) && !reserved(Target::Rust, &snake(name));
    begun && name.len() <= 64 && name.chars().all(plain) && free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_names_are_those_of_cargo() {
        let check = |name: &str, good: bool| assert_eq!(is_crate_name(name), good, "{name:?}");
        check("bookstore", true);
        check("acme-book_store2", true);
        for bad in ["", "2fa", "a b", "a/b", "x\"", "std", "serde_json", "type", "self"] {
            check(bad, false);
        }
    }

    #[test]
    fn packages_that_are_no_crates_have_another_name() {
        let check = |package: &str, name: &str| assert_eq!(by_default(package), name);
        check("bookstore", "bookstore");
        check("nasty_names", "nasty-names");
        check("serde", "serde-sdk");
        check("2fa", "sdk-2fa");
    }
}
