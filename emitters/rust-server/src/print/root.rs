//! `mod.rs`: the modules, and what they hold under one name.

use atlas9_emitters_core::Writer;
use quote::quote;

use super::scope::ident;
use super::{Input, Module, docs, service};
use crate::names;

/// Why the compiler is not to ask for a use of everything: a binary sees no other crate that could use it.
const UNUSED: &str = "reason = \"a server uses what it overrides\"";

/// The file's text. Written so that rustfmt leaves it as it is; the modules and the list that it would format otherwise
/// are marked to be left alone.
pub(crate) fn text(head: &str, input: &Input<'_>, modules: &[Module]) -> String {
    let included = input.options.text("layout") == Some("include");
    let mut w = Writer::new("    ");
    w.line(head);
    // What is included cannot have documentation of its own.
    if !included {
        w.line(format!("//! {}", docs::line(&service::title(input.lowered.service))));
    }
    for Module { name, docs, in_tests, .. } in modules {
        w.blank().line(format!("/// {docs}"));
        if *in_tests {
            w.line("#[cfg(test)]");
        }
        w.line(format!("#[allow(dead_code, {UNUSED})]")).line("#[rustfmt::skip]");
        match included {
            true => w.block(format!("pub mod {name} {{"), "}", |w| {
                w.line(format!("include!(\"{name}.rs\");"));
            }),
            false => w.line(format!("pub mod {name};")),
        };
    }
    let mut resources: Vec<_> = input.ir.resources.values().map(names::module).collect();
    resources.sort();
    if !resources.is_empty() {
        w.blank().line("/// What the server does by itself, to be called from code of one's own.");
        w.line(format!("#[allow(unused_imports, {UNUSED})]"));
        w.block("pub mod default {", "}", |w| {
            w.lines(resources.iter().map(|module| format!("pub use super::{module};")));
        });
    }
    w.blank().line(format!("#[allow(unused_imports, {UNUSED})]")).line("#[rustfmt::skip]");
    w.line(exported(modules));
    w.finish()
}

/// One `use` of all that the modules give to the one above.
fn exported(modules: &[Module]) -> String {
    let modules = modules.iter().filter(|module| !module.exports.is_empty()).map(|module| {
        let mut exports = module.exports.clone();
        exports.sort();
        let (name, exports) = (ident(&module.name), exports.iter().map(|name| ident(name)));
        quote!(#name::{#(#exports),*})
    });
    let file = syn::parse2(quote!(pub use self::{#(#modules),*};));
    file.map(|file| prettyplease::unparse(&file).trim_end().to_owned()).unwrap_or_default()
}
