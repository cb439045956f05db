//! Facts about what stands at the top of a file: resources and types.

use atlas9_ir::{Field as IrField, Resource as IrResource, TypeDeclKind};
use minijinja::Value;

use super::common::namespace;
use super::{Fact, Holds, maybe, none, texts};
use crate::custom::CustomKind::{
    self, Action, Enum, Error, Operation, Query, Resource, Service, Singleton, Type, Union,
};
use crate::custom::subject::{Of, Subject};

const RESOURCES: &[CustomKind] = &[Resource, Singleton];

pub(super) const FACTS: &[Fact] = &[
    Fact {
        name: "namespace",
        of: &[Type, Union, Enum, Error],
        holds: Holds::Text,
        meaning: "The namespace that declares it.",
        get: namespace,
    },
    Fact {
        name: "fields",
        of: &[Resource, Singleton, Type, Error],
        holds: Holds::Texts,
        meaning: "The names of its fields: `'created_at' not in fields`.",
        get: |subject, _| names(subject.fields()),
    },
    Fact {
        name: "plural",
        of: RESOURCES,
        holds: Holds::Text,
        meaning: "Its plural in snake_case, the segment of its path.",
        get: |subject, _| resource(subject, |resource| resource.plural.as_str()),
    },
    Fact {
        name: "path",
        of: &[Resource, Singleton, Operation, Action, Query],
        holds: Holds::Text,
        meaning: "Its path below that of the service: `/books/{id}`.",
        get: |subject, _| match subject.of {
            Of::Operation(operation) => Value::from(operation.path.as_str()),
            _ => resource(subject, |resource| resource.path.as_str()),
        },
    },
    Fact {
        name: "parent",
        of: RESOURCES,
        holds: Holds::MaybeText,
        meaning: "The name of the resource that it lives in.",
        get: |subject, ir| {
            resource(subject, |resource| {
                maybe(resource.parent.map(|parent| ir.resources[parent].name.as_str()))
            })
        },
    },
    Fact {
        name: "key_field",
        of: RESOURCES,
        holds: Holds::MaybeText,
        meaning: "The name of its `@key`.",
        get: |subject, _| resource(subject, |resource| maybe(resource.key().map(|key| key.name.as_str()))),
    },
    Fact {
        name: "tenant_field",
        of: RESOURCES,
        holds: Holds::MaybeText,
        meaning: "The name of the field that says whose each row is.",
        get: |subject, _| resource(subject, |resource| maybe(resource.tenant().map(|key| key.name.as_str()))),
    },
    Fact {
        name: "soft_delete",
        of: RESOURCES,
        holds: Holds::Flag,
        meaning: "Whether a delete keeps the row for a while.",
        get: |subject, _| resource(subject, IrResource::soft_delete),
    },
    Fact {
        name: "audited",
        of: RESOURCES,
        holds: Holds::Flag,
        meaning: "Whether it is `@audited`.",
        get: |subject, _| resource(subject, |resource| resource.audited.is_some()),
    },
    Fact {
        name: "events",
        of: RESOURCES,
        holds: Holds::Flag,
        meaning: "Whether its changes are `@events`.",
        get: |subject, _| resource(subject, |resource| resource.events),
    },
    Fact {
        name: "operations",
        of: &[Service, Resource, Singleton],
        holds: Holds::Texts,
        meaning: "The names of its operations: `'delete' in operations`.",
        get: |subject, _| {
            let all = match subject.of {
                Of::Resource(resource) => &*resource.operations,
                Of::Service(service) => &*service.operations,
                _ => &[],
            };
            texts(all.iter().map(|operation| operation.name.as_str()))
        },
    },
    Fact {
        name: "rules",
        of: RESOURCES,
        holds: Holds::Texts,
        meaning: "The names of its rules.",
        get: |subject, _| {
            resource(subject, |resource| texts(resource.rules.iter().map(|rule| rule.name.as_str())))
        },
    },
    Fact {
        name: "closed",
        of: &[Enum, Union],
        holds: Holds::Flag,
        meaning: "Whether it is `closed`.",
        get: |subject, _| match subject.of {
            Of::Type(decl) => match decl.kind {
                TypeDeclKind::Enum { closed, .. } | TypeDeclKind::Union { closed, .. } => Value::from(closed),
                _ => none(),
            },
            _ => none(),
        },
    },
    Fact {
        name: "values",
        of: &[Enum],
        holds: Holds::Texts,
        meaning: "The names of its values.",
        get: |subject, _| match subject.of {
            Of::Type(decl) => match &decl.kind {
                TypeDeclKind::Enum { values, .. } => texts(values.iter().map(|value| value.name.as_str())),
                _ => none(),
            },
            _ => none(),
        },
    },
    Fact {
        name: "variants",
        of: &[Union],
        holds: Holds::Texts,
        meaning: "The names of its variants.",
        get: |subject, _| match subject.of {
            Of::Type(decl) => match &decl.kind {
                TypeDeclKind::Union { variants, .. } => texts(variants.iter().map(|it| it.name.as_str())),
                _ => none(),
            },
            _ => none(),
        },
    },
    Fact {
        name: "discriminator",
        of: &[Union],
        holds: Holds::Text,
        meaning: "The member that tells its variants apart.",
        get: |subject, _| match subject.of {
            Of::Type(decl) => match &decl.kind {
                TypeDeclKind::Union { discriminator, .. } => Value::from(discriminator.as_str()),
                _ => none(),
            },
            _ => none(),
        },
    },
];

fn names(fields: &[IrField]) -> Value {
    texts(fields.iter().map(|field| field.name.as_str()))
}

fn resource<'a, T: Into<Value>>(subject: &Subject<'a>, get: impl FnOnce(&'a IrResource) -> T) -> Value {
    match subject.of {
        Of::Resource(resource) => get(resource).into(),
        _ => none(),
    }
}
