//! Values of JSON as the SDK takes them.

use atlas9_ir::{Field, Ir, Scalar, Type, TypeDeclKind, TypeKind};
use serde_json::{Map, Value as Json};

use super::{literal, object_property};

/// The longest object that stands on one line.
const WIDTH: usize = 60;

/// A value of a type, as TypeScript. A whole number of 64 bits is a `bigint` there, and bytes are an array.
pub fn value(ir: &Ir, ty: &Type, json: &Json) -> String {
    match (ir.resolve(ty).0, json) {
        (TypeKind::Scalar(scalar), json) => of_scalar(scalar, json),
        (TypeKind::Ref(to), json) => match ir.key_type(*to) {
            Some(key) => value(ir, key, json),
            None => plain(json),
        },
        (TypeKind::List { item, .. }, Json::Array(items)) => {
            let items: Vec<String> = items.iter().map(|one| value(ir, item, one)).collect();
            format!("[{}]", items.join(", "))
        }
        (TypeKind::Map { value: inner, .. }, Json::Object(entries)) => {
            let entries = entries.iter().map(|(key, one)| (key, value(ir, inner, one)));
            braced(&entries.map(|(key, one)| format!("{}: {one}", object_property(key))).collect::<Vec<_>>())
        }
        (TypeKind::Named(id), Json::Object(members)) => match &ir.types[*id].kind {
            TypeDeclKind::Structure { fields, .. } => object(ir, fields.iter(), members),
            TypeDeclKind::Union { discriminator_wire, variants, .. } => {
                let told = members.get(discriminator_wire).and_then(Json::as_str);
                let variant = variants.iter().find(|variant| told == Some(variant.name.as_str()));
                let fields = variant.and_then(|variant| match &ir.types[variant.structure].kind {
                    TypeDeclKind::Structure { fields, .. } => Some(fields.as_slice()),
                    TypeDeclKind::Enum { .. } | TypeDeclKind::Union { .. } | TypeDeclKind::Alias(_) => None,
                });
                object(ir, fields.unwrap_or_default().iter(), members)
            }
            TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => plain(json),
        },
        (_, json) => plain(json),
    }
}

/// An object literal of fields; a member that is no field's is what tells the variants of a union apart.
pub(super) fn object<'a>(
    ir: &Ir,
    fields: impl Iterator<Item = &'a Field>,
    members: &Map<String, Json>,
) -> String {
    let fields: Vec<&Field> = fields.collect();
    let written = members.iter().map(|(name, json)| {
        let field = fields.iter().find(|field| field.wire == *name);
        let value = field.map_or_else(|| plain(json), |field| value(ir, &field.ty, json));
        format!("{}: {value}", object_property(name))
    });
    let missing = fields.iter().map(|field| field.wire.as_str()).filter(|wire| !members.contains_key(*wire));
    braced(&written.chain(inherited(missing)).collect::<Vec<_>>())
}

/// Members that an object has from where all objects come from, unless it says that it has none: without that the compiler takes
/// those for the values of what is left out.
pub(super) fn inherited<'a>(missing: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    const ALL: [&str; 7] = [
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    ];
    missing.filter(|name| ALL.contains(name)).map(|name| format!("{name}: undefined"))
}

/// Members within braces, on one line where that is short.
pub(super) fn braced(members: &[String]) -> String {
    let short = members.iter().map(|member| member.len() + 2).sum::<usize>() < WIDTH;
    match members {
        [] => "{}".to_owned(),
        members if short && !members.iter().any(|member| member.contains('\n')) => {
            format!("{{ {} }}", members.join(", "))
        }
        members => {
            let lines = members.iter().map(|member| format!("  {},\n", member.replace('\n', "\n  ")));
            format!("{{\n{}}}", lines.collect::<String>())
        }
    }
}

fn of_scalar(scalar: &Scalar, json: &Json) -> String {
    match (scalar, json) {
        (Scalar::Int64 { .. }, Json::String(number)) => format!("{number}n"),
        (Scalar::Bytes { .. }, Json::String(text)) if text.is_empty() => "new Uint8Array()".to_owned(),
        (Scalar::Bytes { .. }, Json::String(text)) => {
            format!("Uint8Array.from(atob({}), (letter) => letter.charCodeAt(0))", literal(text))
        }
        _ => plain(json),
    }
}

fn plain(json: &Json) -> String {
    match json {
        Json::String(text) => literal(text),
        Json::Null | Json::Bool(_) | Json::Number(_) => json.to_string(),
        Json::Array(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Json::Object(members) => {
            let members =
                members.iter().map(|(name, one)| format!("{}: {}", object_property(name), plain(one)));
            braced(&members.collect::<Vec<_>>())
        }
    }
}
