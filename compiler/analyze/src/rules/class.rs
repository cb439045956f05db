//! What the parts of a condition are, and which types literals have.

use atlas9_ir::{Range, Scalar, Type, TypeId, TypeKind};
use atlas9_syntax::ast::{Expr, ExprKind};

use crate::context::bare;
use crate::literals;

/// What a part of a condition is, as far as conditions care.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Class {
    Bool,
    Number,
    Text,
    Enum(TypeId),
    Uuid,
    Date,
    Timestamp,
    Duration,
    Null,
    /// Can be compared with null only.
    Other,
}

impl Class {
    /// With its article, for messages.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Class::Bool => "true or false",
            Class::Number => "a number",
            Class::Text => "text",
            Class::Enum(_) => "a value of an enum",
            Class::Uuid => "a uuid",
            Class::Date => "a date",
            Class::Timestamp => "a timestamp",
            Class::Duration => "a duration",
            Class::Null => "null",
            Class::Other => "a list, map, structure, union or json",
        }
    }
}

pub(super) fn scalar_type(scalar: Scalar) -> Type {
    Type { kind: TypeKind::Scalar(scalar), optional: false }
}

pub(super) fn whole_number() -> Type {
    scalar_type(Scalar::Int64 { range: Range::default() })
}

pub(super) fn text_type() -> Type {
    scalar_type(Scalar::String { length: Range::default(), pattern: None })
}

/// The type that a literal has by itself.
pub(super) fn natural(expr: &Expr) -> Option<Type> {
    Some(match &expr.kind {
        ExprKind::Bool(_) => scalar_type(Scalar::Bool),
        ExprKind::Int(_) => whole_number(),
        ExprKind::Decimal(_) => {
            scalar_type(Scalar::Decimal { precision: 28, scale: 10, range: Range::default() })
        }
        ExprKind::Unary(_, inner) => return natural(bare(inner)),
        ExprKind::String(_) => text_type(),
        ExprKind::Duration(_) => scalar_type(Scalar::Duration),
        ExprKind::Date(_) => scalar_type(Scalar::Date),
        _ => return None,
    })
}

pub(super) fn plain_type(class: Class) -> Option<Type> {
    Some(match class {
        Class::Bool => scalar_type(Scalar::Bool),
        Class::Text => text_type(),
        Class::Uuid => scalar_type(Scalar::Uuid),
        Class::Date => scalar_type(Scalar::Date),
        Class::Timestamp => scalar_type(Scalar::Timestamp),
        Class::Duration => scalar_type(Scalar::Duration),
        Class::Number | Class::Enum(_) | Class::Null | Class::Other => return None,
    })
}

/// True when the literal is written as values of that class are, so that its form is checked rather than its type.
pub(super) fn suits(class: Class, expr: &Expr) -> bool {
    match (class, &expr.kind) {
        (Class::Timestamp, ExprKind::String(text)) => literals::is_timestamp(text),
        (Class::Date, ExprKind::String(text)) => literals::is_date(text),
        (Class::Uuid, ExprKind::String(text)) => literals::is_uuid(text),
        (Class::Duration, ExprKind::String(text)) => literals::is_duration(text),
        (Class::Bool, ExprKind::Bool(_))
        | (Class::Text, ExprKind::String(_))
        | (Class::Date, ExprKind::Date(_))
        | (Class::Duration, ExprKind::Duration(_)) => true,
        _ => false,
    }
}
