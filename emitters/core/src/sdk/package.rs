//! What the manifests of all packages say: options of `atlas.yaml` that each SDK has.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{AuthKind, Ir};

use crate::text::printable;
use crate::{OptionKind, OptionSpec, Options, names};

/// The option `base_url`.
pub const BASE_URL: OptionSpec = OptionSpec {
    name: "base_url",
    kind: OptionKind::Text,
    default: "",
    meaning: "Where the service is when neither the client's options nor its environment say so, without the \
              service's base path.",
};

/// The option `license`.
pub const LICENSE: OptionSpec = OptionSpec {
    name: "license",
    kind: OptionKind::Text,
    default: "UNLICENSED",
    meaning: "The licence in the manifest, an SPDX expression.",
};

/// The option `copyright`.
pub const COPYRIGHT: OptionSpec = OptionSpec {
    name: "copyright",
    kind: OptionKind::Text,
    default: "",
    meaning: "Who holds the copyright, as the text of the licence names them: `2026 Acme Ltd`. With it the package has the text of \
              a licence that is Apache-2.0, BSD-2-Clause, BSD-3-Clause, ISC, MIT, MPL-2.0, or several of them.",
};

/// The option `repository`.
pub const REPOSITORY: OptionSpec = OptionSpec {
    name: "repository",
    kind: OptionKind::Text,
    default: "",
    meaning: "The address of the package's repository in the manifest.",
};

/// What the options say that every SDK has.
#[derive(Clone, Debug)]
pub struct Package {
    /// Where the service is by default.
    pub base_url: Option<String>,
    /// An SPDX expression; `UNLICENSED` where none is given.
    pub license: String,
    /// Who holds the copyright, on one line.
    pub copyright: Option<String>,
    /// The repository's address.
    pub repository: Option<String>,
}

impl Package {
    /// The effective options of the emitter, and what is wrong with them.
    pub fn read(emitter: &str, options: &Options) -> (Package, Vec<Diagnostic>) {
        let text = |spec: OptionSpec| given(options, spec.name);
        let package = Package {
            base_url: text(BASE_URL),
            license: text(LICENSE).unwrap_or_else(|| LICENSE.default.to_owned()),
            copyright: text(COPYRIGHT).map(|holder| one_line(&holder)),
            repository: text(REPOSITORY),
        };
        let help = "write it like `https://api.example.com`";
        let wrong = |option| wrong_option(emitter, option, "is no http address", help);
        let addresses = [(BASE_URL.name, &package.base_url), (REPOSITORY.name, &package.repository)];
        let bad = addresses.into_iter().filter(|(_, url)| url.as_deref().is_some_and(|url| !is_address(url)));
        let found = bad.map(|(option, _)| wrong(option)).collect();
        (package, found)
    }

    /// True where the schema's author has said under which licence others may use the package.
    pub fn is_licensed(&self) -> bool {
        self.license != LICENSE.default
    }
}

/// The text of an option; nothing where it is empty.
pub fn given(options: &Options, name: &str) -> Option<String> {
    options.text(name).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// An option of an emitter that cannot be used.
pub fn wrong_option(emitter: &str, option: &str, what: &str, help: &str) -> Diagnostic {
    let message = format!("the option `{option}` of `{emitter}` {what}");
    Diagnostic::error(codes::E0004, message).in_path("atlas.yaml").help(help)
}

/// The first line of what the schema says of the service.
pub fn description(ir: &Ir) -> String {
    let docs = [&ir.service.docs, &ir.docs].into_iter().find(|docs| !docs.trim().is_empty());
    let line = docs.and_then(|docs| docs.trim().lines().next());
    line.map_or_else(|| format!("A client of {}.", ir.service.name), printable)
}

/// What the names of a package's environment variables begin with: `BOOKSTORE`, of `BOOKSTORE_API_KEY`.
pub fn environment(ir: &Ir) -> String {
    names::shouty(&ir.service.name)
}

/// A product of `User-Agent` (RFC 9110, section 10.1.5), made of the characters of a token.
pub fn agent(ir: &Ir, language: &str) -> String {
    let token = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || ".-+_".contains(c) { c } else { '-' }).collect()
    };
    format!("{}-{language}/{}", token(&ir.package), token(&ir.service.version))
}

/// How a key travels unless the client is told otherwise: the first way that the service declares.
pub fn auth_scheme(ir: &Ir) -> AuthKind {
    ir.service.auth.first().map_or(AuthKind::Bearer, |auth| auth.kind)
}

fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    // Clients refuse a password in it.
    host.is_some_and(|host| !host.is_empty() && !host.split('/').next().unwrap_or_default().contains('@'))
        && url.chars().all(|c| c.is_ascii_graphic() && !"\"'`<>\\^{|}?#".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        let check = |url: &str, good: bool| assert_eq!(is_address(url), good, "{url:?}");
        check("https://api.example.com", true);
        check("http://localhost:8080/shop", true);
        check("https://api.example.com/@v1", true);
        check("https://me:secret@api.example.com", false);
        for bad in
            ["", "https://", "ftp://x", "https://x\"", "https://x?y", "javascript:alert(1)", "https://x y"]
        {
            check(bad, false);
        }
    }
}
