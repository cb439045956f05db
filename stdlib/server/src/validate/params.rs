//! Parameters outside the body: in the path, the query and the headers everything is text.

use atlas9_descriptor::{Field, Place, Type};
use axum::http::HeaderMap;

use super::complete::literal;
use super::text::{TextError, bounded_from_text};
use super::{Check, unknown_parameter};
use crate::problem::Failure;
use crate::{Record, Value};

/// Where the texts come from.
pub(crate) struct Sources<'s> {
    /// What stands in the path for a parameter at this place.
    pub(crate) path: &'s [(usize, String)],
    pub(crate) query: &'s [(String, String)],
    pub(crate) headers: &'s HeaderMap,
}

/// The values of the parameters that are not in the body. A list is given by repeating its name in the query, and with commas
/// in a header. What is wrong is found in the check.
pub(crate) fn read_params(check: &mut Check<'_>, params: &'static [Field], sources: &Sources<'_>) -> Record {
    let mut record = Record::new(params);
    for (index, field) in params.iter().enumerate() {
        let texts = match field.place {
            Place::Body => continue,
            Place::Path => sources
                .path
                .iter()
                .filter(|(place, _)| *place == index)
                .map(|(_, text)| text.clone())
                .collect(),
            Place::Query => sources.query(field.wire),
            Place::Header(name) => match header(sources.headers, name, &field.ty) {
                Some(texts) => texts,
                None => {
                    check.note(failure(field, "wrong_encoding", "must be UTF-8"));
                    continue;
                }
            },
        };
        if let Some(value) = param(check, field, &texts) {
            record.put(index, value);
        }
    }
    for (name, _) in sources.query {
        if !in_query(params).any(|wire| wire == name) {
            check.note(unknown_parameter(name, in_query(params)));
        }
    }
    record
}

fn in_query(params: &'static [Field]) -> impl Iterator<Item = &'static str> {
    params.iter().filter(|field| field.place == Place::Query).map(|field| field.wire)
}

impl Sources<'_> {
    fn query(&self, wire: &str) -> Vec<String> {
        self.query.iter().filter(|(name, _)| name == wire).map(|(_, text)| text.clone()).collect()
    }
}

/// The values of a header, those of a list one by one; nothing where they are no text.
fn header(headers: &HeaderMap, name: &str, ty: &Type) -> Option<Vec<String>> {
    let values = headers.get_all(name).iter().map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let values: Vec<&str> = values.collect::<Option<_>>()?;
    Some(match ty {
        Type::List { .. } => {
            values.iter().flat_map(|value| value.split(',')).map(|part| part.trim().to_owned()).collect()
        }
        _ => values.into_iter().map(str::to_owned).collect(),
    })
}

fn param(check: &mut Check<'_>, field: &'static Field, texts: &[String]) -> Option<Value> {
    if !texts.is_empty() && check.refuses(field) {
        return None;
    }
    if !texts.is_empty() {
        check.uses_field(field);
    }
    match (field.ty, texts) {
        (_, []) => absent(check, field),
        (Type::List { item, min, max, .. }, texts) => list(check, field, texts, item, (min, max)),
        (_, [text]) => noted(check, field, text, &field.ty),
        _ => {
            check.note(failure(field, "repeated", "must be there once"));
            None
        }
    }
}

/// An empty list has no other form than to be left out.
fn absent(check: &mut Check<'_>, field: &'static Field) -> Option<Value> {
    match (&field.default, field.ty) {
        (Some(default), _) => Some(literal(default, &field.ty, check.now)),
        (None, _) if field.optional => Some(Value::Null),
        (None, Type::List { min: 0, .. }) => Some(Value::List(Vec::new())),
        (None, _) => {
            check.note(failure(field, "required", "is required"));
            None
        }
    }
}

fn list(
    check: &mut Check<'_>,
    field: &'static Field,
    texts: &[String],
    item: &'static Type,
    (min, max): (u32, u32),
) -> Option<Value> {
    let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
    if count < min {
        check.note(failure(field, "too_few", format!("must have at least {min} items")));
    } else if count > max {
        check.note(failure(field, "too_many", format!("must have at most {max} items")));
    }
    let values: Vec<Option<Value>> = texts.iter().map(|text| noted(check, field, text, item)).collect();
    values.into_iter().collect::<Option<Vec<_>>>().map(Value::List)
}

fn noted(check: &mut Check<'_>, field: &Field, text: &str, ty: &Type) -> Option<Value> {
    let read = bounded_from_text(check.bounds, text, ty);
    if let (Type::Enum(kind), Ok(value)) = (ty, &read) {
        check.uses.value(kind, value);
    }
    read.map_err(|TextError { code, detail }| check.note(failure(field, code, detail))).ok()
}

fn failure(field: &Field, code: &'static str, detail: impl Into<String>) -> Failure {
    match field.place {
        Place::Header(name) => Failure::header(name, code, detail),
        Place::Path => Failure::parameter(field.name, code, detail),
        Place::Body | Place::Query => Failure::parameter(field.wire, code, detail),
    }
}
