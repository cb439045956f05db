//! The scalars in Python. A new scalar of the language is taught here.

use atlas9_ir::Scalar;

/// The type of a scalar: the module that has it, and its name there.
pub(crate) fn type_of(scalar: &Scalar) -> (&'static str, &'static str) {
    match scalar {
        Scalar::Bool => ("builtins", "bool"),
        Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Int64 { .. } => ("builtins", "int"),
        Scalar::Float64 { .. } => ("builtins", "float"),
        Scalar::Decimal { .. } => ("decimal", "Decimal"),
        // A month has no fixed length, so that a span of time is no timedelta.
        Scalar::String { .. } | Scalar::Uuid | Scalar::Duration => ("builtins", "str"),
        Scalar::Bytes { .. } => ("builtins", "bytes"),
        Scalar::Date => ("datetime", "date"),
        Scalar::Timestamp => ("datetime", "datetime"),
        Scalar::Json => ("typing", "Any"),
    }
}

/// The function that makes a value of what stands in JSON, as module, name, and the method of it; nothing where both are the same.
pub(crate) fn reader(scalar: &Scalar) -> Option<(&'static str, &'static str, &'static str)> {
    match scalar {
        Scalar::Int64 { .. } => Some(("builtins", "int", "")),
        Scalar::Decimal { .. } => Some(("decimal", "Decimal", "")),
        Scalar::Bytes { .. } => Some(("core.decode", "base64", "")),
        Scalar::Date => Some(("datetime", "date", ".fromisoformat")),
        Scalar::Timestamp => Some(("core.decode", "timestamp", "")),
        Scalar::Bool
        | Scalar::Int32 { .. }
        | Scalar::Int { .. }
        | Scalar::Float64 { .. }
        | Scalar::String { .. }
        | Scalar::Uuid
        | Scalar::Duration
        | Scalar::Json => None,
    }
}

/// True where JSON has text and Python a number, which a request must be told.
pub(crate) fn is_text(scalar: &Scalar) -> bool {
    matches!(scalar, Scalar::Int64 { .. })
}
