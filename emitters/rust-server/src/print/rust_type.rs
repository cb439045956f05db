//! The Rust types of the schema's types.

use atlas9_emitters_core::rust::leads_to;
use atlas9_ir::{Field, Ir, ResourceId, Scalar, Type, TypeId, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::{names, scalars};

/// The type of a field: `Option<Money>`. Within the structure `owner` a field that leads back to it is boxed.
pub(crate) fn of_field(ir: &Ir, scope: &Scope, field: &Field, owner: Option<TypeId>) -> TokenStream {
    let (kind, optional) = ir.resolve(&field.ty);
    let mut ty = value(ir, scope, &field.ty);
    if let (TypeKind::Named(id), Some(owner)) = (kind, owner)
        && leads_to(ir, *id, owner)
    {
        let boxed = scope.prelude("Box");
        ty = quote!(#boxed<#ty>);
    }
    or_null(scope, ty, optional)
}

/// The type of a value, which may be null where the schema says so.
pub(crate) fn of(ir: &Ir, scope: &Scope, ty: &Type) -> TokenStream {
    or_null(scope, value(ir, scope, ty), ir.resolve(ty).1)
}

/// The type of an answer: a reference, alone or in a list, is the resource whole.
pub(crate) fn of_answer(ir: &Ir, scope: &Scope, ty: &Type) -> TokenStream {
    match ir.resolve(ty) {
        (TypeKind::Ref(to), optional) => or_null(scope, resource(ir, scope, *to), optional),
        (TypeKind::List { item, .. }, optional) if matches!(ir.resolve(item).0, TypeKind::Ref(_)) => {
            let (list, item) = (scope.prelude("Vec"), of_answer(ir, scope, item));
            or_null(scope, quote!(#list<#item>), optional)
        }
        _ => of(ir, scope, ty),
    }
}

/// The type of a resource: `Book`.
pub(crate) fn resource(ir: &Ir, scope: &Scope, id: ResourceId) -> TokenStream {
    let resource = &ir.resources[id];
    scope.own(&names::module(resource), &names::ty(resource))
}

/// The type of a value that is there.
pub(crate) fn value(ir: &Ir, scope: &Scope, ty: &Type) -> TokenStream {
    match &ty.kind {
        TypeKind::Scalar(scalar) => scalars::rust_type(scope, scalar),
        TypeKind::List { item, .. } => {
            let (list, item) = (scope.prelude("Vec"), of(ir, scope, item));
            quote!(#list<#item>)
        }
        TypeKind::Map { value, .. } => {
            let (map, key) = (scope.std("collections", "BTreeMap"), scope.prelude("String"));
            let value = of(ir, scope, value);
            quote!(#map<#key, #value>)
        }
        TypeKind::Named(id) => scope.own("types", &names::ty(&ir.types[*id])),
        TypeKind::Ref(resource) => id(ir, scope, *resource),
    }
}

/// The type of a resource's key: `BookId`.
pub(crate) fn id(ir: &Ir, scope: &Scope, resource: ResourceId) -> TokenStream {
    let resource = &ir.resources[resource];
    scope.own(&names::module(resource), &names::id(resource))
}

/// True when a value of the type is copied rather than cloned.
pub(crate) fn is_copy(ir: &Ir, ty: &Type) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => match scalar {
            Scalar::Bool
            | Scalar::Int32 { .. }
            | Scalar::Int { .. }
            | Scalar::Int64 { .. }
            | Scalar::Float64 { .. }
            | Scalar::Decimal { .. }
            | Scalar::Uuid
            | Scalar::Date
            | Scalar::Timestamp => true,
            Scalar::String { .. } | Scalar::Bytes { .. } | Scalar::Duration | Scalar::Json => false,
        },
        TypeKind::Ref(resource) => ir.key_type(*resource).is_some_and(|key| is_copy(ir, key)),
        TypeKind::List { .. } | TypeKind::Map { .. } | TypeKind::Named(_) => false,
    }
}

fn or_null(scope: &Scope, ty: TokenStream, optional: bool) -> TokenStream {
    if !optional {
        return ty;
    }
    let option = scope.prelude("Option");
    quote!(#option<#ty>)
}
