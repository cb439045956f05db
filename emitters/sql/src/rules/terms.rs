//! The values that conditions compare: what they are, and how they are written so that both sides agree.

use atlas9_emitters_core::storage::{Column, ColumnKind, key_scalar};
use atlas9_ir::{BinaryOp, Expr, Range, Scalar, TypeKind, UnaryOp, Value};

use super::{Level, Scope, Term};
use crate::dialect::{Dialect, name};
use crate::number::{digits_after_point, power_of_ten};
use crate::values::scalar_literal;

/// What a piece of SQL stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    /// An exact number; in SQLite in units of `10^-scale`.
    Number {
        digits: u32,
        scale: u32,
    },
    Float,
    Text,
    Word,
    Date,
    Timestamp,
    Uuid,
    Bytes,
}

impl Scope<'_> {
    /// What an expression is by itself; nothing for a text literal, which is what its surroundings make it.
    pub(super) fn kind(&self, expr: &Expr) -> Option<Kind> {
        match expr {
            Expr::Field(path) => self.column(path).and_then(|column| self.column_kind(column)),
            Expr::Value(Value::Bool(_)) | Expr::In(..) | Expr::Unary(UnaryOp::Not, _) => Some(Kind::Bool),
            Expr::Value(Value::Int(_)) => Some(Kind::Number { digits: 19, scale: 0 }),
            Expr::Value(Value::Decimal(text)) => {
                let scale = digits_after_point(text);
                Some(Kind::Number { digits: u32::try_from(text.len()).ok()?, scale })
            }
            Expr::Value(Value::Enum(_)) => Some(Kind::Word),
            Expr::Value(_) | Expr::Now => None,
            Expr::Length(_) => Some(Kind::Number { digits: 10, scale: 0 }),
            Expr::Unary(UnaryOp::Negate, inner) => self.kind(inner),
            Expr::Binary(BinaryOp::Add | BinaryOp::Subtract, left, right) => self.common(left, right),
            Expr::Binary(..) => Some(Kind::Bool),
        }
    }

    fn column_kind(&self, column: &Column<'_>) -> Option<Kind> {
        let scalar = match column.kind {
            ColumnKind::Enum(_) => return Some(Kind::Word),
            ColumnKind::Json => return None,
            ColumnKind::Scalar(scalar) => scalar,
            ColumnKind::Reference(to) => key_scalar(self.ir, to)?,
        };
        match scalar {
            Scalar::Bool => Some(Kind::Bool),
            Scalar::Int32 { .. } => Some(Kind::Number { digits: 10, scale: 0 }),
            Scalar::Int { .. } => Some(Kind::Number { digits: 16, scale: 0 }),
            Scalar::Int64 { .. } => Some(Kind::Number { digits: 19, scale: 0 }),
            Scalar::Decimal { precision, scale, .. } => {
                Some(Kind::Number { digits: u32::from(*precision), scale: u32::from(*scale) })
            }
            Scalar::Float64 { .. } => Some(Kind::Float),
            Scalar::String { .. } => Some(Kind::Text),
            Scalar::Bytes { .. } => Some(Kind::Bytes),
            Scalar::Uuid => Some(Kind::Uuid),
            Scalar::Date => Some(Kind::Date),
            Scalar::Timestamp => Some(Kind::Timestamp),
            // Equal spans of time can be written differently, so their texts say nothing.
            Scalar::Duration | Scalar::Json => None,
        }
    }

    /// The expression as a value of that kind.
    pub(super) fn term(&self, expr: &Expr, kind: Kind) -> Option<Term> {
        match expr {
            Expr::Field(path) => self.field(self.column(path)?, kind),
            Expr::Value(value) => self.literal(value, kind).map(|sql| Term::new(sql, Level::Atom)),
            Expr::Length(inner) => self.length(inner, kind),
            Expr::Unary(UnaryOp::Negate, inner) => {
                let inner = self.wide(inner, kind)?;
                let sql = format!("- {}", inner.at(Level::Atom));
                Some(Term { sql, level: Level::Sum, nullable: inner.nullable })
            }
            Expr::Binary(op @ (BinaryOp::Add | BinaryOp::Subtract), left, right) => {
                let sign = if *op == BinaryOp::Add { "+" } else { "-" };
                if !matches!(kind, Kind::Number { .. } | Kind::Float) {
                    return None;
                }
                let (left, right) = (self.wide(left, kind)?, self.wide(right, kind)?);
                let sql = format!("{} {sign} {}", left.at(Level::Sum), right.at(Level::Atom));
                Some(Term { sql, level: Level::Sum, nullable: left.nullable || right.nullable })
            }
            Expr::Now => None,
            Expr::Unary(UnaryOp::Not, _) | Expr::Binary(..) | Expr::In(..) => self.condition(expr),
        }
    }

    /// A summand, or what is negated: of `integer`s, PostgreSQL's result is an error where it leaves 32 bits.
    fn wide(&self, expr: &Expr, kind: Kind) -> Option<Term> {
        let term = self.term(expr, kind)?;
        let int32 = |column: &Column<'_>| matches!(column.kind, ColumnKind::Scalar(Scalar::Int32 { .. }));
        match expr {
            Expr::Field(path)
                if self.dialect == Dialect::Postgres && self.column(path).is_some_and(int32) =>
            {
                Some(Term { sql: format!("{}::bigint", term.sql), ..term })
            }
            _ => Some(term),
        }
    }

    fn field(&self, column: &Column<'_>, kind: Kind) -> Option<Term> {
        let own = self.column_kind(column)?;
        let bare = Term { sql: name(&column.name), level: Level::Atom, nullable: column.nullable };
        if self.dialect == Dialect::Postgres {
            return Some(bare);
        }
        match (own, kind) {
            (Kind::Number { digits, scale }, Kind::Number { scale: wanted, .. }) if wanted > scale => {
                let more = wanted - scale;
                // Beyond 64 bits SQLite goes on with floating point.
                (digits + more <= 18).then_some(())?;
                let sql = format!("{} * {}", bare.sql, power_of_ten(more)?);
                Some(Term { sql, level: Level::Sum, ..bare })
            }
            (Kind::Number { scale: 1.., .. }, Kind::Float) => None,
            _ => Some(bare),
        }
    }

    fn literal(&self, value: &Value, kind: Kind) -> Option<String> {
        let scalar = match kind {
            Kind::Bool => Scalar::Bool,
            Kind::Number { scale, .. } => {
                let scale = u8::try_from(scale).ok()?;
                Scalar::Decimal { precision: 28, scale, range: Range::default() }
            }
            Kind::Float => Scalar::Float64 { range: Range::default() },
            Kind::Text | Kind::Word => Scalar::String { length: Range::default(), pattern: None },
            Kind::Date => Scalar::Date,
            Kind::Timestamp => Scalar::Timestamp,
            Kind::Uuid => Scalar::Uuid,
            Kind::Bytes => Scalar::Bytes { length: Range::default() },
        };
        // The present is not the same at every look, so no CHECK may ask for it.
        scalar_literal(self.dialect, &scalar, value).filter(|_| *value != Value::Now)
    }

    fn length(&self, inner: &Expr, kind: Kind) -> Option<Term> {
        let Expr::Field(path) = inner else { return None };
        let column = self.column(path)?;
        let (sqlite, postgres) = match column.kind {
            ColumnKind::Scalar(Scalar::String { .. }) => ("length", "length"),
            ColumnKind::Scalar(Scalar::Bytes { .. }) => ("length", "octet_length"),
            ColumnKind::Json if matches!(self.ir.resolve(&column.field.ty).0, TypeKind::List { .. }) => {
                ("json_array_length", "jsonb_array_length")
            }
            _ => return None,
        };
        let function = if self.dialect == Dialect::Sqlite { sqlite } else { postgres };
        let counted = format!("{function}({})", name(&column.name));
        let (sql, level) = match kind {
            Kind::Number { scale, .. } if scale > 0 && self.dialect == Dialect::Sqlite => {
                (format!("{counted} * {}", power_of_ten(scale)?), Level::Sum)
            }
            _ => (counted, Level::Atom),
        };
        Some(Term { sql, level, nullable: column.nullable })
    }
}

/// What values of both kinds are compared as; nothing where SQL has no common form.
pub(super) fn merge(left: Kind, right: Option<Kind>) -> Option<Kind> {
    match (left, right) {
        (kind, None) => Some(kind),
        (Kind::Number { digits, scale }, Some(Kind::Number { digits: others, scale: finer })) => {
            Some(Kind::Number { digits: digits.max(others), scale: scale.max(finer) })
        }
        (Kind::Float, Some(Kind::Number { .. })) | (Kind::Number { .. }, Some(Kind::Float)) => {
            Some(Kind::Float)
        }
        (left, Some(right)) => (left == right).then_some(left),
    }
}
