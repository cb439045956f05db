//! Values of JSON as the SDK takes them.

use atlas9_ir::{Field, Ir, Scalar, Type, TypeDeclKind, TypeId, TypeKind};
use serde_json::{Map, Value as Json};

use super::{attribute, literal, type_of};
use crate::names::pascal;
use crate::sdk::{fields_of, is_sent_otherwise};

/// The longest value that stands on one line.
const WIDTH: usize = 60;

/// A value of a type, as Python.
pub fn value(ir: &Ir, ty: &Type, json: &Json) -> String {
    match (ir.resolve(ty).0, json) {
        (TypeKind::Scalar(scalar), json) => of_scalar(scalar, json),
        (TypeKind::Ref(to), json) => match ir.key_type(*to) {
            Some(key) => value(ir, key, json),
            None => plain(json),
        },
        (TypeKind::List { item, .. }, Json::Array(items)) => {
            let items: Vec<String> = items.iter().map(|one| value(ir, item, one)).collect();
            listed(&items)
        }
        (TypeKind::Map { value: inner, .. }, Json::Object(entries)) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, one)| format!("{}: {}", literal(key), value(ir, inner, one)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        (TypeKind::Named(id), Json::Object(given)) => named(ir, *id, given),
        (_, json) => plain(json),
    }
}

fn named(ir: &Ir, id: TypeId, given: &Map<String, Json>) -> String {
    let decl = &ir.types[id];
    let end = if is_sent_otherwise(ir, id) { "Input" } else { "" };
    match &decl.kind {
        TypeDeclKind::Structure { fields, .. } => {
            called(&format!("{}{end}", type_of(decl)), &members(ir, fields.iter(), given))
        }
        TypeDeclKind::Union { discriminator_wire, variants, .. } => {
            let told = given.get(discriminator_wire).and_then(Json::as_str);
            let Some(variant) = variants.iter().find(|variant| told == Some(variant.name.as_str())) else {
                return plain(&Json::Object(given.clone()));
            };
            let class = format!("{}{}{end}", type_of(decl), pascal(&type_of(variant)));
            called(&class, &members(ir, fields_of(ir, variant.structure).iter(), given))
        }
        TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => plain(&Json::Object(given.clone())),
    }
}

/// The fields as arguments: `title="Dune"`.
pub(super) fn members<'a>(
    ir: &Ir,
    fields: impl Iterator<Item = &'a Field>,
    given: &Map<String, Json>,
) -> Vec<String> {
    let fields: Vec<&Field> = fields.collect();
    let known = given.iter().filter_map(|(name, json)| {
        let field = fields.iter().find(|field| field.wire == *name)?;
        Some(format!("{}={}", attribute(field), value(ir, &field.ty, json)))
    });
    known.collect()
}

/// A list; an item that takes several lines stands by itself.
pub(super) fn listed(items: &[String]) -> String {
    if !items.iter().any(|item| item.contains('\n')) {
        return format!("[{}]", items.join(", "));
    }
    let lines = items.iter().map(|item| format!("    {},\n", item.replace('\n', "\n    ")));
    format!("[\n{}]", lines.collect::<String>())
}

/// A call of a constructor, on one line where that is short.
pub(super) fn called(class: &str, members: &[String]) -> String {
    let joined = members.join(", ");
    if class.len() + joined.len() + 2 <= WIDTH && !joined.contains('\n') || members.is_empty() {
        return format!("{class}({joined})");
    }
    let lines = members.iter().map(|member| format!("    {},\n", member.replace('\n', "\n    ")));
    format!("{class}(\n{})", lines.collect::<String>())
}

fn of_scalar(scalar: &Scalar, json: &Json) -> String {
    match (scalar, json) {
        (Scalar::Int64 { .. }, Json::String(number)) => number.clone(),
        (Scalar::Decimal { .. }, Json::String(number)) => format!("Decimal({})", literal(number)),
        (Scalar::Date, Json::String(day)) => format!("date.fromisoformat({})", literal(day)),
        (Scalar::Timestamp, Json::String(moment)) => {
            // Older versions of Python know no Z.
            format!("datetime.fromisoformat({})", literal(&moment.replace('Z', "+00:00")))
        }
        (Scalar::Bytes { .. }, Json::String(text)) => bytes(text),
        _ => plain(json),
    }
}

/// Base64 (RFC 4648, section 4) as a literal of bytes.
fn bytes(base64: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut text) = (0u32, 0u32, String::from("b\""));
    for digit in base64.chars().filter_map(|c| ALPHABET.find(c)) {
        bits = (bits << 6) | u32::try_from(digit).unwrap_or(0);
        held += 6;
        if held >= 8 {
            held -= 8;
            let byte = (bits >> held) & 0xff;
            match char::from_u32(byte) {
                Some(c) if c.is_ascii_graphic() && !"\"\\".contains(c) || byte == 0x20 => {
                    text.push(char::from_u32(byte).unwrap_or(' '));
                }
                _ => text.push_str(&format!("\\x{byte:02x}")),
            }
        }
    }
    text.push('"');
    text
}

pub(super) fn plain(json: &Json) -> String {
    match json {
        Json::Null => "None".to_owned(),
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => literal(text),
        Json::Array(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Json::Object(members) => {
            let members = members.iter().map(|(name, one)| format!("{}: {}", literal(name), plain(one)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}
