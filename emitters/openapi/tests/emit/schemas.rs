//! Types and fields as schemas, in both versions and in each position.

use crate::support::{document, service};
use serde_json::{Value as Json, json};

fn schemas(fields: &str, version: &str) -> Json {
    let schema = service(&format!(
        "resource Author {{ id: uuid @key operations {{ get public }} }}
         resource Thing {{ id: uuid @key {fields} operations {{ get create update public }} }}
         type Size {{ width: int32 height: int32? unit: Unit = cm }}
         type Code = string(/^[A-Z]{{2}}$/)
         enum Unit {{ cm inch }}
         closed enum Side {{ left right }}"
    ))
    .replace("create update public", "create public update public")
    .replace("get create", "get public create");
    document(&schema, &[("version", version)])["components"]["schemas"].take()
}

/// The schema of a field in a component, in 3.0 and in 3.1.
fn check(field: &str, component: &str, old: Json, new: Json) {
    for (version, expected) in [("3.0", old), ("3.1", new)] {
        let found = schemas(&format!("x: {field}"), version)[component]["properties"]["x"].take();
        assert_eq!(found, expected, "{field} in {component}, {version}");
    }
}

fn same(field: &str, component: &str, both: Json) {
    check(field, component, both.clone(), both);
}

#[test]
fn scalars() {
    same("string(1..=9)", "Thing", json!({ "type": "string", "minLength": 1, "maxLength": 9 }));
    same(
        "int64",
        "Thing",
        json!({ "type": "string", "format": "int64", "pattern": "^(0|-?[1-9][0-9]{0,18})$" }),
    );
    same(
        "decimal(5, 2, 0.01..)",
        "Thing",
        json!({ "x-minimum": "0.01", "type": "string", "format": "decimal", "pattern": r"^(0|[1-9][0-9]{0,2})(\.[0-9]{1,2})?$" }),
    );
    same(
        "int",
        "Thing",
        json!({ "type": "integer", "format": "int64", "minimum": -9_007_199_254_740_991_i64, "maximum": 9_007_199_254_740_991_i64 }),
    );
    check(
        "float64(0..1)",
        "Thing",
        json!({ "type": "number", "format": "double", "exclusiveMaximum": true, "minimum": 0.0, "maximum": 1.0 }),
        json!({ "type": "number", "format": "double", "minimum": 0.0, "exclusiveMaximum": 1.0 }),
    );
    same("ref Author", "Thing", json!({ "type": "string", "format": "uuid" }));
}

#[test]
fn null_is_said_as_the_version_says_it() {
    check(
        "date?",
        "Thing",
        json!({ "nullable": true, "type": "string", "format": "date" }),
        json!({ "type": ["string", "null"], "format": "date" }),
    );
    let side = "#/components/schemas/Side";
    check(
        "Side?",
        "Thing",
        json!({ "anyOf": [{ "$ref": side }, { "nullable": true, "type": "string", "enum": [null] }] }),
        json!({ "anyOf": [{ "$ref": side }, { "type": "null" }] }),
    );
}

#[test]
fn each_position_has_its_own_structure() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    same("Size", "Thing", reference("Size"));
    same("Size", "CreateThing", reference("SizeInput"));
    same("Size", "UpdateThing", reference("SizePatch"));
    let all = schemas("x: Size", "3.1");
    assert_eq!(all["Size"]["required"], json!(["width", "height", "unit"]), "answers have every field");
    assert_eq!(
        all["SizeInput"]["required"],
        json!(["width"]),
        "requests may leave out what is optional or has a default"
    );
    assert_eq!(all["SizePatch"].get("required"), None, "an update may leave out everything");
    assert_eq!(all["Size"].get("additionalProperties"), None, "answers may gain fields");
    assert_eq!(all["SizeInput"]["additionalProperties"], json!(false), "unknown fields are refused");
}

#[test]
fn open_enums_may_gain_values_in_answers() {
    let all = schemas("x: Unit y: Side", "3.1");
    assert_eq!(all["Unit"].get("enum"), None);
    assert_eq!(all["Unit"]["x-extensible-enum"], json!(["cm", "inch"]));
    assert_eq!(all["UnitInput"]["enum"], json!(["cm", "inch"]));
    assert_eq!(all["Side"]["enum"], json!(["left", "right"]));
}

#[test]
fn who_reads_and_writes_a_field() {
    let all = schemas(
        "seen: int = 1 @readonly given: int @writeonly once: int @immutable kept: int? @internal",
        "3.1",
    );
    let names = |component: &str| -> Vec<String> {
        all[component]["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names("Thing"), ["id", "seen", "once"]);
    assert_eq!(names("CreateThing"), ["given", "once"]);
    assert_eq!(names("UpdateThing"), ["given"]);
    assert_eq!(all["Thing"]["properties"]["seen"]["readOnly"], json!(true));
    assert_eq!(all["CreateThing"]["properties"]["given"]["writeOnly"], json!(true));
}

#[test]
fn defaults_stand_where_they_can_be_left_out() {
    check(
        "string = \"a\"",
        "CreateThing",
        json!({ "nullable": true, "default": "a", "type": "string" }),
        json!({ "default": "a", "type": ["string", "null"] }),
    );
    same("string = \"a\"", "UpdateThing", json!({ "type": "string" }));
}
