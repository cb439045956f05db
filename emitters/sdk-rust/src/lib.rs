//! The Rust SDK: a crate around reqwest, written from the model.
//!
//! Whatever does not depend on the schema is hand-written Rust in `runtime/`, copied as it is.

mod describe;
mod emit;
mod layout;
mod options;
mod scalars;
mod text;
mod types;

use std::cell::Cell;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::calls::rust::{Names, SDK};
use atlas9_emitters_core::sdk::Positions;
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionSpec, Survey};
use atlas9_ir::Ir;

use crate::options::Settings;

/// Makes a Rust client as a crate.
pub struct SdkRust;

impl Emitter for SdkRust {
    fn name(&self) -> &'static str {
        NAME
    }

    fn summary(&self) -> &'static str {
        "a Rust client as a crate around reqwest"
    }

    fn options(&self) -> &'static [OptionSpec] {
        options::SPECS
    }

    fn survey(&self, ir: &Ir, context: &Context<'_>) -> Survey {
        let diagnostics = Sdk::plan(ir, context).err().unwrap_or_default();
        Survey { diagnostics, ..Survey::default() }
    }

    fn emit(&self, ir: &Ir, context: &Context<'_>) -> Emitted {
        let sdk = match Sdk::plan(ir, context) {
            Ok(sdk) => sdk,
            Err(diagnostics) => return Emitted { diagnostics, ..Emitted::default() },
        };
        match emit::files(&sdk) {
            Ok(files) => Emitted { files, ..Emitted::default() },
            Err(bad) => {
                let error = Diagnostic::error(codes::E0702, format!("{SDK} has a bad path: {bad}"));
                Emitted { diagnostics: vec![error.help("rename the resource")], ..Emitted::default() }
            }
        }
    }
}

const NAME: &str = "sdk-rust";

/// All that the files are written from.
struct Sdk<'a> {
    ir: &'a Ir,
    settings: Settings,
    positions: Positions,
    names: Names,
    /// Which macros the files written so far need.
    macros: Macros,
}

/// Macros of the runtime: one that nobody uses would be a warning.
#[derive(Debug, Default)]
struct Macros {
    texts: Cell<bool>,
    failures: Cell<bool>,
}

impl Sdk<'_> {
    /// What the files are written from, or what they cannot express.
    fn plan<'a>(ir: &'a Ir, context: &Context<'_>) -> Result<Sdk<'a>, Vec<Diagnostic>> {
        let (settings, mut diagnostics) = Settings::read(ir, context.options);
        let positions = Positions::of(ir);
        let (names, collisions) = Names::plan(ir, &positions);
        diagnostics.extend(collisions);
        match diagnostics.is_empty() {
            true => Ok(Sdk { ir, settings, positions, names, macros: Macros::default() }),
            false => Err(diagnostics),
        }
    }
}
