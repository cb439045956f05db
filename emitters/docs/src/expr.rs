//! Conditions, in the words of the schema.

use atlas9_ir::{BinaryOp, Expr, UnaryOp, Value};

/// `status != published or published_at != null`
pub(crate) fn text(expr: &Expr) -> String {
    match expr {
        Expr::Field(path) => path.to_string(),
        Expr::Value(value) => literal(value),
        Expr::Now => "now".to_owned(),
        Expr::Length(of) => format!("length({})", text(of)),
        Expr::Unary(UnaryOp::Not, of) => format!("not {}", inner(of)),
        Expr::Unary(UnaryOp::Negate, of) => format!("-{}", inner(of)),
        Expr::Binary(operator, left, right) => {
            let side =
                |side: &Expr, apart: bool| if apart { format!("({})", text(side)) } else { text(side) };
            // What is taken away is taken away whole.
            let sum = matches!(&**right, Expr::Binary(BinaryOp::Add | BinaryOp::Subtract, ..));
            let apart = weaker(*operator, right) || *operator == BinaryOp::Subtract && sum;
            format!("{} {} {}", side(left, weaker(*operator, left)), word(*operator), side(right, apart))
        }
        Expr::In(of, values) => {
            let values: Vec<String> = values.iter().map(text).collect();
            format!("{} in [{}]", inner(of), values.join(", "))
        }
    }
}

/// A value as the schema spells it.
pub(crate) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(text) | Value::Enum(text) => text.clone(),
        Value::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        Value::Now => "now".to_owned(),
        Value::List(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{name}: {}", literal(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

fn inner(expr: &Expr) -> String {
    match expr {
        Expr::Binary(..) | Expr::In(..) => format!("({})", text(expr)),
        _ => text(expr),
    }
}

/// True where a part needs parentheses beside the operator.
fn weaker(operator: BinaryOp, part: &Expr) -> bool {
    match part {
        Expr::Binary(other, ..) => {
            strength(*other) < strength(operator) || [*other, operator].iter().all(|one| strength(*one) == 2)
        }
        _ => false,
    }
}

fn strength(operator: BinaryOp) -> u8 {
    match operator {
        BinaryOp::Or => 0,
        BinaryOp::And => 1,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual => 2,
        BinaryOp::Add | BinaryOp::Subtract => 3,
    }
}

fn word(operator: BinaryOp) -> &'static str {
    match operator {
        BinaryOp::Or => "or",
        BinaryOp::And => "and",
        BinaryOp::Equal => "=",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessOrEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterOrEqual => ">=",
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
    }
}
