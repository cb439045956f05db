//! Problems (RFC 9457) as they are answered, for examples.

use atlas9_ir::{ErrorDecl, ErrorKind, Ir, Retry};
use serde_json::{Map, Value as Json, json};

use crate::names::sentence;
use crate::samples;

/// The namespace of the errors that need no declaration. They carry nothing of their own.
const STANDARD: &str = "std.errors";

/// True for an error of the standard library.
pub fn is_standard(error: &ErrorDecl) -> bool {
    error.namespace == STANDARD
}

/// A problem as it is answered for the error.
pub fn example(ir: &Ir, error: &ErrorDecl) -> Option<Json> {
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
pub fn standard_members(
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
