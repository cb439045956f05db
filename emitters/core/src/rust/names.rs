//! What declarations are called in Rust.

use atlas9_ir::{EnumValue, Named};

use crate::names::{Target, called, identifier, pascal, snake};

/// A type or an error: `BookStatus`.
pub fn ty(declaration: &impl Named) -> String {
    called(Target::Rust, declaration, |name| identifier(Target::Rust, &pascal(name)))
}

/// A field, a parameter, a method.
pub fn member(declaration: &impl Named) -> String {
    called(Target::Rust, declaration, word)
}

/// A name in the casing of fields and methods.
pub fn word(name: &str) -> String {
    identifier(Target::Rust, &snake(name))
}

/// The variant of an open enum for values that are not known yet.
pub fn unknown_variant(values: &[EnumValue]) -> &'static str {
    let taken = |name: &str| values.iter().any(|value| ty(value) == name);
    if taken("Unknown") { "UnknownValue" } else { "Unknown" }
}
