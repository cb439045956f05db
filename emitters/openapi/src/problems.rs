//! Problems (RFC 9457): their schemas, and how each is answered.

use atlas9_ir::{ErrorId, ErrorKind};
use openapiv3::{IntegerType, ObjectType, ReferenceOr, Schema, SchemaKind, Type};

use crate::fields::object;
use crate::parts::{boxed, list, schema, text as string, words};
use crate::shapes::{Position, Shape, Shapes};
use crate::text;

/// What all problems have.
pub(crate) fn problem(shapes: &mut Shapes<'_>) -> Schema {
    let failures = list(shapes.reference(Shape::Failure));
    let uri = || Type::String(string("uri"));
    let plain = || Type::String(string(""));
    let status =
        Type::Integer(IntegerType { minimum: Some(400), maximum: Some(599), ..IntegerType::default() });
    let members = [
        ("type", uri(), "Names the kind of problem; the same for every one with this code."),
        ("title", plain(), "What kind of problem it is, for people."),
        ("status", status, "The HTTP status."),
        ("detail", plain(), "What happened this time, for people."),
        ("instance", uri(), "Names this very request; the server's log tells more under it."),
        ("code", plain(), "What happened, for programs."),
        (
            "kind",
            Type::String(words(ErrorKind::ALL.map(ErrorKind::word))),
            "The kind of problem, which decides the status.",
        ),
        ("retryable", Type::Boolean(Default::default()), "True when the same request may succeed later."),
        ("remedy", plain(), "What can be done about it, for people."),
        ("errors", Type::Array(failures), "Everything that is wrong with the request, field by field."),
        (
            "required_scopes",
            Type::Array(list(ReferenceOr::Item(schema(plain())))),
            "The scopes that the caller lacks.",
        ),
    ];
    let mut made = members_of(members);
    if let SchemaKind::Type(Type::Object(object)) = &mut made.schema_kind {
        let always = ["type", "title", "status", "detail", "instance", "code", "kind", "retryable"];
        object.required = always.map(str::to_owned).to_vec();
    }
    made.schema_data.description = Some("Why a request failed (RFC 9457).".to_owned());
    made
}

/// What is wrong with one field or parameter.
pub(crate) fn failure() -> Schema {
    let plain = || Type::String(string(""));
    let mut made = members_of([
        ("pointer", plain(), "A JSON pointer into the body, such as `#/price/amount`."),
        ("parameter", plain(), "The name of a parameter in the path or the query."),
        ("header", plain(), "The name of a header."),
        ("code", plain(), "What is wrong, for programs, such as `out_of_range`."),
        ("detail", plain(), "What is wrong, for people."),
    ]);
    if let SchemaKind::Type(Type::Object(object)) = &mut made.schema_kind {
        object.required = vec!["code".to_owned(), "detail".to_owned()];
    }
    made.schema_data.description = Some(
        "One thing that is wrong with a request, and where: in the body, a parameter or a header.".to_owned(),
    );
    made
}

fn members_of<const N: usize>(members: [(&str, Type, &str); N]) -> Schema {
    let properties = members.map(|(name, kind, description)| {
        let mut member = schema(kind);
        member.schema_data.description = Some(description.to_owned());
        (name.to_owned(), boxed(ReferenceOr::Item(member)))
    });
    schema(Type::Object(ObjectType { properties: properties.into_iter().collect(), ..ObjectType::default() }))
}

/// A declared error: a problem with this code and what the error carries.
pub(crate) fn declared(shapes: &mut Shapes<'_>, id: ErrorId) -> Schema {
    let error = &shapes.ir.errors[id];
    let mut own = object(shapes, &error.fields, Position::Read);
    let code = ReferenceOr::Item(Box::new(schema(Type::String(words([&error.code])))));
    own.properties.shift_insert(0, "code".to_owned(), code);
    own.required.insert(0, "code".to_owned());
    let parts = vec![shapes.reference(Shape::Problem), ReferenceOr::Item(schema(Type::Object(own)))];
    let mut made = schema(Type::Boolean(Default::default()));
    made.schema_kind = SchemaKind::AllOf { all_of: parts };
    made.schema_data.description = text::paragraphs([text::docs(&error.docs), text::docs(&error.remedy)]);
    made
}
