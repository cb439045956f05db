//! Rules: conditions that every row meets.

use std::cmp::Ordering;

use atlas9_descriptor::{Expr, Literal, Operator, Rule, Type};

use crate::problem::{Failure, Pointer};
use crate::value::{Date, Decimal, Timestamp, parse_decimal};
use crate::{Record, Value};

/// The rules that a record breaks, those of the structures in it included.
pub(crate) fn broken(record: &Record, rules: &'static [Rule], now: Timestamp) -> Vec<Failure> {
    let mut failures = Vec::new();
    check(record, rules, now, &mut Pointer::default(), &mut failures);
    failures
}

fn check(
    record: &Record,
    rules: &'static [Rule],
    now: Timestamp,
    pointer: &mut Pointer,
    failures: &mut Vec<Failure>,
) {
    for rule in rules.iter().filter(|rule| !holds(&rule.condition, record, now)) {
        failures.push(Failure::body(pointer, rule.name, rule.text));
    }
    for (index, field) in record.fields().iter().enumerate() {
        if let Some(value) = record.at(index) {
            pointer.push(field.wire);
            inside(value, &field.ty, now, pointer, failures);
            pointer.pop();
        }
    }
}

fn inside(
    value: &Value,
    ty: &'static Type,
    now: Timestamp,
    pointer: &mut Pointer,
    failures: &mut Vec<Failure>,
) {
    match (value, ty) {
        (Value::Record(record), Type::Structure(structure)) => {
            check(record, structure.rules, now, pointer, failures);
        }
        (Value::Variant(name, record), Type::Union(union)) => {
            let variant = union.variants.iter().find(|variant| variant.name == name);
            check(record, variant.map_or(&[], |variant| variant.structure.rules), now, pointer, failures);
        }
        (Value::List(items), Type::List { item, .. }) => {
            for (index, value) in items.iter().enumerate() {
                pointer.push(&index.to_string());
                inside(value, item, now, pointer, failures);
                pointer.pop();
            }
        }
        (Value::Map(entries), Type::Map { value: ty, .. }) => {
            for (name, value) in entries {
                pointer.push(name);
                inside(value, ty, now, pointer, failures);
                pointer.pop();
            }
        }
        _ => {}
    }
}

/// True when a condition holds for a record.
pub(crate) fn holds(condition: &Expr, record: &Record, now: Timestamp) -> bool {
    matches!(evaluate(condition, record, now), Value::Bool(true))
}

fn evaluate(expr: &Expr, record: &Record, now: Timestamp) -> Value {
    match expr {
        Expr::Field(path) => record.follow(path).clone(),
        Expr::Literal(literal) => plain(literal, now),
        Expr::Now => Value::Timestamp(now),
        Expr::Length(inner) => length(&evaluate(inner, record, now)),
        Expr::Not(inner) => Value::Bool(!holds(inner, record, now)),
        Expr::Negate(inner) => subtract(&Value::Int(0), &evaluate(inner, record, now)),
        Expr::Binary(Operator::And, left, right) => {
            Value::Bool(holds(left, record, now) && holds(right, record, now))
        }
        Expr::Binary(Operator::Or, left, right) => {
            Value::Bool(holds(left, record, now) || holds(right, record, now))
        }
        Expr::Binary(operator, left, right) => {
            binary(*operator, &evaluate(left, record, now), &evaluate(right, record, now))
        }
        Expr::In(inner, items) => {
            let wanted = evaluate(inner, record, now);
            Value::Bool(items.iter().any(|item| equal(&wanted, &evaluate(item, record, now))))
        }
    }
}

/// A literal before it is known what it is compared with.
fn plain(literal: &Literal, now: Timestamp) -> Value {
    match literal {
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(value) => Value::Int(*value),
        Literal::Decimal(text) => parse_decimal(text).map_or(Value::Null, Value::Decimal),
        Literal::Text(text) => Value::Text((*text).to_owned()),
        Literal::Now => Value::Timestamp(now),
        Literal::Null | Literal::List(_) | Literal::Object(_) => Value::Null,
    }
}

fn length(value: &Value) -> Value {
    let count = match value {
        Value::Text(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) => items.len(),
        Value::Map(entries) => entries.len(),
        _ => return Value::Null,
    };
    i64::try_from(count).map_or(Value::Null, Value::Int)
}

fn binary(operator: Operator, left: &Value, right: &Value) -> Value {
    let order = |wanted: fn(Ordering) -> bool| Value::Bool(compare(left, right).is_some_and(wanted));
    match operator {
        Operator::Equal => Value::Bool(equal(left, right)),
        Operator::NotEqual => Value::Bool(!equal(left, right)),
        Operator::Less => order(Ordering::is_lt),
        Operator::LessOrEqual => order(Ordering::is_le),
        Operator::Greater => order(Ordering::is_gt),
        Operator::GreaterOrEqual => order(Ordering::is_ge),
        Operator::Add => subtract(left, &subtract(&Value::Int(0), right)),
        Operator::Subtract => subtract(left, right),
        Operator::And | Operator::Or => Value::Null,
    }
}

/// Null equals null and nothing else.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Null, _) | (_, Value::Null) => false,
        (left, right) => left == right || compare(left, right) == Some(Ordering::Equal),
    }
}

/// The order of two values; nothing where one is null or they cannot be compared.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Int(left), Value::Int(right)) => Some(left.cmp(right)),
        (Value::Float(left), right) => left.partial_cmp(&float(right)?),
        (left, Value::Float(right)) => float(left)?.partial_cmp(right),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Bytes(left), Value::Bytes(right)) => Some(left.cmp(right)),
        (Value::Uuid(left), Value::Uuid(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Timestamp(left), Value::Timestamp(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Timestamp(right)) => Some(left.cmp(&Date::of(*right))),
        (Value::Timestamp(left), Value::Date(right)) => Some(Date::of(*left).cmp(right)),
        (Value::Text(text), other) => compare(&as_kind_of(text, other)?, other),
        (other, Value::Text(text)) => compare(other, &as_kind_of(text, other)?),
        (left, right) => Some(decimal(left)?.cmp(&decimal(right)?)),
    }
}

/// A literal's text as what it is compared with.
fn as_kind_of(text: &str, other: &Value) -> Option<Value> {
    match other {
        Value::Uuid(_) => text.parse().ok().map(Value::Uuid),
        Value::Date(_) => text.parse().ok().map(Value::Date),
        Value::Timestamp(_) => text.parse().ok().map(Value::Timestamp),
        Value::Int(_) | Value::Decimal(_) => parse_decimal(text).map(Value::Decimal),
        _ => None,
    }
}

fn subtract(left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Value::Null,
        (Value::Int(left), Value::Int(right)) => left.checked_sub(*right).map_or(Value::Null, Value::Int),
        (Value::Float(_), _) | (_, Value::Float(_)) => match (float(left), float(right)) {
            (Some(left), Some(right)) => Value::Float(left - right),
            _ => Value::Null,
        },
        (left, right) => match (decimal(left), decimal(right)) {
            (Some(left), Some(right)) => left.checked_sub(right).map_or(Value::Null, Value::Decimal),
            _ => Value::Null,
        },
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Int(value) => Some(Decimal::from(*value)),
        Value::Decimal(value) => Some(*value),
        _ => None,
    }
}

fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Float(value) => Some(*value),
        Value::Int(_) | Value::Decimal(_) => value.plain().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evaluates() {
        use Expr::{Binary, In, Length, Not};
        const TEN: Expr = Expr::Literal(Literal::Int(10));
        const PRICE: Expr = Expr::Literal(Literal::Decimal("10.0"));
        const NULL: Expr = Expr::Literal(Literal::Null);
        const WORD: Expr = Expr::Literal(Literal::Text("é€"));
        let record = Record::new(&[]);
        let check = |expr: Expr, expected| {
            assert_eq!(holds(&expr, &record, Timestamp::default()), expected, "{expr:?}");
        };
        check(Binary(Operator::Equal, &TEN, &PRICE), true);
        check(Binary(Operator::Equal, &NULL, &NULL), true);
        check(Binary(Operator::NotEqual, &TEN, &NULL), true);
        check(Binary(Operator::Less, &TEN, &NULL), false);
        check(Not(&Binary(Operator::Less, &TEN, &NULL)), true);
        check(In(&TEN, &[NULL, PRICE]), true);
        check(Binary(Operator::Equal, &Length(&WORD), &Expr::Literal(Literal::Int(2))), true);
        check(Binary(Operator::Greater, &Binary(Operator::Add, &TEN, &PRICE), &TEN), true);
        check(
            Binary(Operator::Greater, &Expr::Now, &Expr::Literal(Literal::Text("1969-01-01T00:00:00Z"))),
            true,
        );
    }
}
