//! What `atlas.yaml` can say about the package.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::sdk::{BASE_URL, COPYRIGHT, LICENSE, Package, REPOSITORY, given, wrong_option};
use atlas9_emitters_core::{OptionKind, OptionSpec, Options, names};
use atlas9_ir::Ir;

use crate::NAME;

/// The options of the emitter.
pub(crate) const SPECS: &[OptionSpec] = &[
    OptionSpec {
        name: "package",
        kind: OptionKind::Text,
        default: "",
        meaning: "The package's name on npm; by default `@PACKAGE/sdk`.",
    },
    BASE_URL,
    LICENSE,
    COPYRIGHT,
    REPOSITORY,
];

/// The options, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The package's name, `@bookstore/sdk`.
    pub(crate) package: String,
    /// What all SDKs are told.
    pub(crate) shared: Package,
}

impl Settings {
    /// The effective settings, and what is wrong with the options.
    pub(crate) fn read(ir: &Ir, options: &Options) -> (Settings, Vec<Diagnostic>) {
        let (shared, wrong) = Package::read(NAME, options);
        let package =
            given(options, "package").unwrap_or_else(|| format!("@{}/sdk", names::kebab(&ir.package)));
        let mut diagnostics = Vec::new();
        if !is_package_name(&package) {
            let help = "write it like `bookstore` or `@acme/bookstore`";
            diagnostics.push(wrong_option(NAME, "package", "is no npm package name", help));
        }
        diagnostics.extend(wrong);
        (Settings { package, shared }, diagnostics)
    }
}

/// npm's rules for new names: `validate-npm-package-name`.
fn is_package_name(name: &str) -> bool {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
        !part.is_empty() && !part.starts_with(['.', '_']) && part.chars().all(plain)
    };
    let parts_fit = match name.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/').is_some_and(|(scope, name)| part(scope) && part(name)),
        None => part(name),
    };
    parts_fit && name.len() <= 214 && name != "node_modules" && name != "favicon.ico"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names_are_those_of_npm() {
        let check = |name: &str, good: bool| assert_eq!(is_package_name(name), good, "{name:?}");
        check("bookstore", true);
        check("@acme/book-store.sdk", true);
        for bad in
            ["", "Bookstore", "@acme", "@acme/", "@/x", "a b", "../x", ".x", "_x", "a/b", "@a/b/c", "x\"y"]
        {
            check(bad, false);
        }
    }
}
