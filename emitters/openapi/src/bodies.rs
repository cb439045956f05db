//! Resources, pages of them, and the bodies of requests.

use atlas9_emitters_core::requests::{ETAG, Items, items};
use atlas9_ir::{Batch, Field, Operation, OperationKind, PaginationStyle, Resource, ResourceId};
use openapiv3::{
    AdditionalProperties, ArrayType, IntegerType, ObjectType, ReferenceOr, Schema, StringType, Type,
};

use crate::fields::object;
use crate::parameters::TAG;
use crate::parts::{AnySchema, boxed, list, nullable, schema, text as string, with};
use crate::shapes::{Position, Shape, Shapes};
use crate::text;

/// A resource as it is answered.
pub(crate) fn resource(shapes: &mut Shapes<'_>, id: ResourceId) -> Schema {
    let resource = &shapes.ir.resources[id];
    let mut made = schema(Type::Object(members(shapes, resource)));
    made.schema_data.deprecated = resource.deprecated.is_some();
    made.schema_data.description = text::paragraphs([
        text::docs(&resource.docs),
        text::rules(&resource.rules),
        text::deprecation(resource.deprecated.as_ref()),
    ]);
    made
}

/// The same where a request asks for some fields of it: any of them may be missing.
pub(crate) fn partial(shapes: &mut Shapes<'_>, id: ResourceId) -> Schema {
    let resource = &shapes.ir.resources[id];
    let members = ObjectType { required: Vec::new(), ..members(shapes, resource) };
    let mut made = schema(Type::Object(members));
    made.schema_data.deprecated = resource.deprecated.is_some();
    made.schema_data.description =
        Some(format!("What `fields` asks for of {}, and nothing else of it.", text::resource(resource)));
    made
}

fn members(shapes: &mut Shapes<'_>, resource: &Resource) -> ObjectType {
    let mut object = object(shapes, &resource.fields, Position::Read);
    object.properties.extend(embedded(shapes, resource));
    object
}

/// What `expand` embeds, by its name; only there where it is asked for.
fn embedded(shapes: &mut Shapes<'_>, resource: &Resource) -> Vec<(String, ReferenceOr<Box<Schema>>)> {
    let mut found: Vec<(String, ReferenceOr<Box<Schema>>)> = Vec::new();
    for expand in resource.operations.iter().flat_map(|operation| &operation.expand) {
        let field = resource.fields.iter().find(|field| field.name == expand.field);
        let Some(field) = field.filter(|_| !found.iter().any(|(name, _)| *name == expand.wire)) else {
            continue;
        };
        let about = format!("Only there where `expand={}` asks for it.", expand.wire);
        let whole = with(shapes.embedded(&field.ty), |data| data.description = Some(about));
        found.push((expand.wire.clone(), boxed(whole)));
    }
    found
}

/// A page of a list.
pub(crate) fn page(shapes: &mut Shapes<'_>, id: ResourceId) -> Schema {
    let resource = &shapes.ir.resources[id];
    let plural = text::spaced(&resource.plural);
    let listing =
        resource.operations.iter().find(|operation| matches!(operation.kind, OperationKind::List(_)));
    let item = match listing {
        Some(operation) => shapes.read(id, operation),
        None => shapes.reference(Shape::Resource(id)),
    };
    let items = schema(Type::Array(list(item)));
    let cursor = schema(Type::String(string("")));
    let count = schema(Type::Integer(IntegerType { minimum: Some(0), ..IntegerType::default() }));
    let described = |mut schema: Schema, text: &str| {
        schema.schema_data.description = Some(text.to_owned());
        ReferenceOr::Item(schema)
    };
    let number = || schema(Type::Integer(IntegerType { minimum: Some(1), ..IntegerType::default() }));
    let places = match numbered(resource) {
        true => vec![
            ("page", described(number(), "Which page this is.")),
            (
                "next_page",
                nullable(described(number(), "What to send as `page` for the next one; null on the last.")),
            ),
        ],
        false => vec![(
            "next_cursor",
            nullable(described(cursor, "What to send as `cursor` for the next page; null on the last.")),
        )],
    };
    let required =
        std::iter::once("items").chain(places.iter().map(|(name, _)| *name)).map(str::to_owned).collect();
    let mut members = vec![("items", described(items, &format!("The {plural} of this page.")))];
    members.extend(places);
    members.push((
        "count",
        described(count, "How many there are on all pages; only there where `count=true` asks for it."),
    ));
    let mut made = schema(Type::Object(ObjectType {
        properties: members.into_iter().map(|(name, schema)| (name.to_owned(), boxed(schema))).collect(),
        required,
        ..ObjectType::default()
    }));
    made.schema_data.description = Some(format!("A page of {plural}."));
    made
}

/// Several resources that one request was about.
pub(crate) fn several(shapes: &mut Shapes<'_>, id: ResourceId) -> AnySchema {
    let items = list(shapes.reference(Shape::Resource(id)));
    ReferenceOr::Item(schema(Type::Object(of_items(items))))
}

fn of_items(items: ArrayType) -> ObjectType {
    let items = boxed(ReferenceOr::Item(schema(Type::Array(items))));
    ObjectType {
        properties: std::iter::once(("items".to_owned(), items)).collect(),
        required: vec!["items".to_owned()],
        ..ObjectType::default()
    }
}

/// The body of a batch: what several requests of another operation would be.
fn of_batch(shapes: &mut Shapes<'_>, id: ResourceId, operation: &Operation, batch: &Batch) -> Schema {
    let resource = &shapes.ir.resources[id];
    let item = match items(Some(resource), operation) {
        Some(Items::Bodies(place, _)) => shapes.reference(Shape::Body(Some(id), place)),
        Some(Items::Keys(key)) => removal(shapes, key, batch.conditional),
        None => ReferenceOr::Item(schema(Type::Object(ObjectType::default()))),
    };
    let max = usize::try_from(batch.max).ok();
    // No row is removed twice, and what would be the same new row twice is another one.
    let unique_items = matches!(operation.kind, OperationKind::BatchDelete(_));
    let items = ArrayType { min_items: Some(1), max_items: max, unique_items, ..list(item) };
    let closed = Some(AdditionalProperties::Any(false));
    let mut made = schema(Type::Object(ObjectType { additional_properties: closed, ..of_items(items) }));
    let plural = text::spaced(&resource.plural);
    made.schema_data.description = Some(match operation.kind {
        OperationKind::BatchDelete(_) => format!("Which {plural} go: all of them, or none."),
        _ => format!("New {plural}: all of them are made, or none."),
    });
    made
}

/// A row of those that a batch removes.
fn removal(shapes: &mut Shapes<'_>, key: &Field, conditional: bool) -> AnySchema {
    let about = "The `ETag` that it must still have, such as `\"3\"`: another one is answered 412.";
    let etag = Type::String(StringType { pattern: Some(TAG.to_owned()), ..string("") });
    let etag = ReferenceOr::Item(schema(etag));
    let etag = if conditional { etag } else { nullable(etag) };
    let etag = with(etag, |data| data.description = Some(about.to_owned()));
    let members = [(key.wire.clone(), shapes.plain(&key.ty, Position::Write)), (ETAG.to_owned(), etag)];
    ReferenceOr::Item(schema(Type::Object(ObjectType {
        properties: members.into_iter().map(|(name, schema)| (name, boxed(schema))).collect(),
        required: std::iter::once(key.wire.clone()).chain(conditional.then(|| ETAG.to_owned())).collect(),
        additional_properties: Some(AdditionalProperties::Any(false)),
        ..ObjectType::default()
    })))
}

/// True when pages have numbers.
fn numbered(resource: &Resource) -> bool {
    resource.operations.iter().any(|operation| {
        matches!(&operation.kind, OperationKind::List(list) if list.paginate.style == PaginationStyle::Page)
    })
}

/// The body of an operation of a resource, or of the service.
pub(crate) fn body(shapes: &mut Shapes<'_>, id: Option<ResourceId>, at: usize) -> Schema {
    match id {
        Some(id) => of_resource(shapes, id, at),
        None => of_service(shapes, at),
    }
}

fn of_service(shapes: &mut Shapes<'_>, at: usize) -> Schema {
    let operation = shapes.ir.service.operations.get(at);
    let params: Vec<&Field> = match operation.map(|operation| &operation.kind) {
        Some(OperationKind::Action(action)) => action.body().collect(),
        _ => Vec::new(),
    };
    let name = operation.map_or("", |operation| operation.name.as_str());
    let mut made = schema(Type::Object(object(shapes, params, Position::Write)));
    made.schema_data.description = Some(format!("What `{name}` is given."));
    made
}

fn of_resource(shapes: &mut Shapes<'_>, id: ResourceId, at: usize) -> Schema {
    let resource = &shapes.ir.resources[id];
    let one = text::resource(resource);
    let operation = resource.operations.get(at);
    if let Some((operation, batch)) = operation.and_then(|one| Some((one, one.kind.batch()?))) {
        return of_batch(shapes, id, operation, batch);
    }
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
