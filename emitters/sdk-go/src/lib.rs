//! The Go SDK: a module that needs the standard library alone, written from the model.
//!
//! Whatever does not depend on the schema is hand-written Go in `runtime/`, copied but for the module's path.

mod describe;
mod emit;
mod layout;
mod options;
mod text;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::calls::go::{Plan, SDK};
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionSpec, Survey};
use atlas9_ir::Ir;

use crate::options::Settings;

/// Makes a Go client as a module.
pub struct SdkGo;

impl Emitter for SdkGo {
    fn name(&self) -> &'static str {
        NAME
    }

    fn summary(&self) -> &'static str {
        "a Go client as a module that needs the standard library alone"
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

const NAME: &str = "sdk-go";

/// All that the files are written from.
struct Sdk<'a> {
    plan: Plan<'a>,
    settings: Settings,
}

impl Sdk<'_> {
    /// What the files are written from, or what they cannot express.
    fn plan<'a>(ir: &'a Ir, context: &Context<'_>) -> Result<Sdk<'a>, Vec<Diagnostic>> {
        let (settings, mut diagnostics) = Settings::read(ir, context.options);
        let (plan, collisions) = Plan::inside(ir);
        diagnostics.extend(collisions);
        if diagnostics.is_empty() { Ok(Sdk { plan, settings }) } else { Err(diagnostics) }
    }
}
