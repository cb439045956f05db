//! The scalars in Go. A new scalar of the language is taught here.

use atlas9_ir::Scalar;

/// The type of a scalar.
pub(crate) fn type_of(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Int32 { .. } => "int32",
        // An int has 32 bits on some machines.
        Scalar::Int { .. } | Scalar::Int64 { .. } => "int64",
        Scalar::Float64 { .. } => "float64",
        Scalar::Decimal { .. } => "api.Decimal",
        Scalar::String { .. } | Scalar::Uuid => "string",
        Scalar::Bytes { .. } => "[]byte",
        Scalar::Date => "api.Date",
        Scalar::Timestamp => "time.Time",
        Scalar::Duration => "api.Duration",
        Scalar::Json => "json.RawMessage",
    }
}

/// The type of a scalar within another type, where no tag can say that it is text in JSON.
pub(crate) fn inner(scalar: &Scalar) -> &'static str {
    if is_text(scalar) { "api.Int64" } else { type_of(scalar) }
}

/// True for a number that is text in JSON.
pub(crate) fn is_text(scalar: &Scalar) -> bool {
    matches!(scalar, Scalar::Int64 { .. })
}

/// True where nil stands for null by itself.
pub(crate) fn has_nil(scalar: &Scalar) -> bool {
    matches!(scalar, Scalar::Bytes { .. } | Scalar::Json)
}
