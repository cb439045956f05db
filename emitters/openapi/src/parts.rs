//! Small pieces of a document, so that whoever puts them together reads like the result.

use openapiv3::{
    ArrayType, Example, Header, MediaType, ParameterData, ParameterSchemaOrContent, ReferenceOr, Schema,
    SchemaData, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value as Json;

/// A schema, or a reference to one.
pub(crate) type AnySchema = ReferenceOr<Schema>;

/// The type of successful answers and of bodies.
pub(crate) const JSON: &str = "application/json";

/// The type of problems.
pub(crate) const PROBLEM: &str = "application/problem+json";

pub(crate) fn schema(kind: Type) -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(kind) }
}

pub(crate) fn component(name: &str) -> AnySchema {
    ReferenceOr::ref_(&format!("#/components/schemas/{name}"))
}

/// A text of a format that need not be one of OpenAPI's own; empty for none.
pub(crate) fn text(format: &str) -> StringType {
    let format = match format {
        "" => VariantOrUnknownOrEmpty::Empty,
        other => match other.parse() {
            Ok(known) => VariantOrUnknownOrEmpty::Item(known),
            Err(()) => VariantOrUnknownOrEmpty::Unknown(other.to_owned()),
        },
    };
    StringType { format, ..StringType::default() }
}

/// One of some words.
pub(crate) fn words<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> StringType {
    let enumeration = words.into_iter().map(|word| Some(word.as_ref().to_owned())).collect();
    StringType { enumeration, ..StringType::default() }
}

/// A text, but for these.
pub(crate) fn excluding(schema: AnySchema, but: Vec<&str>) -> AnySchema {
    let not = Some(Box::new(ReferenceOr::Item(self::schema(Type::String(words(but))))));
    let (data, any) = match schema {
        ReferenceOr::Item(Schema { schema_data, schema_kind: SchemaKind::Type(Type::String(text)) }) => {
            let StringType { pattern, min_length, max_length, .. } = text;
            let typ = Some("string".to_owned());
            (schema_data, openapiv3::AnySchema { typ, pattern, min_length, max_length, ..Default::default() })
        }
        other => (SchemaData::default(), openapiv3::AnySchema { all_of: vec![other], ..Default::default() }),
    };
    let schema_kind = SchemaKind::Any(openapiv3::AnySchema { not, ..any });
    ReferenceOr::Item(Schema { schema_data: data, schema_kind })
}

pub(crate) fn list(items: AnySchema) -> ArrayType {
    ArrayType { items: Some(boxed(items)), min_items: None, max_items: None, unique_items: false }
}

pub(crate) fn boxed(schema: AnySchema) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(item) => ReferenceOr::Item(Box::new(item)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

/// The schema, and null.
pub(crate) fn nullable(schema: AnySchema) -> AnySchema {
    ReferenceOr::Item(match schema {
        ReferenceOr::Item(mut item) => {
            // One without a type takes null as it is.
            if let SchemaKind::Type(kind) = &mut item.schema_kind {
                item.schema_data.nullable = true;
                if let Type::String(text) = kind
                    && !text.enumeration.is_empty()
                {
                    text.enumeration.push(None);
                }
            }
            item
        }
        reference @ ReferenceOr::Reference { .. } => Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::AnyOf { any_of: vec![reference, ReferenceOr::Item(null())] },
        },
    })
}

/// Only null: 3.0 has no other way to say it.
fn null() -> Schema {
    let mut null = schema(Type::String(StringType { enumeration: vec![None], ..StringType::default() }));
    null.schema_data.nullable = true;
    null
}

/// Lets `change` add to the schema. A reference can hold nothing beside it in 3.0, so it is wrapped first.
pub(crate) fn with(schema: AnySchema, change: impl FnOnce(&mut SchemaData)) -> AnySchema {
    let mut data = SchemaData::default();
    match schema {
        ReferenceOr::Item(mut item) => {
            change(&mut item.schema_data);
            ReferenceOr::Item(item)
        }
        reference @ ReferenceOr::Reference { .. } => {
            change(&mut data);
            match data == SchemaData::default() {
                true => reference,
                false => ReferenceOr::Item(Schema {
                    schema_data: data,
                    schema_kind: SchemaKind::AllOf { all_of: vec![reference] },
                }),
            }
        }
    }
}

pub(crate) fn media(schema: AnySchema) -> MediaType {
    MediaType { schema: Some(schema), ..MediaType::default() }
}

pub(crate) fn header(description: impl Into<String>, schema: Schema, example: Json) -> Header {
    Header {
        description: Some(description.into()),
        style: openapiv3::HeaderStyle::Simple,
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
        example: Some(example),
        examples: Default::default(),
        extensions: Default::default(),
    }
}

pub(crate) fn parameter(
    name: impl Into<String>,
    description: impl Into<String>,
    schema: AnySchema,
) -> ParameterData {
    ParameterData {
        name: name.into(),
        description: Some(description.into()),
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(schema),
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    }
}

pub(crate) fn shown(value: Json) -> Example {
    Example { value: Some(value), ..Example::default() }
}
