//! What `atlas.yaml` can say about the package.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::{OptionKind, OptionSpec, Options, names};
use atlas9_ir::Ir;

/// The options of the emitter.
pub(crate) const SPECS: &[OptionSpec] = &[
    OptionSpec {
        name: "package",
        kind: OptionKind::Text,
        default: "",
        meaning: "The package's name on npm; by default `@PACKAGE/sdk`.",
    },
    OptionSpec {
        name: "base_url",
        kind: OptionKind::Text,
        default: "",
        meaning: "Where the service is when neither the client's options nor its environment say so, without the \
                  service's base path.",
    },
    OptionSpec {
        name: "license",
        kind: OptionKind::Text,
        default: "UNLICENSED",
        meaning: "The licence in package.json, an SPDX expression.",
    },
    OptionSpec {
        name: "repository",
        kind: OptionKind::Text,
        default: "",
        meaning: "The address of the package's repository in package.json.",
    },
];

/// The options, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The package's name, `@bookstore/sdk`.
    pub(crate) package: String,
    /// Where the service is by default.
    pub(crate) base_url: Option<String>,
    /// An SPDX expression.
    pub(crate) license: String,
    /// The repository's address.
    pub(crate) repository: Option<String>,
}

impl Settings {
    /// The effective settings, and what is wrong with the options.
    pub(crate) fn read(ir: &Ir, options: &Options) -> (Settings, Vec<Diagnostic>) {
        let text = |name| options.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
        let settings = Settings {
            package: text("package").unwrap_or_else(|| format!("@{}/sdk", names::kebab(&ir.package))),
            base_url: text("base_url"),
            license: text("license").unwrap_or_else(|| "UNLICENSED".to_owned()),
            repository: text("repository"),
        };
        let mut diagnostics = Vec::new();
        if !is_package_name(&settings.package) {
            diagnostics.push(wrong(
                "package",
                "is no npm package name",
                "write it like `bookstore` or `@acme/bookstore`",
            ));
        }
        if settings.base_url.as_deref().is_some_and(|url| !is_base_url(url)) {
            diagnostics.push(wrong(
                "base_url",
                "is no http address",
                "write it like `https://api.example.com`",
            ));
        }
        (settings, diagnostics)
    }
}

fn wrong(option: &str, what: &str, help: &str) -> Diagnostic {
    let message = format!("the option `{option}` of `sdk-typescript` {what}");
    Diagnostic::error(codes::E0004, message).in_path("atlas.yaml").help(help)
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

fn is_base_url(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty())
        && url.chars().all(|c| c.is_ascii_graphic() && !"\"'`<>\\^{|}?#".contains(c))
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

    #[test]
    fn base_urls_are_plain() {
        let check = |url: &str, good: bool| assert_eq!(is_base_url(url), good, "{url:?}");
        check("https://api.example.com", true);
        check("http://localhost:8080/shop", true);
        for bad in
            ["", "https://", "ftp://x", "https://x\"", "https://x?y", "javascript:alert(1)", "https://x y"]
        {
            check(bad, false);
        }
    }
}
