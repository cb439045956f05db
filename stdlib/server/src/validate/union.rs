//! Unions in bodies: the discriminator says which structure the rest is.

use atlas9_descriptor::{Union, Variant};

use super::body::{check_body, wrong_type};
use super::{Check, Purpose};
use crate::Value;
use crate::nearest::suggestion;
use crate::value::json::Json;

/// The value of a union that JSON holds; null where it is wrong. Without its discriminator nothing can be said of the rest.
pub(super) fn union(check: &mut Check<'_>, json: Json, union: &'static Union, purpose: Purpose) -> Value {
    let Json::Object(mut members) = json else { return wrong_type(check, "an object", &json) };
    let told = members.iter().position(|(name, _)| name == union.wire);
    let told = told.map(|index| members.remove(index).1);
    let Some(variant) = check.within(union.wire, |check| variant(check, told, union)) else {
        return Value::Null;
    };
    let purpose = if purpose == Purpose::Patch { Purpose::Patch } else { Purpose::Whole };
    let fields = variant.structure.fields.get();
    let record = check
        .inside(variant.structure.name, |check| check_body(check, Json::Object(members), fields, purpose));
    Value::Variant(variant.name.to_owned(), Box::new(record))
}

/// The variant that a discriminator names.
fn variant(check: &mut Check<'_>, told: Option<Json>, union: &'static Union) -> Option<&'static Variant> {
    let names = || union.variants.iter().map(|variant| variant.name);
    let known = || names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match told {
        None => check.fail("required", format!("is required: one of {}", known())),
        Some(Json::Text(text)) => {
            if let Some(variant) = union.variants.iter().find(|variant| variant.name == text) {
                return Some(variant);
            }
            let hint = suggestion(&text, names());
            check.fail("unknown_value", format!("must be one of {}{hint}", known()));
        }
        Some(other) => check.fail("wrong_type", format!("must be a string, not {}", other.kind())),
    }
    None
}
