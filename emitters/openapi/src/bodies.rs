//! Resources, pages of them, and the bodies of requests.

use atlas9_ir::{Field, OperationKind, ResourceId};
use openapiv3::{IntegerType, ObjectType, Schema, Type};

use crate::fields::object;
use crate::parts::{boxed, list, nullable, schema, text as string};
use crate::shapes::{Position, Shape, Shapes};
use crate::text;

/// A resource as it is answered.
pub(crate) fn resource(shapes: &mut Shapes<'_>, id: ResourceId) -> Schema {
    let resource = &shapes.ir.resources[id];
    let mut made = schema(Type::Object(object(shapes, &resource.fields, Position::Read)));
    made.schema_data.deprecated = resource.deprecated.is_some();
    made.schema_data.description = text::paragraphs([
        text::docs(&resource.docs),
        text::rules(&resource.rules),
        text::deprecation(resource.deprecated.as_ref()),
    ]);
    made
}

/// A page of a list.
pub(crate) fn page(shapes: &mut Shapes<'_>, id: ResourceId) -> Schema {
    let plural = text::spaced(&shapes.ir.resources[id].plural);
    let items = schema(Type::Array(list(shapes.reference(Shape::Resource(id)))));
    let cursor = schema(Type::String(string("")));
    let count = schema(Type::Integer(IntegerType { minimum: Some(0), ..IntegerType::default() }));
    let described = |mut schema: Schema, text: &str| {
        schema.schema_data.description = Some(text.to_owned());
        openapiv3::ReferenceOr::Item(schema)
    };
    let members = [
        ("items", described(items, &format!("The {plural} of this page."))),
        (
            "next_cursor",
            nullable(described(cursor, "What to send as `cursor` for the next page; null on the last.")),
        ),
        (
            "count",
            described(count, "How many there are on all pages; only there where `count=true` asks for it."),
        ),
    ];
    let mut made = schema(Type::Object(ObjectType {
        properties: members.map(|(name, schema)| (name.to_owned(), boxed(schema))).into_iter().collect(),
        required: vec!["items".to_owned(), "next_cursor".to_owned()],
        ..ObjectType::default()
    }));
    made.schema_data.description = Some(format!("A page of {plural}."));
    made
}

/// The body of an operation.
pub(crate) fn body(shapes: &mut Shapes<'_>, id: ResourceId, at: usize) -> Schema {
    let resource = &shapes.ir.resources[id];
    let one = text::one(&resource.snake);
    let operation = resource.operations.get(at);
    let all: Vec<&Field> = resource.fields.iter().collect();
    let (fields, position, about, rules) = match operation.map(|operation| &operation.kind) {
        Some(OperationKind::Update) => {
            let about = format!("What changes of {one}: a field that is left out stays, null clears.");
            (all, Position::Patch, about, true)
        }
        Some(OperationKind::Action(action)) => {
            let name = operation.map_or("", |operation| operation.name.as_str());
            (action.body().collect(), Position::Write, format!("What `{name}` is given."), false)
        }
        Some(OperationKind::Replace) => {
            // What can never change stays.
            let changing = all.into_iter().filter(|field| field.updatable()).collect();
            (changing, Position::Write, format!("All of {one}."), true)
        }
        _ => (all, Position::Write, format!("A new {}.", text::spaced(&resource.snake)), true),
    };
    let mut made = schema(Type::Object(object(shapes, fields, position)));
    let rules = if rules { text::rules(&resource.rules) } else { String::new() };
    made.schema_data.description = text::paragraphs([about, rules]);
    made
}
