//! The scalars in Rust. A new scalar of the language is taught here, and in the file of that name that writes calls.

use atlas9_emitters_core::rust::Scope;
use atlas9_ir::Scalar;

/// The type of a scalar.
pub(crate) fn type_of(scope: &Scope, scalar: &Scalar) -> String {
    match scalar {
        Scalar::Bool => "bool".to_owned(),
        Scalar::Int32 { .. } => "i32".to_owned(),
        Scalar::Int { .. } | Scalar::Int64 { .. } => "i64".to_owned(),
        Scalar::Float64 { .. } => "f64".to_owned(),
        Scalar::Decimal { .. } => scope.item("rust_decimal", "Decimal"),
        Scalar::String { .. } => scope.prelude("String"),
        Scalar::Bytes { .. } => format!("{}<u8>", scope.prelude("Vec")),
        Scalar::Uuid => scope.item("uuid", "Uuid"),
        Scalar::Date => scope.item("jiff::civil", "Date"),
        Scalar::Timestamp => scope.item("jiff", "Timestamp"),
        Scalar::Duration => scope.item("crate::api", "Duration"),
        Scalar::Json => scope.item("serde_json", "Value"),
    }
}

/// True for a value that is text in JSON and something else in Rust, which serde does not know by itself.
pub(crate) fn is_text(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::Int64 { .. } | Scalar::Decimal { .. } | Scalar::Bytes { .. } | Scalar::Timestamp => true,
        Scalar::Bool
        | Scalar::Int32 { .. }
        | Scalar::Int { .. }
        | Scalar::Float64 { .. }
        | Scalar::String { .. }
        | Scalar::Uuid
        | Scalar::Date
        | Scalar::Duration
        | Scalar::Json => false,
    }
}
