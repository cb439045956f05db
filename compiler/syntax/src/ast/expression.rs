//! Types, values and conditions as written.

use atlas9_diagnostics::Span;

use super::{Name, Path};

/// A type.
#[derive(Clone, Debug)]
pub struct TypeExpr {
    /// What it is, without bounds and `?`.
    pub kind: TypeKind,
    /// What stands in parentheses behind it.
    pub args: Vec<TypeArg>,
    /// The `?`.
    pub optional: Option<Span>,
    /// The whole type.
    pub span: Span,
}

/// The kinds of type.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// `string`, `Money`, `std.money.Money`
    Named(Path),
    /// `[T]`
    List(Box<TypeExpr>),
    /// `{string: T}`; the first is the key's type.
    Map(Box<TypeExpr>, Box<TypeExpr>),
    /// `ref Author`
    Ref(Path),
}

/// An argument of a type.
#[derive(Clone, Debug)]
pub struct TypeArg {
    /// What it says.
    pub kind: TypeArgKind,
    /// Where it stands.
    pub span: Span,
}

/// What an argument of a type says.
#[derive(Clone, Debug)]
pub enum TypeArgKind {
    /// A plain value, such as the precision in `decimal(10, 2)`.
    Value(Expr),
    /// `1..=200`, `..=200`, `0.01..`, `1..10`
    Range {
        /// The least value.
        low: Option<Expr>,
        /// The greatest value.
        high: Option<Expr>,
        /// True for `..=`: `high` itself is allowed.
        inclusive: bool,
    },
    /// `/^[0-9]{13}$/`, without the slashes; `\/` stands for a slash and is left as written.
    Pattern(String),
}

/// `@name(argument, name: argument)`
#[derive(Clone, Debug)]
pub struct Annotation {
    /// The name without the at sign.
    pub name: Path,
    /// The arguments.
    pub args: Vec<Argument>,
    /// From the at sign to the closing parenthesis.
    pub span: Span,
}

/// A value, with a name or without.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The name before the colon.
    pub name: Option<Name>,
    /// The value.
    pub value: Expr,
}

/// `cursor(default: 20, max: 100)`; without parentheses the arguments are empty.
#[derive(Clone, Debug)]
pub struct Call {
    /// What is called.
    pub name: Path,
    /// The arguments.
    pub args: Vec<Argument>,
    /// From the name to the closing parenthesis.
    pub span: Span,
}

/// A string literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it stands for: escapes are resolved.
    pub value: String,
    /// With its quotes.
    pub span: Span,
}

/// A value or a condition.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of value and condition. Numbers and dates are kept as written; the analyser checks them against a type.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `20`, `-5`
    Int(String),
    /// `0.01`
    Decimal(String),
    /// `"..."`, with escapes resolved.
    String(String),
    /// `84d`, `30s`, `12h`, `15m`, `2w`: a whole number and a unit.
    Duration(String),
    /// `2027-06-01`
    Date(String),
    /// `/.../`
    Pattern(String),
    /// A field, a value of an enum, `now`, a type: `status`, `price.amount`.
    Path(Path),
    /// `length(title)`, `now()`, `cursor(max: 100)`
    Call(Call),
    /// `not x`, `-x`
    Unary(UnaryOp, Box<Expr>),
    /// `a and b`, `a <= b`, `a + b`, `status in [draft, retired]`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{ amount: "9.99", currency: "EUR" }`
    Object(Vec<(Name, Expr)>),
    /// `(a)`: kept so that the formatter leaves the author's parentheses.
    Group(Box<Expr>),
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `not`
    Not,
    /// `-`
    Negate,
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the operators")]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
}
