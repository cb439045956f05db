//! What the language has and the runtime does not do: an error where it is asked for.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::{Feature, storage, unsupported};
use atlas9_ir::{AuthKind, Ir};

/// The parts of the language that not every emitter expresses and this one does.
const SUPPORTED: &[Feature] = &[
    Feature::Expand,
    Feature::Pages,
    Feature::Unions,
    Feature::Singletons,
    Feature::ReferenceLists,
    Feature::CollectionActions,
    Feature::Queries,
    Feature::ServiceOperations,
    Feature::PlacedParams,
];

/// Everything that the runtime cannot honour.
pub(crate) fn find(ir: &Ir) -> Vec<Diagnostic> {
    let keys = ir.service.auth.iter().filter(|auth| auth.kind == AuthKind::ApiKey);
    let keys = keys.map(|auth| {
        Diagnostic::error(codes::E0702, "the Rust server does not check API keys yet")
            .at(auth.span, "asked for here")
            .help("use `auth bearer`")
    });
    let mut found: Vec<Diagnostic> = keys.collect();
    found.extend(unsupported(ir, "the Rust server", SUPPORTED));
    found.extend(storage::json::inside(ir));
    found
}
