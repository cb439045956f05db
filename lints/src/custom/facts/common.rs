//! Facts about every declaration.

use std::collections::BTreeMap;
use std::sync::Arc;

use atlas9_ir::{Applied, Ir, Value as Literal};
use minijinja::Value;
use minijinja::value::{Enumerator, Object};

use super::{ANNOTATIONS, Fact, Holds, OWNER, members, none};
use crate::custom::CustomKind::{
    self, Action, Enum, Error, Field, Operation, Parameter, Query, Resource, Service, Singleton, Type, Union,
    Variant,
};

const ALL: &[CustomKind] = &[
    Service,
    Resource,
    Singleton,
    Type,
    Union,
    Variant,
    Enum,
    CustomKind::Value,
    Error,
    Field,
    Parameter,
    Operation,
    Action,
    Query,
];

const MEMBERS: &[CustomKind] = &[Variant, CustomKind::Value, Field, Parameter, Operation, Action, Query];

pub(super) const FACTS: &[Fact] = &[
    Fact {
        name: "name",
        of: ALL,
        holds: Holds::Text,
        meaning: "Its name as declared.",
        get: |subject, _| Value::from(subject.name()),
    },
    Fact {
        name: "kind",
        of: ALL,
        holds: Holds::Text,
        meaning: "What it is: a word of `match`, the narrowest one.",
        get: |subject, _| Value::from(subject.kind.word()),
    },
    Fact {
        name: "symbol",
        of: ALL,
        holds: Holds::Text,
        meaning: "Its name behind those that it belongs to: `Book.title`.",
        get: |subject, _| Value::from(subject.symbol()),
    },
    Fact {
        name: "docs",
        of: ALL,
        holds: Holds::Text,
        meaning: "Its documentation; empty where there is none.",
        get: |subject, _| Value::from(subject.docs()),
    },
    Fact {
        name: "file",
        of: ALL,
        holds: Holds::Text,
        meaning: "The file that declares it, `schema/books.atlas`.",
        get: |subject, ir| {
            let file = ir.files.get(subject.span().file.0 as usize);
            Value::from(file.map_or("", |file| &file.name))
        },
    },
    Fact {
        name: "deprecated",
        of: ALL,
        holds: Holds::Flag,
        meaning: "Whether it is `@deprecated`.",
        get: |subject, _| Value::from(subject.deprecated()),
    },
    Fact {
        name: ANNOTATIONS,
        of: ALL,
        holds: Holds::Members,
        meaning: "Declared annotations on it by name, with their arguments: `annotations.owner.team`.",
        get: |subject, ir| {
            let all = subject.annotations().iter();
            members(all.map(|applied| (ir.annotations[applied.annotation].name.clone(), arguments(applied))))
        },
    },
    Fact {
        name: OWNER,
        of: MEMBERS,
        holds: Holds::Members,
        meaning: "What it belongs to, with all facts of that but lists: `owner.name`.",
        get: |_, _| none(),
    },
];

fn arguments(applied: &Applied) -> Value {
    let values = applied.arguments.iter().map(|(name, value)| (name.clone(), literal(value)));
    Value::from_object(Arguments(values.collect()))
}

/// The arguments of an annotation. One without arguments is there all the same.
#[derive(Debug)]
struct Arguments(BTreeMap<String, Value>);

impl Object for Arguments {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.keys().cloned().map(Value::from).collect())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }
}

/// A value of the schema.
pub(super) fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null => none(),
        Literal::Bool(flag) => Value::from(*flag),
        Literal::Int(number) => Value::from(*number),
        Literal::Decimal(text) => super::typed::number(text),
        Literal::String(text) | Literal::Enum(text) => Value::from(text.as_str()),
        Literal::Now => Value::from("now"),
        Literal::List(items) => items.iter().map(literal).collect(),
        Literal::Object(fields) => {
            members(fields.iter().map(|(name, value)| (name.as_str(), literal(value))))
        }
    }
}

/// The namespaces of resources are not kept in the model.
pub(super) fn namespace(subject: &crate::custom::subject::Subject<'_>, _: &Ir) -> Value {
    use crate::custom::subject::Of;
    match subject.of {
        Of::Type(decl) => Value::from(decl.namespace.as_str()),
        Of::Error(error) => Value::from(error.namespace.as_str()),
        _ => none(),
    }
}
