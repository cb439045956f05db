//! The TypeScript SDK: a package without runtime dependencies, written from the model.
//!
//! Whatever does not depend on the schema is hand-written TypeScript in `runtime/core`, copied as it stands.

mod describe;
mod emit;
mod layout;
mod names;
mod options;
mod scalars;
mod shapes;
mod text;
mod types;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::sdk::Positions;
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionSpec, Survey};
use atlas9_ir::Ir;

use crate::names::Names;
use crate::options::Settings;
use crate::shapes::Shapes;

/// Makes a TypeScript client as an npm package.
pub struct SdkTypescript;

impl Emitter for SdkTypescript {
    fn name(&self) -> &'static str {
        NAME
    }

    fn summary(&self) -> &'static str {
        "a TypeScript client as an npm package, ESM and CJS, without runtime dependencies"
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
                let error =
                    Diagnostic::error(codes::E0702, format!("the TypeScript SDK has a bad path: {bad}"));
                Emitted { diagnostics: vec![error.help("rename the resource")], ..Emitted::default() }
            }
        }
    }
}

const NAME: &str = "sdk-typescript";

/// What messages call the package.
const SDK: &str = "the TypeScript SDK";

/// All that the files are written from.
struct Sdk<'a> {
    ir: &'a Ir,
    settings: Settings,
    positions: Positions,
    shapes: Shapes<'a>,
    names: Names,
}

impl Sdk<'_> {
    /// What the files are written from, or what they cannot express.
    fn plan<'a>(ir: &'a Ir, context: &Context<'_>) -> Result<Sdk<'a>, Vec<Diagnostic>> {
        let (settings, mut diagnostics) = Settings::read(ir, context.options);
        let positions = Positions::of(ir);
        let shapes = Shapes::of(ir);
        let (names, collisions) = Names::plan(ir, &positions, &shapes);
        diagnostics.extend(collisions);
        if diagnostics.is_empty() {
            Ok(Sdk { ir, settings, positions, shapes, names })
        } else {
            Err(diagnostics)
        }
    }
}
