//! `mod.rs`: the modules, and what they hold under one name.

use atlas9_emitters_core::Writer;
use quote::quote;

use super::scope::ident;
use super::{Input, Module};
use crate::names;

/// The file's text. Written so that rustfmt leaves it as it is; the modules and lists that it would format otherwise
/// are marked to be left alone.
pub(crate) fn text(head: &str, input: &Input<'_>, modules: &[Module]) -> String {
    let mut w = Writer::new("    ");
    w.line(head);
    for Module { name, docs, .. } in modules {
        w.blank().line(format!("/// {docs}"));
        w.line("#[allow(dead_code, reason = \"a server uses what it overrides\")]").line("#[rustfmt::skip]");
        match input.options.text("layout") {
            Some("include") => w.block(format!("pub mod {name} {{"), "}", |w| {
                w.line(format!("include!(\"{name}.rs\");"));
            }),
            _ => w.line(format!("pub mod {name};")),
        };
    }
    w.blank().line("/// What the server does by itself, to be called from code of one's own.");
    w.block("pub mod default {", "}", |w| {
        let mut resources: Vec<_> = input.ir.resources.values().map(names::module).collect();
        resources.sort();
        w.lines(resources.iter().map(|module| format!("pub use super::{module};")));
    });
    for module in modules {
        w.blank().line("#[rustfmt::skip]").line(exported(module));
    }
    w.finish()
}

fn exported(module: &Module) -> String {
    let mut exports = module.exports.clone();
    exports.sort();
    let (name, exports) = (ident(&module.name), exports.iter().map(|name| ident(name)));
    let file = syn::parse2(quote!(pub use self::#name::{#(#exports),*};));
    file.map(|file| prettyplease::unparse(&file).trim_end().to_owned()).unwrap_or_default()
}
