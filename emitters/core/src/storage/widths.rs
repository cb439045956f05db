//! How long the values of a column can be, and what an index has room for.

use atlas9_ir::{Ir, Scalar, TypeDeclKind};
use regex_syntax::hir::Look;

use super::{Column, ColumnKind};

/// The bytes for all columns of an index in PostgreSQL, which holds rows of a third of a page, 2,704 bytes, and needs some itself. The
/// server measures by the same number.
pub const INDEX_ROOM: u64 = 2_680;

/// The most that a value of a fixed size takes, up to where the next one may begin.
const FIXED: u64 = 24;

/// What stands before a text and behind it.
const AROUND: u64 = 8;

/// The most bytes that a value of the column takes in an index; nothing where there is no limit.
pub fn most_bytes(ir: &Ir, column: &Column<'_>) -> Option<u64> {
    match scalar(ir, column) {
        Some(Scalar::String { length, pattern }) => {
            // Four bytes are the most for a character in UTF-8.
            let declared = bound(&length.max).map(|most| most.saturating_mul(4));
            let matched = pattern.as_deref().and_then(longest_match);
            let most = declared.into_iter().chain(matched).min();
            most.map(|most| most.saturating_add(AROUND))
        }
        Some(Scalar::Bytes { length }) => bound(&length.max).map(|most| most.saturating_add(AROUND)),
        Some(Scalar::Duration) => Some(2 * FIXED + AROUND),
        Some(_) => Some(FIXED),
        None => Some(longest_word(ir, column.kind) + AROUND),
    }
}

/// The fewest bytes that a value of the column takes in an index.
pub fn least_bytes(ir: &Ir, column: &Column<'_>) -> u64 {
    match scalar(ir, column) {
        Some(Scalar::String { length, .. } | Scalar::Bytes { length }) => bound(&length.min).unwrap_or(0),
        _ => 0,
    }
}

fn scalar<'a>(ir: &'a Ir, column: &Column<'a>) -> Option<&'a Scalar> {
    match column.kind {
        ColumnKind::Scalar(scalar) => Some(scalar),
        ColumnKind::Reference(to) => match ir.resolve(&ir.resources[to].key()?.ty).0 {
            atlas9_ir::TypeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        },
        ColumnKind::Enum(_) | ColumnKind::Json => None,
    }
}

fn longest_word(ir: &Ir, kind: ColumnKind<'_>) -> u64 {
    let ColumnKind::Enum(id) = kind else { return 0 };
    let TypeDeclKind::Enum { values, .. } = &ir.types[id].kind else { return 0 };
    values.iter().map(|value| value.name.len() as u64).max().unwrap_or(0)
}

fn bound(bound: &Option<String>) -> Option<u64> {
    bound.as_ref()?.parse().ok()
}

/// The most bytes of a text that a pattern matches from its beginning to its end.
fn longest_match(pattern: &str) -> Option<u64> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let properties = hir.properties();
    let whole = properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End);
    properties.maximum_len().filter(|_| whole).map(|most| most as u64)
}
