//! What the documentation comments of the package say: the author's words, then what the schema declares.

use atlas9_emitters_core::names::sentence;
use atlas9_ir::{
    ActionTarget, Deprecation, Field, Ir, Operation, OperationKind, Resource, Rule, Type, TypeDeclKind,
    TypeKind, Value,
};

use crate::Sdk;
use crate::names::is_standard;
use crate::positions::Position;
use crate::scalars;
use crate::text::{Doc, code};

/// A field's comment.
pub(crate) fn field(ir: &Ir, field: &Field, position: Position) -> Doc {
    let default = match (&field.default, position) {
        (Some(default), Position::Write) => format!("Default: {}.", code(&value(default))),
        _ => String::new(),
    };
    let scopes = match field.requires.as_slice() {
        [] => String::new(),
        scopes => format!("Only with {}.", listed_scopes(scopes)),
    };
    let facts = [type_facts(ir, &field.ty), default, scopes];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    deprecated(Doc::of(&field.docs).line(facts.join(" ")), field.deprecated.as_ref())
}

/// A declaration's comment with the rules that its values keep.
pub(crate) fn declaration(
    docs: &str,
    otherwise: &str,
    rules: &[Rule],
    deprecation: Option<&Deprecation>,
) -> Doc {
    let mut doc = Doc::of_or(docs, otherwise);
    if !rules.is_empty() {
        doc = doc.paragraph("What always holds:");
    }
    for rule in rules {
        let text = if rule.text.is_empty() { sentence(&rule.name) } else { rule.text.clone() };
        doc = doc.line(format!("- {text}"));
    }
    deprecated(doc, deprecation)
}

/// What a type asks of its values, as sentences.
pub(crate) fn type_facts(ir: &Ir, ty: &Type) -> String {
    match &ty.kind {
        TypeKind::Scalar(scalar) => scalars::describe(scalar),
        TypeKind::List { length, .. } => scalars::bounds(length, " items"),
        TypeKind::Map { length, .. } => scalars::bounds(length, " entries"),
        TypeKind::Ref(resource) => format!("The key of the {}.", words(&ir.resources[*resource].snake)),
        // A named type says it itself.
        TypeKind::Named(id) => match &ir.types[*id].kind {
            TypeDeclKind::Alias(target) if ir.types[*id].docs.is_empty() => type_facts(ir, target),
            _ => String::new(),
        },
    }
}

/// An operation's comment.
pub(crate) fn operation(sdk: &Sdk<'_>, resource: Option<&Resource>, operation: &Operation) -> Doc {
    let mut doc = Doc::of_or(&operation.docs, &does(resource, operation));
    if !operation.requires.is_empty() {
        doc = doc.line(format!("Needs {}.", listed_scopes(&operation.requires)));
    }
    for id in &operation.errors {
        let error = &sdk.ir.errors[*id];
        if !is_standard(error) {
            doc = doc.linked("@throws", sdk.names.of_error(*id), error.docs.lines().next().unwrap_or(""));
        }
    }
    deprecated(doc, operation.deprecated.as_ref())
}

/// `order item`
pub(crate) fn words(snake: &str) -> String {
    snake.replace('_', " ")
}

/// A value as it stands in JSON.
pub(crate) fn value(value: &Value) -> String {
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

/// Adds `@deprecated` with the date and the replacement.
pub(crate) fn deprecated(doc: Doc, deprecation: Option<&Deprecation>) -> Doc {
    let Some(deprecation) = deprecation else { return doc };
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
    doc.tag("@deprecated", &parts.join(" "))
}

/// `one book`; `the settings` where there is just one
pub(crate) fn one(resource: &Resource) -> String {
    let article = if resource.singleton { "the" } else { "one" };
    format!("{article} {}", words(&resource.snake))
}

fn does(resource: Option<&Resource>, operation: &Operation) -> String {
    let Some(resource) = resource else { return format!("Calls {}.", code(&operation.name)) };
    let (one, snake) = (one(resource), words(&resource.snake));
    match &operation.kind {
        OperationKind::List(_) => {
            format!("Lists {}, page by page as they are asked for.", words(&resource.plural))
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
            let plural = words(&resource.plural);
            format!("Creates up to {} {plural}, all or none.", batch.max)
        }
        OperationKind::BatchDelete(batch) => {
            let plural = words(&resource.plural);
            format!("Deletes up to {} {plural}, all or none.", batch.max)
        }
        OperationKind::Action(action) => match action.target {
            ActionTarget::Item => format!("Calls {} on {one}.", code(&operation.name)),
            ActionTarget::Collection | ActionTarget::Query | ActionTarget::Service => {
                format!("Calls {} on {}.", code(&operation.name), words(&resource.plural))
            }
        },
    }
}

fn listed_scopes(scopes: &[String]) -> String {
    let names: Vec<String> = scopes.iter().map(|scope| code(scope)).collect();
    let noun = if names.len() == 1 { "scope" } else { "scopes" };
    format!("the {noun} {}", names.join(" and "))
}
