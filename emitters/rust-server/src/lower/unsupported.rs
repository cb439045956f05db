//! What the language has and the runtime does not do: an error where it is asked for.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::{Feature, storage, unsupported};
use atlas9_ir::Ir;

/// The parts of the language that not every emitter expresses and this one does.
const SUPPORTED: &[Feature] = &[
    Feature::Expand,
    Feature::Fields,
    Feature::Pages,
    Feature::Unions,
    Feature::Singletons,
    Feature::ReferenceLists,
    Feature::CollectionActions,
    Feature::Queries,
    Feature::ServiceOperations,
    Feature::PlacedParams,
    Feature::Tenants,
];

/// Everything that the runtime cannot honour.
pub(crate) fn find(ir: &Ir) -> Vec<Diagnostic> {
    let mut found = unsupported(ir, "the Rust server", SUPPORTED);
    found.extend(storage::json::inside(ir));
    found
}
