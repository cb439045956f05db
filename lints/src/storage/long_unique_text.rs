//! Text that has to be unique and may be too long for that.

use atlas9_ir::{Field, Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, IndexNode, Owner};

/// What the server takes of a key, a unique value or a reference: 2,672 bytes, a third of a page of PostgreSQL. A character of
/// UTF-8 has up to four.
const MOST_CHARACTERS: u32 = 668;

pub(crate) const CHECKS: &[Check] = &[Check::Field(field), Check::Index(constraint)];

fn field(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let field = node.field;
    if !(field.unique || field.key) || !matches!(node.owner, Owner::Resource(_)) {
        return None;
    }
    too_long(context, field).map(|characters| told(&field.name, characters))
}

fn constraint(context: &Context<'_>, node: &IndexNode<'_>) -> Option<Finding> {
    // A plain index of long text is a hash, or ends before it, and refuses nothing.
    if !node.index.unique {
        return None;
    }
    Finding::several(node.index.fields.iter().filter_map(|path| {
        let field = context.ir.field(&node.resource.fields, path)?;
        let characters = too_long(context, field)?;
        Some(told(&path.to_string(), characters).and(field.span, "the field is declared here"))
    }))
}

/// The most characters of a text, where these may not fit; nothing for a text that fits.
fn too_long(context: &Context<'_>, field: &Field) -> Option<Option<u64>> {
    let (TypeKind::Scalar(Scalar::String { length, pattern }), _) = context.ir.resolve(&field.ty) else {
        return None;
    };
    match length.max.as_deref().and_then(|most| most.parse::<u64>().ok()) {
        Some(most) => (most > u64::from(MOST_CHARACTERS)).then_some(Some(most)),
        None => pattern.is_none().then_some(None),
    }
}

fn told(name: &str, characters: Option<u64>) -> Finding {
    let long =
        characters.map_or_else(|| "as long as it likes".to_owned(), |most| format!("{most} characters long"));
    Finding::new(
        format!("`{name}` has to be unique, and may be {long}: the server refuses it from 2,673 bytes on"),
        "too long to be unique",
        format!("bound it by {MOST_CHARACTERS} characters or less, so that each fits whatever its script is"),
    )
}
