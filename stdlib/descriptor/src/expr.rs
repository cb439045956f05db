//! Conditions that every row meets.

use crate::{Literal, Path};

/// A condition or a part of one. `=` and `!=` know null (`null = null` holds); an order with null on a side does not hold.
#[derive(Clone, Copy, Debug)]
pub enum Expr {
    /// A field's value.
    Field(Path),
    /// A literal.
    Literal(Literal),
    /// The current time.
    Now,
    /// The length of a text in characters, of bytes, of a list.
    Length(&'static Expr),
    /// `not x`
    Not(&'static Expr),
    /// `-x`
    Negate(&'static Expr),
    /// An operator between its operands.
    Binary(Operator, &'static Expr, &'static Expr),
    /// `x in [a, b]`
    In(&'static Expr, &'static [Expr]),
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the operators")]
pub enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
}
