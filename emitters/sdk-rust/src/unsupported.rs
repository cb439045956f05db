//! What the language has and the SDK does not do: an error where it is asked for.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::{Feature, unsupported};
use atlas9_ir::Ir;

use crate::SDK;

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

/// Everything that the SDK cannot honour.
pub(crate) fn find(ir: &Ir) -> Vec<Diagnostic> {
    unsupported(ir, SDK, SUPPORTED)
}
