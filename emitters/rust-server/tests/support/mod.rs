//! A schema in, the server out.

mod model;

pub use model::model;

use std::collections::BTreeMap;

use atlas9_emit_rust_server::RustServer;
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionValue, Options};
use atlas9_ir::Ir;

/// What the emitter makes of a model, under options, beside other emitters.
pub fn emit(ir: &Ir, given: &[(&str, &str)], siblings: &[(&str, &str)]) -> Emitted {
    let mut options = Options::defaults(RustServer.options());
    for (name, value) in given {
        options.set(name, OptionValue::Text((*value).to_owned()));
    }
    let siblings: BTreeMap<String, String> =
        siblings.iter().map(|(name, way)| ((*name).to_owned(), (*way).to_owned())).collect();
    RustServer.emit(ir, &Context { options: &options, siblings: &siblings })
}
