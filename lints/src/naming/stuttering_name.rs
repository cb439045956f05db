//! A member that repeats the name of what it belongs to.

use atlas9_ir::{Target, TypeKind, reserved};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, FieldNode, Kind, Owner};
use crate::spelling::{behind, words};
use crate::taken::call_it;

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(declaration), Check::Field(field)];

fn declaration(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let named = matches!(node.kind, Kind::EnumValue | Kind::Variant) || node.kind.is_named_operation();
    if named { finding(context, node.kind, node.owner, node.name) } else { None }
}

fn field(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    // What refers to another one of its kind has to say so.
    let reference = matches!(context.ir.resolve(&node.field.ty).0, TypeKind::Ref(_));
    if reference { None } else { finding(context, node.kind, node.owner, &node.field.name) }
}

fn finding(context: &Context<'_>, kind: Kind, owner: Owner<'_>, name: &str) -> Option<Finding> {
    let of = match owner {
        Owner::Resource(resource) => &resource.name,
        Owner::Type(decl) => &decl.name,
        Owner::Error(error) => &error.name,
        _ => return None,
    };
    let rest = match kind.is_named_operation() {
        true => in_front(name, of)?,
        false => behind(name, of)?,
    };
    // `book_type` is so called because `type` is a reserved word.
    if Target::ALL.iter().any(|target| *target != Target::TypeScript && reserved(*target, rest)) {
        return None;
    }
    let message = format!("`{of}.{name}` says `{of}` twice");
    Some(call_it(context, (kind, owner), rest.to_owned(), message, "repeats its owner"))
}

/// What is left of the name of an operation that ends with the name of its resource: `publish` of `publish_book`.
fn in_front<'a>(name: &'a str, resource: &str) -> Option<&'a str> {
    let starts = name.match_indices('_').map(|(at, _)| at);
    let mut starts = starts.filter(|at| name.get(at + 1..).is_some_and(|rest| is(rest, resource)));
    starts.next().and_then(|at| name.get(..at))
}

fn is(name: &str, other: &str) -> bool {
    let mut own = words(name);
    words(other).all(|word| own.next().is_some_and(|next| next.is(word.text))) && own.next().is_none()
}
