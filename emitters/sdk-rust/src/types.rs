//! Types in use, as Rust.

use atlas9_emitters_core::calls::rust::is_converted;
pub(crate) use atlas9_emitters_core::calls::rust::{Absent, absent, scalar_of};
pub(crate) use atlas9_emitters_core::rust::is_needed;
use atlas9_emitters_core::rust::{Scope, leads_to};
use atlas9_emitters_core::sdk::{Position, is_optional};
use atlas9_ir::{Field, Ir, ResourceId, Type, TypeId, TypeKind};

use crate::Sdk;
use crate::scalars;

/// The module of what the schema declares.
pub(crate) const TYPES: &str = "crate::types";

/// The type of a field in a structure; within `owner` one that leads back to it is boxed.
pub(crate) fn member(
    sdk: &Sdk<'_>,
    scope: &Scope,
    field: &Field,
    position: Position,
    owner: Option<TypeId>,
) -> String {
    let mut ty = plain(sdk, scope, &field.ty, position);
    if let (TypeKind::Named(id), Some(owner)) = (sdk.ir.resolve(&field.ty).0, owner)
        && leads_to(sdk.ir, *id, owner)
    {
        ty = format!("{}<{ty}>", scope.prelude("Box"));
    }
    missing(scope, absent(sdk.ir, field, position), ty)
}

/// The type of a value that may be missing.
pub(crate) fn missing(scope: &Scope, absent: Absent, ty: String) -> String {
    match absent {
        Absent::Never => ty,
        Absent::Optional => format!("{}<{ty}>", scope.prelude("Option")),
        Absent::Patched => format!("{}<{ty}>", scope.item("crate::api", "Patch")),
    }
}

/// A value within another type, which may be null.
pub(crate) fn nested(sdk: &Sdk<'_>, scope: &Scope, ty: &Type, position: Position) -> String {
    let plain = plain(sdk, scope, ty, position);
    if is_optional(sdk.ir, ty) { format!("{}<{plain}>", scope.prelude("Option")) } else { plain }
}

/// A value that is not null.
pub(crate) fn plain(sdk: &Sdk<'_>, scope: &Scope, ty: &Type, position: Position) -> String {
    match shown(sdk.ir, ty, position) {
        TypeKind::Scalar(scalar) => scalars::type_of(scope, scalar),
        TypeKind::List { item, .. } => {
            // A patch replaces a list whole.
            let position = if position == Position::Patch { Position::Write } else { position };
            format!("{}<{}>", scope.prelude("Vec"), nested(sdk, scope, item, position))
        }
        TypeKind::Map { value, .. } => {
            let inner = match position {
                // In a patch null takes an entry away.
                Position::Patch => missing(scope, Absent::Optional, plain(sdk, scope, value, position)),
                Position::Read | Position::Write => nested(sdk, scope, value, position),
            };
            let map = scope.item("std::collections", "BTreeMap");
            format!("{map}<{}, {inner}>", scope.prelude("String"))
        }
        TypeKind::Named(id) => named(sdk, scope, *id, position),
        TypeKind::Ref(resource) => match sdk.ir.key_type(*resource) {
            Some(key) => plain(sdk, scope, key, position),
            None => scope.prelude("String"),
        },
    }
}

/// The model of a resource.
pub(crate) fn model(sdk: &Sdk<'_>, scope: &Scope, id: ResourceId) -> String {
    scope.item(TYPES, &sdk.names.resource(id).model)
}

/// How a call is given a value, and what it makes of it.
pub(crate) struct Given {
    /// The type of the parameter.
    pub(crate) ty: String,
    /// What is sent, of the parameter's name.
    pub(crate) sent: String,
}

/// A value that is not null, as a parameter of that name.
pub(crate) fn given(sdk: &Sdk<'_>, scope: &Scope, ty: &Type, position: Position, name: &str) -> Given {
    let plain = plain(sdk, scope, ty, position);
    let into = |ty: &str| format!("impl {}<{ty}>", scope.prelude("Into"));
    match sdk.ir.resolve(ty).0 {
        TypeKind::List { item, .. } => {
            let wire = is_text(sdk.ir, item);
            let converted = scalar_of(sdk.ir, item).is_some_and(is_converted);
            let position = if position == Position::Patch { Position::Write } else { position };
            let item_type = nested(sdk, scope, item, position);
            let (item_type, each) = match converted && !is_optional(sdk.ir, item) {
                true => (into(&item_type), format!(".map({}::into)", scope.prelude("Into"))),
                false => (item_type, String::new()),
            };
            let list = format!("{name}.into_iter(){each}.collect::<{plain}>()");
            Given {
                ty: format!("impl {}<Item = {item_type}>", scope.prelude("IntoIterator")),
                sent: if wire { texted(scope, &list) } else { list },
            }
        }
        _ if scalar_of(sdk.ir, ty).is_some_and(is_converted) => {
            let sent = format!("{name}.into()");
            Given { ty: into(&plain), sent: sent_as(sdk, scope, ty, &sent) }
        }
        _ => Given { ty: plain, sent: sent_as(sdk, scope, ty, name) },
    }
}

/// A value that may be null, or left out, as a parameter of that name.
pub(crate) fn patched(sdk: &Sdk<'_>, scope: &Scope, ty: &Type, position: Position, name: &str) -> Given {
    let patch = missing(scope, Absent::Patched, plain(sdk, scope, ty, position));
    let sent = format!("{name}.into()");
    let wire = is_text(sdk.ir, ty);
    let text = wire.then(|| scope.item("crate::api::wire", "Text"));
    Given {
        ty: format!("impl {}<{patch}>", scope.prelude("Into")),
        sent: text.map_or_else(|| sent.clone(), |text| format!("{sent}.map({text})")),
    }
}

fn sent_as(sdk: &Sdk<'_>, scope: &Scope, ty: &Type, value: &str) -> String {
    if is_text(sdk.ir, ty) { texted(scope, value) } else { value.to_owned() }
}

fn texted(scope: &Scope, value: &str) -> String {
    format!("{}({value})", scope.item("crate::api::wire", "Text"))
}

/// The kind that is written down. An alias keeps its name, except where what it stands for looks otherwise there.
fn shown<'a>(ir: &'a Ir, ty: &'a Type, position: Position) -> &'a TypeKind {
    let (resolved, _) = ir.resolve(ty);
    match resolved {
        TypeKind::Scalar(_) | TypeKind::Ref(_) => &ty.kind,
        _ if position == Position::Read => &ty.kind,
        _ => resolved,
    }
}

fn named(sdk: &Sdk<'_>, scope: &Scope, id: TypeId, position: Position) -> String {
    let name = match position {
        Position::Write if sdk.positions.inputs.contains(&id) => sdk.names.input(id),
        Position::Patch if sdk.positions.patches.contains(&id) => sdk.names.patch(id),
        _ => sdk.names.of_type(id).to_owned(),
    };
    scope.item(TYPES, &name)
}

/// True for a value that is text in JSON and something else in Rust, or a list or a map of such values.
pub(crate) fn is_text(ir: &Ir, ty: &Type) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => is_text(ir, item),
        TypeKind::Map { value, .. } => is_text(ir, value),
        _ => scalar_of(ir, ty).is_some_and(scalars::is_text),
    }
}
