//! Keys that clients choose.

use atlas9_emitters_core::samples::count;
use atlas9_ir::{Field, Ir, Scalar, TypeKind};
use regex::Regex;

/// Texts that no path leads to, whatever escapes them: an empty segment is none, and clients take the others out of a path
/// (WHATWG URL, section 4.1).
const UNREACHABLE: [&str; 3] = ["", ".", ".."];

/// Those of these texts that the type of the field would take, where it is a key that clients choose.
pub(crate) fn unreachable(ir: &Ir, field: &Field) -> Vec<&'static str> {
    match ir.resolve(&field.ty).0 {
        TypeKind::Scalar(scalar) if field.key && field.managed.is_none() => taken(scalar),
        _ => Vec::new(),
    }
}

fn taken(scalar: &Scalar) -> Vec<&'static str> {
    let Scalar::String { length, pattern } = scalar else { return Vec::new() };
    let (least, most) = (count(&length.min).unwrap_or(0), count(&length.max).unwrap_or(usize::MAX));
    let pattern = pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok());
    let fits = |text: &&str| {
        (least..=most).contains(&text.len()) && pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
    };
    UNREACHABLE.into_iter().filter(fits).collect()
}
