//! Fields as properties of objects.

use atlas9_emitters_core::json::{Names, json};
use atlas9_ir::{Field, Ir, Value, Visibility};
use openapiv3::{AdditionalProperties, ObjectType, SchemaData};

use crate::parts::{AnySchema, boxed, excluding, nullable, with};
use crate::shapes::{Position, Shapes};
use crate::{keys, text};

/// The fields as an object.
pub(crate) fn object<'f>(
    shapes: &mut Shapes<'_>,
    fields: impl IntoIterator<Item = &'f Field>,
    position: Position,
) -> ObjectType {
    let shown: Vec<&Field> = fields.into_iter().filter(|field| shown(field, position)).collect();
    let required = shown.iter().filter(|field| required(shapes.ir, field, position));
    let required = required.map(|field| field.wire.clone()).collect();
    let properties = shown.iter().map(|field| (field.wire.clone(), boxed(property(shapes, field, position))));
    ObjectType {
        properties: properties.collect(),
        required,
        // Answers may gain fields; a request that names unknown ones is refused.
        additional_properties: (position != Position::Read).then_some(AdditionalProperties::Any(false)),
        ..ObjectType::default()
    }
}

fn shown(field: &Field, position: Position) -> bool {
    match position {
        Position::Read => field.readable(),
        Position::Write => field.creatable(),
        Position::Patch => field.updatable(),
    }
}

fn required(ir: &Ir, field: &Field, position: Position) -> bool {
    match position {
        // Whoever lacks the scope is not shown the field.
        Position::Read => field.requires.is_empty(),
        Position::Write => !ir.resolve(&field.ty).1 && field.default.is_none(),
        Position::Patch => false,
    }
}

fn property(shapes: &mut Shapes<'_>, field: &Field, position: Position) -> AnySchema {
    let ir = shapes.ir;
    let plain = shapes.plain(&field.ty, position);
    // A request may say null instead of leaving something out.
    let left_out = position == Position::Write && field.default.is_some();
    let plain = match keys::unreachable(ir, field) {
        words if position == Position::Write && !words.is_empty() => excluding(plain, words),
        _ => plain,
    };
    let schema = if ir.resolve(&field.ty).1 || left_out { nullable(plain) } else { plain };
    with(schema, |data| describe(ir, field, position, data))
}

fn describe(ir: &Ir, field: &Field, position: Position, data: &mut SchemaData) {
    let default = field.default.as_ref().filter(|_| position == Position::Write);
    let facts = [
        text::docs(&field.docs),
        default
            .filter(|value| **value == Value::Now)
            .map_or(String::new(), |_| "The time of the request where it is left out.".to_owned()),
        match field.requires.as_slice() {
            [] => String::new(),
            scopes => format!("Only with {}.", text::scopes(scopes)),
        },
        text::deprecation(field.deprecated.as_ref()),
    ];
    let own = data.description.take().filter(|_| field.docs.is_empty());
    data.description = text::paragraphs(own.into_iter().chain(facts));
    data.default = default
        .filter(|value| **value != Value::Null)
        .and_then(|value| json(ir, &field.ty, value, Names::Wire));
    data.read_only = position == Position::Read && read_only(field);
    data.write_only = position != Position::Read && field.visibility == Visibility::WriteOnly;
    data.deprecated = field.deprecated.is_some();
    if let Some(deprecation) = &field.deprecated {
        let days = [("x-deprecated-on", &deprecation.on), ("x-sunset", &deprecation.sunset)];
        let days = days.into_iter().filter_map(|(name, day)| Some((name.to_owned(), day.clone()?.into())));
        data.extensions.extend(days);
    }
    if !field.requires.is_empty() {
        data.extensions.insert("x-required-scopes".to_owned(), field.requires.clone().into());
    }
    if field.sensitive.is_some() {
        data.extensions.insert("x-sensitive".to_owned(), true.into());
    }
}

fn read_only(field: &Field) -> bool {
    field.visibility == Visibility::ReadOnly
}
