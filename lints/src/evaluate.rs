//! What a rule comes to for the fields of an example, which need not be all.

use std::cmp::Ordering;

use atlas9_ir::{BinaryOp, Expr, Field, FieldPath, Ir, Scalar, TypeKind, UnaryOp, Value};

use crate::truth::{ONE, number};

/// An example of something with these fields.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub ir: &'a Ir,
    pub fields: &'a [Field],
    pub value: &'a Value,
}

/// A value that is known.
#[derive(Clone, Copy)]
enum Known<'a> {
    Null,
    Bool(bool),
    /// In units of [`ONE`].
    Number(i128),
    /// Text, and whatever stands as text in JSON.
    Text(&'a str),
    Word(&'a str),
}

impl<'a> Row<'a> {
    /// Whether a condition holds; nothing where that depends on what the example does not say.
    pub fn holds(self, condition: &'a Expr) -> Option<bool> {
        match self.value(condition)? {
            Known::Bool(holds) => Some(holds),
            _ => None,
        }
    }

    fn value(self, expr: &'a Expr) -> Option<Known<'a>> {
        match expr {
            Expr::Field(path) => known(self.field(path)?),
            Expr::Value(value) => known(value),
            Expr::Now => None,
            Expr::Length(of) => self.length(of),
            Expr::Unary(UnaryOp::Not, of) => Some(Known::Bool(!self.holds(of)?)),
            Expr::Unary(UnaryOp::Negate, of) => match self.value(of)? {
                Known::Number(number) => number.checked_neg().map(Known::Number),
                _ => None,
            },
            Expr::Binary(op, one, other) => self.binary(*op, one, other),
            Expr::In(one, others) => {
                let one = self.value(one)?;
                let found: Vec<_> = others
                    .iter()
                    .map(|other| self.value(other).and_then(|other| equal(one, other)))
                    .collect();
                either(found.contains(&Some(true)), found.contains(&None))
            }
        }
    }

    fn field(self, path: &FieldPath) -> Option<&'a Value> {
        path.0.iter().try_fold(self.value, |value, name| match value {
            Value::Object(fields) => fields.iter().find(|(field, _)| field == name).map(|(_, value)| value),
            _ => None,
        })
    }

    /// The length of bytes does not show in the text that they stand as.
    fn length(self, of: &Expr) -> Option<Known<'a>> {
        let Expr::Field(path) = of else { return None };
        let declared = self.ir.field(self.fields, path)?;
        let bytes = matches!(self.ir.resolve(&declared.ty).0, TypeKind::Scalar(Scalar::Bytes { .. }));
        let length = match self.field(path)? {
            Value::String(text) if !bytes => text.chars().count(),
            Value::List(items) => items.len(),
            _ => return None,
        };
        i128::try_from(length).ok()?.checked_mul(ONE).map(Known::Number)
    }

    fn binary(self, op: BinaryOp, one: &'a Expr, other: &'a Expr) -> Option<Known<'a>> {
        let (one, other) = match op {
            BinaryOp::Or | BinaryOp::And => {
                let sides = [self.holds(one), self.holds(other)];
                let (decides, unknown) = (op == BinaryOp::Or, sides.contains(&None));
                let decided = either(sides.contains(&Some(decides)), unknown)?;
                let Known::Bool(decided) = decided else { return None };
                return Some(Known::Bool(decided == decides));
            }
            _ => (self.value(one)?, self.value(other)?),
        };
        let ordered = |holds: fn(Ordering) -> bool| match (one, other) {
            (Known::Null, _) | (_, Known::Null) => Some(Known::Bool(false)),
            _ => order(one, other).map(|order| Known::Bool(holds(order))),
        };
        match op {
            BinaryOp::Equal => equal(one, other).map(Known::Bool),
            BinaryOp::NotEqual => equal(one, other).map(|equal| Known::Bool(!equal)),
            BinaryOp::Less => ordered(Ordering::is_lt),
            BinaryOp::LessOrEqual => ordered(Ordering::is_le),
            BinaryOp::Greater => ordered(Ordering::is_gt),
            BinaryOp::GreaterOrEqual => ordered(Ordering::is_ge),
            BinaryOp::Add => sum(one, other, i128::checked_add),
            BinaryOp::Subtract => sum(one, other, i128::checked_sub),
            BinaryOp::Or | BinaryOp::And => None,
        }
    }
}

/// True once one says so; nothing as long as one may still do.
fn either<'a>(any: bool, unknown: bool) -> Option<Known<'a>> {
    if unknown && !any { None } else { Some(Known::Bool(any)) }
}

fn known(value: &Value) -> Option<Known<'_>> {
    match value {
        Value::Null => Some(Known::Null),
        Value::Bool(value) => Some(Known::Bool(*value)),
        Value::Int(number) => i128::from(*number).checked_mul(ONE).map(Known::Number),
        Value::Decimal(text) => number(text).map(Known::Number),
        Value::String(text) => Some(Known::Text(text)),
        Value::Enum(word) => Some(Known::Word(word)),
        Value::Now | Value::List(_) | Value::Object(_) => None,
    }
}

fn equal(one: Known<'_>, other: Known<'_>) -> Option<bool> {
    match (one, other) {
        (Known::Null, Known::Null) => Some(true),
        (Known::Null, _) | (_, Known::Null) => Some(false),
        (Known::Bool(one), Known::Bool(other)) => Some(one == other),
        (Known::Word(one), Known::Word(other)) => Some(one == other),
        (Known::Text(one), Known::Text(other)) if one == other => Some(true),
        (Known::Text(one), Known::Text(other)) if plain(one) && plain(other) => Some(false),
        _ => order(one, other).map(Ordering::is_eq),
    }
}

/// Texts that are not another way to write the same: no number, instant or span of time.
fn plain(text: &str) -> bool {
    !text.contains(|letter: char| letter.is_ascii_digit())
}

/// The order of numbers, and of days.
fn order(one: Known<'_>, other: Known<'_>) -> Option<Ordering> {
    match (one, other) {
        (Known::Text(one), Known::Text(other)) if is_day(one) && is_day(other) => Some(one.cmp(other)),
        _ => numbers(one, other).map(|(one, other)| one.cmp(&other)),
    }
}

fn sum<'a>(one: Known<'_>, other: Known<'_>, add: fn(i128, i128) -> Option<i128>) -> Option<Known<'a>> {
    let (one, other) = numbers(one, other)?;
    add(one, other).map(Known::Number)
}

/// Decimals stand as text in JSON.
fn numbers(one: Known<'_>, other: Known<'_>) -> Option<(i128, i128)> {
    let exact = |known: Known<'_>| match known {
        Known::Number(exact) => Some(exact),
        Known::Text(text) => number(text),
        _ => None,
    };
    Some((exact(one)?, exact(other)?))
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.split('-').map(str::len).eq([4, 2, 2])
}
