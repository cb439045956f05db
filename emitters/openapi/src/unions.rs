//! Unions: a schema for each variant, told apart by the discriminator.

use atlas9_ir::{Field, Scalar, TypeDeclKind, TypeId, Variant};
use openapiv3::{Discriminator, ObjectType, Schema, SchemaData, SchemaKind, StringType, Type};

use crate::fields::object;
use crate::parts::{boxed, schema, words};
use crate::shapes::{Position, Shape, Shapes};
use crate::{scalars, text};

/// The parts of a union that its schemas are made of.
struct Union<'a> {
    closed: bool,
    discriminator: &'a str,
    variants: &'a [Variant],
}

fn union<'a>(shapes: &Shapes<'a>, id: TypeId) -> Option<Union<'a>> {
    match &shapes.ir.types[id].kind {
        TypeDeclKind::Union { closed, discriminator_wire, variants, .. } => {
            Some(Union { closed: *closed, discriminator: discriminator_wire, variants })
        }
        _ => None,
    }
}

/// The schema of a union, and what its variants mean.
pub(crate) fn of(shapes: &mut Shapes<'_>, id: TypeId, position: Position) -> (Schema, String) {
    let Some(union) = union(shapes, id) else { return (scalars::of(&Scalar::Json), String::new()) };
    let any_of = (0..union.variants.len()).map(|at| shapes.reference(Shape::Variant(id, at, position)));
    let mut any_of: Vec<_> = any_of.collect();
    let names: Vec<&str> = union.variants.iter().map(|variant| variant.name.as_str()).collect();
    let mapped = names.iter().enumerate().map(|(at, name)| {
        let component = shapes.names.of(Shape::Variant(id, at, position));
        ((*name).to_owned(), format!("#/components/schemas/{component}"))
    });
    let discriminator = Discriminator {
        property_name: union.discriminator.to_owned(),
        mapping: mapped.collect(),
        ..Discriminator::default()
    };
    let open = position == Position::Read && !union.closed;
    if open {
        // An open union may gain variants, which must not break whoever reads them.
        any_of.push(shapes.reference(Shape::OtherVariant(id)));
    }
    let schema_data = SchemaData { discriminator: Some(discriminator), ..SchemaData::default() };
    let schema_kind = match position {
        // What is not known yet fits many.
        Position::Read => SchemaKind::AnyOf { any_of },
        Position::Write | Position::Patch => SchemaKind::OneOf { one_of: any_of },
    };
    (Schema { schema_data, schema_kind }, facts(&union, position))
}

fn facts(union: &Union<'_>, position: Position) -> String {
    let listed = text::variants(union.variants);
    let more = match position {
        Position::Read if !union.closed => {
            "More variants may be added: be ready for ones that you do not know."
        }
        Position::Patch => {
            "Of the variant that is there and named again, fields change; another variant takes its place whole."
        }
        Position::Read | Position::Write => "",
    };
    text::paragraphs([listed.as_str(), more]).unwrap_or_default()
}

/// A variant: the discriminator, then the fields of its structure.
pub(crate) fn variant(shapes: &mut Shapes<'_>, id: TypeId, at: usize, position: Position) -> Schema {
    let Some(union) = union(shapes, id) else { return scalars::of(&Scalar::Json) };
    let Some(variant) = union.variants.get(at) else { return scalars::of(&Scalar::Json) };
    let fields: &[Field] = match &shapes.ir.types[variant.structure].kind {
        TypeDeclKind::Structure { fields, .. } => fields,
        _ => &[],
    };
    let mut made = object(shapes, fields, position);
    let mut told = schema(Type::String(words([variant.name.as_str()])));
    told.schema_data.description = Some("Which variant this is.".to_owned());
    made.properties.shift_insert(
        0,
        union.discriminator.to_owned(),
        boxed(openapiv3::ReferenceOr::Item(told)),
    );
    made.required.insert(0, union.discriminator.to_owned());
    let mut made = schema(Type::Object(made));
    made.schema_data.deprecated = variant.deprecated.is_some();
    let structure = &shapes.ir.types[variant.structure].docs;
    let docs = if variant.docs.is_empty() { structure } else { &variant.docs };
    made.schema_data.description =
        text::paragraphs([text::docs(docs), text::deprecation(variant.deprecated.as_ref())]);
    made
}

/// A variant that came later.
pub(crate) fn other(shapes: &Shapes<'_>, id: TypeId) -> Schema {
    let Some(union) = union(shapes, id) else { return scalars::of(&Scalar::Json) };
    let told = schema(Type::String(StringType::default()));
    let mut made = schema(Type::Object(ObjectType {
        properties: std::iter::once((
            union.discriminator.to_owned(),
            boxed(openapiv3::ReferenceOr::Item(told)),
        ))
        .collect(),
        required: vec![union.discriminator.to_owned()],
        ..ObjectType::default()
    }));
    made.schema_data.description = Some("A variant that came later.".to_owned());
    made
}
