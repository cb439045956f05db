//! Types in use, as TypeScript.

use std::collections::BTreeSet;

use atlas9_emitters_core::sdk::{Position, is_optional};
use atlas9_ir::{Ir, Scalar, Type, TypeId, TypeKind};

use crate::Sdk;
use crate::scalars;

/// What a file refers to and must import, unless it declares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    /// Types of the runtime.
    pub(crate) core: BTreeSet<String>,
    /// Models and enums.
    pub(crate) types: BTreeSet<String>,
}

/// The type of a value, with `| null` where it may be null.
pub(crate) fn nullable(sdk: &Sdk<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    let plain = plain(sdk, ty, position, uses);
    if is_optional(sdk.ir, ty) { format!("{plain} | null") } else { plain }
}

/// The type of a value that is not null.
pub(crate) fn plain(sdk: &Sdk<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    let readonly = if position == Position::Read { "" } else { "readonly " };
    match shown(sdk.ir, ty, position) {
        TypeKind::Scalar(Scalar::Json) => {
            uses.core.insert(scalars::type_of(&Scalar::Json).to_owned());
            scalars::type_of(&Scalar::Json).to_owned()
        }
        TypeKind::Scalar(scalar) => scalars::type_of(scalar).to_owned(),
        // A patch replaces a list whole.
        TypeKind::List { item, .. } if position == Position::Patch => {
            plain(sdk, &list_of(item), Position::Write, uses)
        }
        TypeKind::List { item, .. } => {
            format!("{readonly}{}[]", grouped(nullable(sdk, item, position, uses)))
        }
        TypeKind::Map { value, .. } => {
            format!("{{ {readonly}[key: string]: {} }}", entry(sdk, value, position, uses))
        }
        TypeKind::Named(id) => {
            let name = named(sdk, *id, position);
            uses.types.insert(name.clone());
            name
        }
        TypeKind::Ref(resource) => match sdk.ir.key_type(*resource) {
            Some(key) => plain(sdk, key, position, uses),
            None => "string".to_owned(),
        },
    }
}

/// The kind that is written down. An alias keeps its name, except where what it stands for looks otherwise in requests.
fn shown<'a>(ir: &'a Ir, ty: &'a Type, position: Position) -> &'a TypeKind {
    let (resolved, _) = ir.resolve(ty);
    match resolved {
        TypeKind::Scalar(_) | TypeKind::Ref(_) => &ty.kind,
        _ if position == Position::Read => &ty.kind,
        _ => resolved,
    }
}

fn list_of(item: &Type) -> Type {
    Type {
        kind: TypeKind::List { item: Box::new(item.clone()), length: Default::default() },
        optional: false,
    }
}

/// In a patch null takes an entry away.
fn entry(sdk: &Sdk<'_>, value: &Type, position: Position, uses: &mut Uses) -> String {
    match position {
        Position::Patch => format!("{} | null", plain(sdk, value, position, uses)),
        Position::Read | Position::Write => nullable(sdk, value, position, uses),
    }
}

fn grouped(item: String) -> String {
    if item.contains(" | ") && !item.ends_with('}') || item.starts_with("readonly ") {
        format!("({item})")
    } else {
        item
    }
}

fn named(sdk: &Sdk<'_>, id: TypeId, position: Position) -> String {
    match position {
        Position::Write if sdk.positions.inputs.contains(&id) => sdk.names.input(id),
        Position::Patch if sdk.positions.patches.contains(&id) => sdk.names.patch(id),
        _ => sdk.names.of_type(id).to_owned(),
    }
}
