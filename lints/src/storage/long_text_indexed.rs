//! An index over text that may be too long for one.

use atlas9_ir::{Field, Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, IndexNode, Owner};

/// PostgreSQL refuses a row whose entry in a B-tree has more than a third of a page: 2704 bytes. A character of UTF-8 has up to four.
const MOST_CHARACTERS: u32 = 676;

pub(crate) const CHECKS: &[Check] = &[Check::Field(unique), Check::Index(index)];

fn unique(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let field = node.field;
    if !(field.unique || field.key) || !matches!(node.owner, Owner::Resource(_)) {
        return None;
    }
    too_long(context, field).map(|characters| told(&field.name, characters))
}

fn index(context: &Context<'_>, node: &IndexNode<'_>) -> Option<Finding> {
    let fields = node.index.fields.iter();
    let long = fields.filter_map(|path| {
        let field = context.ir.field(&node.resource.fields, path)?;
        let characters = too_long(context, field)?;
        Some(told(&path.to_string(), characters).and(field.span, "the field is declared here"))
    });
    Finding::several(long)
}

/// The most characters of a text, where these may not fit; nothing for a text that fits.
fn too_long(context: &Context<'_>, field: &Field) -> Option<Option<String>> {
    let (TypeKind::Scalar(Scalar::String { length, pattern, .. }), _) = context.ir.resolve(&field.ty) else {
        return None;
    };
    let most = length.max.as_deref().and_then(|most| most.parse::<u64>().ok());
    match most {
        Some(most) => (most > u64::from(MOST_CHARACTERS)).then(|| Some(most.to_string())),
        None => pattern.is_none().then_some(None),
    }
}

fn told(name: &str, characters: Option<String>) -> Finding {
    let long = characters.map_or("as long as it likes".to_owned(), |most| format!("{most} characters long"));
    Finding::new(
        format!("`{name}` has an index, and may be {long}: PostgreSQL refuses the row"),
        "too long for an index",
        format!("bound it: `string(..={MOST_CHARACTERS})` at most; to find words in it, use `search`"),
    )
}
