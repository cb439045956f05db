//! What is known of a condition before there is any row.

use atlas9_ir::{
    BinaryOp, Expr, Field, FieldPath, Ir, Range, Scalar, TypeDeclKind, TypeKind, UnaryOp, Value,
};

/// Where the names of a condition lead.
pub(crate) struct Scope<'a> {
    pub ir: &'a Ir,
    pub fields: &'a [Field],
}

/// What is known of a value.
#[derive(Clone, Copy)]
enum Known {
    Null,
    Number(Bounds),
    Other { null: bool },
}

/// Between which numbers it is, in units of [`ONE`]; `null` when it may be null instead.
#[derive(Clone, Copy, Default)]
struct Bounds {
    min: Option<i128>,
    max: Option<i128>,
    null: bool,
}

/// Decimals are counted in so small parts that bounds stay whole.
pub(crate) const ONE: i128 = 1_000_000_000_000;

impl Scope<'_> {
    /// True for what always holds, false for what never does, nothing where it depends on the row.
    pub fn truth(&self, expr: &Expr) -> Option<bool> {
        match expr {
            Expr::Value(Value::Bool(value)) => Some(*value),
            Expr::Unary(UnaryOp::Not, inner) => self.truth(inner).map(|value| !value),
            Expr::Binary(BinaryOp::And, a, b) => match (self.truth(a), self.truth(b)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), b) => b,
                (a, Some(true)) => a,
                _ => None,
            },
            Expr::Binary(BinaryOp::Or, a, b) => match (self.truth(a), self.truth(b)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), b) => b,
                (a, Some(false)) => a,
                _ => None,
            },
            Expr::Binary(op, a, b) => self.compare(*op, a, b),
            Expr::In(value, items) => {
                let each: Vec<_> = items.iter().map(|item| self.equal(value, item)).collect();
                let any = each.contains(&Some(true)).then_some(true);
                any.or(each.iter().all(|equal| *equal == Some(false)).then_some(false))
            }
            _ => None,
        }
    }

    fn compare(&self, op: BinaryOp, a: &Expr, b: &Expr) -> Option<bool> {
        match op {
            BinaryOp::Equal => self.equal(a, b),
            BinaryOp::NotEqual => self.equal(a, b).map(|equal| !equal),
            BinaryOp::Less => self.less(a, b, false),
            BinaryOp::LessOrEqual => self.less(a, b, true),
            BinaryOp::Greater => self.less(b, a, false),
            BinaryOp::GreaterOrEqual => self.less(b, a, true),
            _ => None,
        }
    }

    fn equal(&self, a: &Expr, b: &Expr) -> Option<bool> {
        if a == b {
            return Some(true);
        }
        match (self.known(a), self.known(b)) {
            (Known::Null, Known::Null) => Some(true),
            (Known::Null, other) | (other, Known::Null) => (!other.nullable()).then_some(false),
            (Known::Number(a), Known::Number(b)) => {
                let apart = below(a, b, false) == Some(true) || below(b, a, false) == Some(true);
                let one = a.min.is_some() && a.min == a.max && b.min == b.max && a.min == b.min;
                match (apart, one) {
                    (true, _) if !(a.null && b.null) => Some(false),
                    (_, true) if !a.null && !b.null => Some(true),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// An order with null on a side does not hold.
    fn less(&self, a: &Expr, b: &Expr, or_equal: bool) -> Option<bool> {
        let (left, right) = (self.known(a), self.known(b));
        let null = left.nullable() || right.nullable();
        let holds = match (left, right) {
            _ if a == b => Some(or_equal),
            (Known::Number(left), Known::Number(right)) => below(left, right, or_equal),
            _ => None,
        };
        holds.filter(|holds| !(*holds && null))
    }

    fn known(&self, expr: &Expr) -> Known {
        match expr {
            Expr::Value(Value::Null) => Known::Null,
            Expr::Value(Value::Int(number)) => exactly(i128::from(*number).checked_mul(ONE)),
            Expr::Value(Value::Decimal(text)) => exactly(number(text)),
            Expr::Field(path) => self.field(path, of_value),
            Expr::Length(inner) => match &**inner {
                Expr::Field(path) => self.field(path, of_length),
                _ => Known::Other { null: true },
            },
            Expr::Unary(UnaryOp::Negate, inner) => self.sum(&Expr::Value(Value::Int(0)), inner, true),
            Expr::Binary(BinaryOp::Add, a, b) => self.sum(a, b, false),
            Expr::Binary(BinaryOp::Subtract, a, b) => self.sum(a, b, true),
            _ => Known::Other { null: false },
        }
    }

    fn sum(&self, a: &Expr, b: &Expr, subtract: bool) -> Known {
        let (a, b) = (self.known(a), self.known(b));
        let null = a.nullable() || b.nullable();
        let (Known::Number(a), Known::Number(b)) = (a, b) else { return Known::Other { null } };
        let b =
            if subtract { Bounds { min: b.max.map(|max| -max), max: b.min.map(|min| -min), ..b } } else { b };
        let add = |a: Option<i128>, b: Option<i128>| a?.checked_add(b?);
        Known::Number(Bounds { min: add(a.min, b.min), max: add(a.max, b.max), null })
    }

    fn field(&self, path: &FieldPath, bounds: fn(&TypeKind) -> Option<Bounds>) -> Known {
        let (mut fields, mut null) = (self.fields, false);
        let mut names = path.0.iter().peekable();
        while let Some(field) = names.next().and_then(|name| fields.iter().find(|field| field.name == *name))
        {
            let (kind, optional) = self.ir.resolve(&field.ty);
            null |= optional;
            if names.peek().is_none() {
                return bounds(kind)
                    .map_or(Known::Other { null }, |bounds| Known::Number(Bounds { null, ..bounds }));
            }
            let TypeKind::Named(id) = kind else { break };
            let TypeDeclKind::Structure { fields: inner, .. } = &self.ir.types[*id].kind else { break };
            fields = inner;
        }
        Known::Other { null: true }
    }
}

impl Known {
    fn nullable(self) -> bool {
        match self {
            Known::Null => true,
            Known::Number(bounds) => bounds.null,
            Known::Other { null } => null,
        }
    }
}

fn exactly(value: Option<i128>) -> Known {
    Known::Number(Bounds { min: value, max: value, null: false })
}

/// True when every number of one is below every one of the other, false when none is.
fn below(a: Bounds, b: Bounds, or_equal: bool) -> Option<bool> {
    let (Bounds { max: Some(a_max), .. }, Bounds { min: Some(b_min), .. }) = (a, b) else {
        return above(a, b, or_equal);
    };
    if a_max < b_min || (or_equal && a_max == b_min) { Some(true) } else { above(a, b, or_equal) }
}

fn above(a: Bounds, b: Bounds, or_equal: bool) -> Option<bool> {
    let (a_min, b_max) = (a.min?, b.max?);
    (a_min > b_max || (!or_equal && a_min == b_max)).then_some(false)
}

fn of_value(kind: &TypeKind) -> Option<Bounds> {
    let TypeKind::Scalar(scalar) = kind else { return None };
    let (range, natural) = match scalar {
        Scalar::Int32 { range } => (range, Some((i128::from(i32::MIN), i128::from(i32::MAX)))),
        Scalar::Int { range } => (range, Some((-((1 << 53) - 1), (1 << 53) - 1))),
        Scalar::Int64 { range } => (range, Some((i128::from(i64::MIN), i128::from(i64::MAX)))),
        Scalar::Float64 { range } | Scalar::Decimal { range, .. } => (range, None),
        _ => return None,
    };
    let given = within(range);
    let natural = natural.map(|(min, max)| (min * ONE, max * ONE));
    let (min, max) = (natural.map(|natural| natural.0), natural.map(|natural| natural.1));
    Some(Bounds { min: given.min.or(min), max: given.max.or(max), null: false })
}

fn of_length(kind: &TypeKind) -> Option<Bounds> {
    let range = match kind {
        TypeKind::List { length, .. } | TypeKind::Map { length, .. } => length,
        TypeKind::Scalar(Scalar::String { length, .. } | Scalar::Bytes { length }) => length,
        _ => return None,
    };
    let given = within(range);
    Some(Bounds { min: given.min.or(Some(0)), ..given })
}

/// An end that is left out is taken as if it were in, so that too little is concluded, never too much.
fn within(range: &Range) -> Bounds {
    let bound = |text: &Option<String>| text.as_deref().and_then(number);
    Bounds { min: bound(&range.min), max: bound(&range.max), null: false }
}

/// A number as written, in units of [`ONE`]; nothing where that is not exact.
pub(crate) fn number(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let missing = 12_usize.checked_sub(part.len())?;
    let part: i128 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let part = part.checked_mul(10_i128.pow(u32::try_from(missing).ok()?))?;
    whole.parse::<i128>().ok()?.checked_mul(ONE)?.checked_add(part)?.checked_mul(sign)
}
