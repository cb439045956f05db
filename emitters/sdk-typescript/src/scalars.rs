//! The scalars in TypeScript. A new scalar of the language is taught here.

use atlas9_ir::Scalar;

/// The type of a scalar.
pub(crate) fn type_of(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Float64 { .. } => "number",
        Scalar::Int64 { .. } => "bigint",
        // A number would round a decimal, and a Date would cut the microseconds of a timestamp.
        Scalar::Decimal { .. }
        | Scalar::String { .. }
        | Scalar::Uuid
        | Scalar::Date
        | Scalar::Timestamp
        | Scalar::Duration => "string",
        Scalar::Bytes { .. } => "Uint8Array",
        Scalar::Json => "JsonValue",
    }
}

/// The shape of a scalar that is more than JSON says.
pub(crate) fn shape_of(scalar: &Scalar) -> Option<&'static str> {
    match scalar {
        Scalar::Int64 { .. } => Some("\"int64\""),
        Scalar::Bytes { .. } => Some("\"bytes\""),
        _ => None,
    }
}
