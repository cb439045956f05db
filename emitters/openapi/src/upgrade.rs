//! The same document in OpenAPI 3.1, whose schemas are those of JSON Schema 2020-12.

use serde_json::{Map, Value as Json, json};

/// Members whose values are data, whatever they look like.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Turns a 3.0 document into a 3.1 document.
pub(crate) fn upgrade(document: &mut Json) {
    if let Some(version) = document.get_mut("openapi") {
        *version = "3.1.0".into();
    }
    visit(document);
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Json::as_object_mut) {
        schemas.values_mut().for_each(schema);
    }
}

/// Looks for schemas outside the components' schemas.
fn visit(value: &mut Json) {
    match value {
        Json::Object(members) => {
            for (name, member) in members.iter_mut() {
                match name.as_str() {
                    "schema" => schema(member),
                    // Those of the components come on their own.
                    "schemas" => {}
                    name if DATA.contains(&name) => {}
                    _ => visit(member),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(visit),
        _ => {}
    }
}

fn schema(value: &mut Json) {
    let Json::Object(members) = value else { return };
    unwrap_reference(members);
    nullable(members);
    exclusive(members, "exclusiveMaximum", "maximum");
    exclusive(members, "exclusiveMinimum", "minimum");
    constant(members);
    if let Some(example) = members.shift_remove("example") {
        members.insert("examples".to_owned(), json!([example]));
    }
    if members.get("format").is_some_and(|format| format == "byte") {
        members.shift_remove("format");
        members.insert("contentEncoding".to_owned(), "base64".into());
    }
    for (name, member) in members.iter_mut() {
        match name.as_str() {
            "properties" => member.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(schema),
            "allOf" | "anyOf" | "oneOf" => member.as_array_mut().into_iter().flatten().for_each(schema),
            "items" | "additionalProperties" | "not" => schema(member),
            _ => {}
        }
    }
}

/// A reference may have other members beside it.
fn unwrap_reference(members: &mut Map<String, Json>) {
    let only = members.get("allOf").and_then(Json::as_array).and_then(|parts| match parts.as_slice() {
        [only] => only.get("$ref").cloned(),
        _ => None,
    });
    if let Some(reference) = only {
        members.shift_remove("allOf");
        members.shift_insert(0, "$ref".to_owned(), reference);
    }
}

fn nullable(members: &mut Map<String, Json>) {
    if members.shift_remove("nullable").is_none_or(|nullable| nullable != true) {
        return;
    }
    if members.get("enum").is_some_and(|words| *words == json!([null])) {
        *members = Map::from_iter([("type".to_owned(), "null".into())]);
    } else if let Some(kind) = members.get_mut("type") {
        *kind = json!([kind.clone(), "null"]);
    }
}

fn exclusive(members: &mut Map<String, Json>, flag: &str, bound: &str) {
    match members.get(flag) {
        Some(Json::Bool(true)) => {
            let value = members.shift_remove(bound);
            members.shift_remove(flag);
            members.extend(value.map(|value| (flag.to_owned(), value)));
        }
        Some(Json::Bool(false)) => {
            members.shift_remove(flag);
        }
        _ => {}
    }
}

fn constant(members: &mut Map<String, Json>) {
    let only = members.get("enum").and_then(Json::as_array).and_then(|words| match words.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    });
    if let Some(only) = only {
        members.shift_remove("enum");
        members.insert("const".to_owned(), only);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_become_those_of_json_schema() {
        let check = |old: Json, new: Json| {
            let mut document = json!({ "schema": old });
            upgrade(&mut document);
            assert_eq!(document, json!({ "schema": new }));
        };
        check(json!({ "type": "string", "nullable": true }), json!({ "type": ["string", "null"] }));
        check(
            json!({ "anyOf": [{ "$ref": "#/x" }, { "type": "string", "nullable": true, "enum": [null] }] }),
            json!({ "anyOf": [{ "$ref": "#/x" }, { "type": "null" }] }),
        );
        check(
            json!({ "type": "number", "maximum": 1.5, "exclusiveMaximum": true }),
            json!({ "type": "number", "exclusiveMaximum": 1.5 }),
        );
        check(json!({ "type": "string", "enum": ["a"] }), json!({ "type": "string", "const": "a" }));
        check(json!({ "allOf": [{ "$ref": "#/x" }], "default": 1 }), json!({ "$ref": "#/x", "default": 1 }));
        check(
            json!({ "properties": { "nullable": { "example": 1 } } }),
            json!({ "properties": { "nullable": { "examples": [1] } } }),
        );
        check(json!({ "default": { "nullable": true } }), json!({ "default": { "nullable": true } }));
    }
}
