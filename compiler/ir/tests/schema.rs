//! The JSON Schema of the model is made from its types and their documentation.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use atlas9_ir::{FORMAT, Ir, SCHEMA};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

#[test]
fn the_schema_is_made_of_the_types() {
    let made = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE").is_some() {
        let path = format!("{}/schema/ir-{FORMAT}.json", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, made).expect("the schema can be written");
        return;
    }
    assert!(
        made == SCHEMA,
        "the types of the model have changed: compiler/reference/ir.md says what may change, and\n\
         UPDATE=1 cargo test -p atlas9-ir --features schema  writes the schema"
    );
}

fn schema() -> Value {
    const TITLE: &str = "The model of an atlas9 package";
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let made = generator.into_root_schema_for::<Ir>();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(format!("https://github.com/atlas9/atlas9/ir-{FORMAT}.json")));
    schema.insert("title".to_owned(), json!(TITLE));
    schema.extend(made.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())));
    let mut schema = Value::Object(schema);
    schema["title"] = json!(TITLE);
    schema["properties"]["format"] = json!({"const": FORMAT, "description": "The version of this form."});
    schema
}
