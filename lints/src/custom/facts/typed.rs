//! Facts about types: those of fields, of parameters, and those that refined scalars refine.

use atlas9_ir::{
    Field as IrField, Ir, Managed, ParamPlace, Range, Scalar, Type as IrType, TypeDeclKind, TypeKind,
    Visibility,
};
use minijinja::Value;

use super::{Fact, Holds, maybe, none, texts};
use crate::custom::CustomKind::{self, Action, Field, Operation, Parameter, Query, Type};
use crate::custom::spelling::spelt;
use crate::custom::subject::{Of, Subject};

const TYPED: &[CustomKind] = &[Field, Parameter, Type];

pub(super) const FACTS: &[Fact] = &[
    Fact {
        name: "type",
        of: TYPED,
        holds: Holds::MaybeText,
        meaning: "Its type without bounds and `?`: `string`, `Money`, `[uuid]`, `{string: int}`, `ref Book`. Of a refined scalar: what it refines.",
        get: |subject, ir| maybe(subject.ty().map(|ty| spelt(ir, ty, false))),
    },
    Fact {
        name: "full_type",
        of: TYPED,
        holds: Holds::MaybeText,
        meaning: "The same with the namespaces of declared types: `std.money.Money`.",
        get: |subject, ir| maybe(subject.ty().map(|ty| spelt(ir, ty, true))),
    },
    Fact {
        name: "base",
        of: TYPED,
        holds: Holds::MaybeText,
        meaning: "What the type is once refined scalars are followed: the word of a scalar, `list`, `map`, `ref`, `type`, `enum` or `union`.",
        get: |subject, ir| maybe(subject.ty().map(|ty| base(ir, ty))),
    },
    Fact {
        name: "optional",
        of: TYPED,
        holds: Holds::Flag,
        meaning: "Whether the value may be null.",
        get: |subject, ir| Value::from(subject.ty().is_some_and(|ty| ir.resolve(ty).1)),
    },
    Fact {
        name: "min",
        of: TYPED,
        holds: Holds::MaybeNumber,
        meaning: "The least value, or the least length of a text, of bytes, of a list.",
        get: |subject, ir| bound(subject, ir, |range| range.min.as_deref()),
    },
    Fact {
        name: "max",
        of: TYPED,
        holds: Holds::MaybeNumber,
        meaning: "The greatest value, or the greatest length.",
        get: |subject, ir| bound(subject, ir, |range| range.max.as_deref()),
    },
    Fact {
        name: "pattern",
        of: TYPED,
        holds: Holds::MaybeText,
        meaning: "The regular expression of a text.",
        get: |subject, ir| match subject.ty().map(|ty| ir.resolve(ty).0) {
            Some(TypeKind::Scalar(Scalar::String { pattern, .. })) => maybe(pattern.as_deref()),
            _ => none(),
        },
    },
    Fact {
        name: "default",
        of: &[Field, Parameter],
        holds: Holds::Any,
        meaning: "What it is where a request leaves it out.",
        get: |subject, _| field(subject, |field| maybe(field.default.as_ref().map(super::common::literal))),
    },
    Fact {
        name: "key",
        of: &[Field],
        holds: Holds::Flag,
        meaning: "Whether it is the `@key`.",
        get: |subject, _| field(subject, |field| field.key),
    },
    Fact {
        name: "unique",
        of: &[Field],
        holds: Holds::Flag,
        meaning: "Whether it is `@unique`.",
        get: |subject, _| field(subject, |field| field.unique),
    },
    Fact {
        name: "visibility",
        of: &[Field],
        holds: Holds::Text,
        meaning: "Who reads and writes it: `readwrite`, `readonly`, `writeonly`, `immutable` or `internal`.",
        get: |subject, _| field(subject, |field| visibility(field.visibility)),
    },
    Fact {
        name: "managed",
        of: &[Field],
        holds: Holds::MaybeText,
        meaning: "What the server fills in: `key`, `parent`, `tenant`, `created_at`, `updated_at` or `deleted_at`.",
        get: |subject, _| field(subject, |field| maybe(field.managed.map(managed))),
    },
    Fact {
        name: "sensitive",
        of: &[Field, Parameter],
        holds: Holds::Flag,
        meaning: "Whether it is `@sensitive`.",
        get: |subject, _| field(subject, |field| field.sensitive.is_some()),
    },
    Fact {
        name: "place",
        of: &[Parameter],
        holds: Holds::Text,
        meaning: "Where a request carries it: `body`, `query`, `path` or `header`.",
        get: |subject, _| match subject.of {
            Of::Parameter(_, place) => Value::from(match place {
                ParamPlace::Body => "body",
                ParamPlace::Query => "query",
                ParamPlace::Path => "path",
                ParamPlace::Header(_) => "header",
            }),
            _ => none(),
        },
    },
    Fact {
        name: "requires",
        of: &[Field, Operation, Action, Query],
        holds: Holds::Texts,
        meaning: "The scopes that a caller needs.",
        get: |subject, _| match subject.of {
            Of::Field(field) | Of::Parameter(field, _) => texts(&field.requires),
            Of::Operation(operation) => texts(&operation.requires),
            _ => texts::<String>([]),
        },
    },
];

fn field<'a, T: Into<Value>>(subject: &Subject<'a>, get: impl FnOnce(&'a IrField) -> T) -> Value {
    match subject.of {
        Of::Field(field) | Of::Parameter(field, _) => get(field).into(),
        _ => none(),
    }
}

fn base(ir: &Ir, ty: &IrType) -> &'static str {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => scalar.word(),
        TypeKind::List { .. } => "list",
        TypeKind::Map { .. } => "map",
        TypeKind::Ref(_) => "ref",
        TypeKind::Named(id) => match ir.types[*id].kind {
            TypeDeclKind::Enum { .. } => "enum",
            TypeDeclKind::Union { .. } => "union",
            TypeDeclKind::Structure { .. } | TypeDeclKind::Alias(_) => "type",
        },
    }
}

fn bound(subject: &Subject<'_>, ir: &Ir, get: fn(&Range) -> Option<&str>) -> Value {
    let range = match subject.ty().map(|ty| ir.resolve(ty).0) {
        Some(TypeKind::List { length, .. } | TypeKind::Map { length, .. }) => length,
        Some(TypeKind::Scalar(scalar)) => match scalar {
            Scalar::Int32 { range }
            | Scalar::Int { range }
            | Scalar::Int64 { range }
            | Scalar::Float64 { range }
            | Scalar::Decimal { range, .. } => range,
            Scalar::String { length, .. } | Scalar::Bytes { length } => length,
            _ => return none(),
        },
        _ => return none(),
    };
    maybe(get(range).map(number))
}

/// A number of the schema, to be compared.
pub(super) fn number(text: &str) -> Value {
    let whole = text.parse::<i64>().map(Value::from);
    whole.or_else(|_| text.parse::<f64>().map(Value::from)).unwrap_or_else(|_| Value::from(text))
}

fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::ReadWrite => "readwrite",
        Visibility::ReadOnly => "readonly",
        Visibility::WriteOnly => "writeonly",
        Visibility::Immutable => "immutable",
        Visibility::Internal => "internal",
    }
}

fn managed(managed: Managed) -> &'static str {
    match managed {
        Managed::Key => "key",
        Managed::Parent => "parent",
        Managed::Tenant => "tenant",
        Managed::CreatedAt => "created_at",
        Managed::UpdatedAt => "updated_at",
        Managed::DeletedAt => "deleted_at",
    }
}
