//! Problems (RFC 9457): their schemas, and how each is answered.

use atlas9_emitters_core::names::sentence;
use atlas9_ir::{ErrorDecl, ErrorId, ErrorKind, Ir, Retry};
use openapiv3::{IntegerType, ObjectType, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::{Map, Value as Json, json};

use crate::fields::object;
use crate::parts::{boxed, list, schema, text as string, words};
use crate::samples;
use crate::shapes::{Position, Shape, Shapes};
use crate::text;

/// The namespace of the errors that need no declaration. They carry nothing of their own, so [`Shape::Problem`] is their
/// schema.
const STANDARD: &str = "std.errors";

pub(crate) fn is_standard(error: &ErrorDecl) -> bool {
    error.namespace == STANDARD
}

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

/// A problem as it is answered for the error.
pub(crate) fn example(ir: &Ir, error: &ErrorDecl) -> Option<Json> {
    let mut own = Map::new();
    for field in error.fields.iter().filter(|field| field.readable()) {
        own.insert(field.wire.clone(), samples::of(ir, &field.ty)?);
    }
    let detail = error.fields.iter().fold(error.message.clone(), |message, field| {
        let value = match own.get(&field.wire) {
            Some(Json::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => return message,
        };
        message.replace(&format!("{{{}}}", field.name), &value)
    });
    let mut problem = standard_members(ir, &error.code, &sentence(&error.name), error.kind, &detail);
    if !error.remedy.is_empty() {
        problem.insert("remedy".to_owned(), error.remedy.clone().into());
    }
    problem.extend(own);
    Some(Json::Object(problem))
}

/// The members that every problem has.
pub(crate) fn standard_members(
    ir: &Ir,
    code: &str,
    title: &str,
    kind: ErrorKind,
    detail: &str,
) -> Map<String, Json> {
    let retryable = matches!(kind.retry(), Retry::AfterDelay | Retry::WithBackoff);
    let members = json!({
        "type": format!("urn:problem:{}:{code}", ir.package),
        "title": title,
        "status": kind.status(),
        "detail": detail,
        "instance": "urn:uuid:0192f0c1-2b7e-7c3a-9f44-5d3e8a1b6c21",
        "code": code,
        "kind": kind.word(),
        "retryable": retryable,
    });
    match members {
        Json::Object(members) => members,
        _ => Map::new(),
    }
}
