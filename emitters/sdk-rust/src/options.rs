//! What `atlas.yaml` can say about the crate.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::calls::rust::{crate_name, is_crate_name};
use atlas9_emitters_core::sdk::{BASE_URL, COPYRIGHT, LICENSE, Package, REPOSITORY, given, wrong_option};
use atlas9_emitters_core::{OptionKind, OptionSpec, Options};
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
        let package = given(options, "crate").unwrap_or_else(|| crate_name(&ir.package));
        if !is_crate_name(&package) {
            let help = "write it like `bookstore` or `acme-bookstore`";
            diagnostics.push(wrong_option(NAME, "crate", "is no name of a crate", help));
        }
        (Settings { package, shared }, diagnostics)
    }
}
