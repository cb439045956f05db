//! Literals, paths, conditions and assignments.

use atlas9_descriptor as descriptor;
use atlas9_ir::{Assigned, BinaryOp, Expr, FieldPath, Rule, UnaryOp, Value};

use super::leak;

pub(super) fn path(path: &FieldPath) -> descriptor::Path {
    leak::texts(&path.0)
}

pub(super) fn paths(paths: &[FieldPath]) -> &'static [descriptor::Path] {
    leak::slice(paths.iter().map(path))
}

pub(super) fn literal(value: &Value) -> descriptor::Literal {
    match value {
        Value::Null => descriptor::Literal::Null,
        Value::Bool(value) => descriptor::Literal::Bool(*value),
        Value::Int(value) => descriptor::Literal::Int(*value),
        Value::Decimal(text) => descriptor::Literal::Decimal(leak::text(text)),
        Value::String(text) | Value::Enum(text) => descriptor::Literal::Text(leak::text(text)),
        Value::Now => descriptor::Literal::Now,
        Value::List(items) => descriptor::Literal::List(leak::slice(items.iter().map(literal))),
        Value::Object(fields) => descriptor::Literal::Object(leak::slice(
            fields.iter().map(|(name, value)| (leak::text(name), literal(value))),
        )),
    }
}

pub(super) fn assigned(value: &Assigned) -> descriptor::Assigned {
    match value {
        Assigned::Value(value) => descriptor::Assigned::Literal(literal(value)),
        Assigned::Param(name) => descriptor::Assigned::Param(leak::text(name)),
        Assigned::Field(field) => descriptor::Assigned::Field(path(field)),
        Assigned::Principal => descriptor::Assigned::Principal,
    }
}

/// Rules; `constraint` names the CHECK that may stand behind one.
pub(super) fn rules(rules: &[Rule], constraint: impl Fn(&Rule) -> String) -> &'static [descriptor::Rule] {
    leak::slice(rules.iter().map(|rule| descriptor::Rule {
        name: leak::text(&rule.name),
        text: leak::text(&rule.text),
        condition: expr(&rule.condition),
        constraint: leak::text(&constraint(rule)),
    }))
}

fn expr(condition: &Expr) -> descriptor::Expr {
    let inner = |inner: &Expr| leak::one(expr(inner));
    match condition {
        Expr::Field(field) => descriptor::Expr::Field(path(field)),
        Expr::Value(value) => descriptor::Expr::Literal(literal(value)),
        Expr::Now => descriptor::Expr::Now,
        Expr::Length(of) => descriptor::Expr::Length(inner(of)),
        Expr::Unary(UnaryOp::Not, of) => descriptor::Expr::Not(inner(of)),
        Expr::Unary(UnaryOp::Negate, of) => descriptor::Expr::Negate(inner(of)),
        Expr::Binary(op, left, right) => descriptor::Expr::Binary(operator(*op), inner(left), inner(right)),
        Expr::In(of, among) => descriptor::Expr::In(inner(of), leak::slice(among.iter().map(expr))),
    }
}

fn operator(op: BinaryOp) -> descriptor::Operator {
    match op {
        BinaryOp::Or => descriptor::Operator::Or,
        BinaryOp::And => descriptor::Operator::And,
        BinaryOp::Equal => descriptor::Operator::Equal,
        BinaryOp::NotEqual => descriptor::Operator::NotEqual,
        BinaryOp::Less => descriptor::Operator::Less,
        BinaryOp::LessOrEqual => descriptor::Operator::LessOrEqual,
        BinaryOp::Greater => descriptor::Operator::Greater,
        BinaryOp::GreaterOrEqual => descriptor::Operator::GreaterOrEqual,
        BinaryOp::Add => descriptor::Operator::Add,
        BinaryOp::Subtract => descriptor::Operator::Subtract,
    }
}
