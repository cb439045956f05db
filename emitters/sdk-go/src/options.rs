//! What `atlas.yaml` can say about the module.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::calls::go::package_name;
use atlas9_emitters_core::sdk::{BASE_URL, COPYRIGHT, LICENSE, Package, REPOSITORY, given, wrong_option};
use atlas9_emitters_core::{OptionKind, OptionSpec, Options};
use atlas9_ir::Ir;

use crate::NAME;

/// The options of the emitter.
pub(crate) const SPECS: &[OptionSpec] = &[
    OptionSpec {
        name: "module",
        kind: OptionKind::Text,
        default: "",
        meaning: "The path of the Go module; by default that of the repository, and without one `example.com/PACKAGE`.",
    },
    BASE_URL,
    LICENSE,
    COPYRIGHT,
    REPOSITORY,
];

/// The options, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The module's path, `example.com/bookstore`.
    pub(crate) module: String,
    /// What all SDKs are told.
    pub(crate) shared: Package,
}

impl Settings {
    /// The effective settings, and what is wrong with the options.
    pub(crate) fn read(ir: &Ir, options: &Options) -> (Settings, Vec<Diagnostic>) {
        let (shared, mut diagnostics) = Package::read(NAME, options);
        let repository = shared.repository.as_deref().and_then(|url| url.split_once("://"));
        let repository = repository.map(|(_, path)| path.trim_end_matches('/').trim_end_matches(".git"));
        let derived = repository.filter(|path| is_module(path)).map(str::to_owned);
        let module = given(options, "module").or(derived);
        let module = module.unwrap_or_else(|| format!("example.com/{}", package_name(&ir.package)));
        if !is_module(&module) {
            let help = "write it like `github.com/acme/bookstore-go`";
            diagnostics.push(wrong_option(NAME, "module", "is no path of a Go module", help));
        }
        (Settings { module: with_major(&module, &ir.service.version), shared }, diagnostics)
    }
}

/// From version 2 on the path says which one it is, or Go would not take it.
fn with_major(module: &str, version: &str) -> String {
    let major = version.split('.').next().unwrap_or("");
    let end = format!("/v{major}");
    match major {
        "" | "0" | "1" => module.to_owned(),
        _ if module.ends_with(&end) => module.to_owned(),
        _ => module.to_owned() + &end,
    }
}

/// Go's rules for module paths (golang.org/ref/mod), as far as a path can be published.
fn is_module(path: &str) -> bool {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        let apart = !matches!(part, "internal" | "vendor" | "testdata");
        !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && part.chars().all(plain) && apart
    };
    let host = path.split('/').next().unwrap_or("");
    let named = host.contains('.') && !host.starts_with('-') && host == host.to_ascii_lowercase();
    named && path.split('/').all(part) && path.len() <= 200
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_paths_are_those_of_go() {
        let check = |path: &str, good: bool| assert_eq!(is_module(path), good, "{path:?}");
        check("example.com/bookstore", true);
        check("github.com/acme/book-store.go/v2", true);
        for bad in [
            "",
            "bookstore",
            "example.com/",
            "/x.y",
            "example.com/a b",
            "example.com/../x",
            "example.com/x\"",
            "example.com/internal/x",
        ] {
            check(bad, false);
        }
    }

    #[test]
    fn later_versions_have_paths_of_their_own() {
        assert_eq!(with_major("example.com/x", "1.4.0"), "example.com/x");
        assert_eq!(with_major("example.com/x", "2.0.0"), "example.com/x/v2");
        assert_eq!(with_major("example.com/x/v2", "2.1.0"), "example.com/x/v2");
    }
}
