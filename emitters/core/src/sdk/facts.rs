//! What the schema declares of a thing, as sentences for documentation comments.

use atlas9_ir::{
    ActionTarget, Deprecation, Field, Ir, Operation, OperationKind, Range, Resource, Rule, Scalar, Type,
    TypeDeclKind, TypeKind, Value,
};

use super::Position;
use crate::describe::spaced;
use crate::names::sentence;
use crate::text::code;

/// What a field's type asks for, its default where a request gives the value, and the scopes that it needs.
pub fn field(ir: &Ir, field: &Field, position: Position) -> String {
    let default = match (&field.default, position) {
        (Some(default), Position::Write) => format!("Default: {}.", code(&value(default))),
        _ => String::new(),
    };
    let scopes = match field.requires.as_slice() {
        [] => String::new(),
        scopes => format!("Only with {}.", self::scopes(scopes)),
    };
    let facts = [of_type(ir, &field.ty), default, scopes];
    facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The rules that values of a declaration keep, each a line of a list; empty where there are none.
pub fn rules(rules: &[Rule]) -> Vec<String> {
    let text = |rule: &Rule| if rule.text.is_empty() { sentence(&rule.name) } else { rule.text.clone() };
    let lines = rules.iter().map(|rule| format!("- {}", text(rule)));
    let title = (!rules.is_empty()).then(|| "What always holds:".to_owned());
    title.into_iter().chain(lines).collect()
}

/// The scopes that an operation needs: `Needs the scope ...`; nothing where it needs none.
pub fn needs(operation: &Operation) -> Option<String> {
    let scopes = &operation.requires;
    (!scopes.is_empty()).then(|| format!("Needs {}.", self::scopes(scopes)))
}

/// Since when, until when, what to use instead, and why.
pub fn deprecation(deprecation: &Deprecation) -> String {
    let mut parts = Vec::new();
    match (&deprecation.since, &deprecation.on) {
        (Some(since), Some(on)) => parts.push(format!("Since {since}, {on}.")),
        (Some(since), None) | (None, Some(since)) => parts.push(format!("Since {since}.")),
        (None, None) => {}
    }
    if let Some(sunset) = &deprecation.sunset {
        parts.push(format!("Removed after {sunset}."));
    }
    if let Some(replacement) = &deprecation.replacement {
        parts.push(format!("Use {} instead.", code(replacement)));
    }
    parts.extend(deprecation.reason.clone());
    parts.join(" ")
}

/// What a type asks of its values, as sentences.
pub fn of_type(ir: &Ir, ty: &Type) -> String {
    match &ty.kind {
        TypeKind::Scalar(scalar) => of_scalar(scalar),
        TypeKind::List { length, .. } => bounds(length, " items"),
        TypeKind::Map { length, .. } => bounds(length, " entries"),
        TypeKind::Ref(resource) => format!("The key of the {}.", spaced(&ir.resources[*resource].snake)),
        // A named type says it itself.
        TypeKind::Named(id) => match &ir.types[*id].kind {
            TypeDeclKind::Alias(target) if ir.types[*id].docs.is_empty() => of_type(ir, target),
            _ => String::new(),
        },
    }
}

/// A value as it stands in JSON.
pub fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(text) | Value::String(text) | Value::Enum(text) => text.clone(),
        Value::Now => "now".to_owned(),
        Value::List(items) => format!("[{}]", items.iter().map(self::value).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{name}: {}", self::value(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// `one book`; `the settings` where there is just one
pub fn one(resource: &Resource) -> String {
    let article = if resource.singleton { "the" } else { "one" };
    format!("{article} {}", spaced(&resource.snake))
}

/// What an operation does, where its author does not say it.
pub fn does(resource: Option<&Resource>, operation: &Operation) -> String {
    let Some(resource) = resource else { return format!("Calls {}.", code(&operation.name)) };
    let (one, snake) = (one(resource), spaced(&resource.snake));
    match &operation.kind {
        OperationKind::List(_) => {
            format!("Lists {}, page by page as they are asked for.", spaced(&resource.plural))
        }
        OperationKind::Get => format!("Reads {one}."),
        OperationKind::Create => format!("Creates a new {snake}."),
        OperationKind::Update => format!("Changes {one}: what is left out stays, null clears."),
        OperationKind::Replace => format!("Replaces {one} as a whole."),
        OperationKind::Delete(delete) => match delete.soft_keep_days {
            Some(days) => format!("Deletes {one}. It is kept for {days} days."),
            None => format!("Deletes {one}."),
        },
        OperationKind::Undelete => format!("Takes back the deletion of {one}."),
        OperationKind::BatchCreate(batch) => {
            let plural = spaced(&resource.plural);
            format!("Creates up to {} {plural}, all or none.", batch.max)
        }
        OperationKind::BatchDelete(batch) => {
            let plural = spaced(&resource.plural);
            format!("Deletes up to {} {plural}, all or none.", batch.max)
        }
        OperationKind::Action(action) => match action.target {
            ActionTarget::Item => format!("Calls {} on {one}.", code(&operation.name)),
            ActionTarget::Collection | ActionTarget::Query | ActionTarget::Service => {
                format!("Calls {} on {}.", code(&operation.name), spaced(&resource.plural))
            }
        },
    }
}

/// What a value looks like; empty where the type says it all.
fn of_scalar(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Bool | Scalar::Json => String::new(),
        Scalar::Int32 { range } | Scalar::Int { range } | Scalar::Int64 { range } => bounds(range, ""),
        Scalar::Float64 { range } => bounds(range, ""),
        Scalar::Decimal { precision, scale, range } => {
            let digits =
                format!("A decimal with up to {precision} digits, {scale} of them behind the point.");
            join(digits, bounds(range, ""))
        }
        Scalar::String { length, pattern } => {
            let matches = pattern.as_ref().map(|pattern| format!("Matches {}.", code(pattern)));
            join(bounds(length, " characters"), matches.unwrap_or_default())
        }
        Scalar::Bytes { length } => bounds(length, " bytes"),
        Scalar::Uuid => "A UUID.".to_owned(),
        Scalar::Date => "A day, `YYYY-MM-DD`.".to_owned(),
        Scalar::Timestamp => "An instant in UTC, RFC 3339 with up to six digits of a second.".to_owned(),
        Scalar::Duration => "A span of time, ISO 8601.".to_owned(),
    }
}

/// `1 to 120 characters.`
fn bounds(range: &Range, unit: &str) -> String {
    // `1 item`, not `1 items`.
    let last = range.max.as_deref().or(range.min.as_deref());
    let unit = if last == Some("1") { unit.trim_end_matches('s') } else { unit };
    let below = if range.exclusive_max { "less than" } else { "at most" };
    match (&range.min, &range.max) {
        (None, None) => String::new(),
        (Some(min), None) => format!("At least {min}{unit}."),
        (None, Some(max)) => format!("{}{}{unit}.", capital(below), format_args!(" {max}")),
        (Some(min), Some(max)) if min == max => format!("Exactly {min}{unit}."),
        (Some(min), Some(max)) if range.exclusive_max => format!("At least {min} and less than {max}{unit}."),
        (Some(min), Some(max)) => format!("{min} to {max}{unit}."),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn join(first: String, second: String) -> String {
    format!("{first} {second}").trim().to_owned()
}

/// ``the scope `books_write` ``
pub fn scopes(scopes: &[String]) -> String {
    let names: Vec<String> = scopes.iter().map(|scope| code(scope)).collect();
    let noun = if names.len() == 1 { "scope" } else { "scopes" };
    format!("the {noun} {}", names.join(" and "))
}
