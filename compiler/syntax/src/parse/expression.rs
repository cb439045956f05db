//! Values, conditions, arguments and annotations.

use atlas9_diagnostics::{Span, codes};
use pest::iterators::Pair;

use super::Rule;
use super::reader::{Parts, Reader};
use crate::ast::{Annotation, Argument, BinaryOp, Call, Expr, ExprKind, Name, UnaryOp};
use crate::scan::{MAX_DEPTH, too_deep};

/// One element of an expression before precedence is applied.
enum Piece {
    Prefix(UnaryOp, Span),
    Infix(BinaryOp),
    Operand(Expr),
}

impl Reader<'_> {
    pub fn annotation(&mut self, pair: Pair<'_, Rule>) -> Option<Annotation> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.path(parts.take(Rule::path)?);
        let args = self.optional_args(parts.take(Rule::args))?;
        Some(Annotation { name, args, span })
    }

    pub fn annotations(&mut self, parts: &mut Parts<'_>) -> Option<Vec<Annotation>> {
        let mut annotations = Vec::new();
        while let Some(part) = parts.take(Rule::annotation) {
            annotations.push(self.annotation(part)?);
        }
        Some(annotations)
    }

    pub fn call(&mut self, pair: Pair<'_, Rule>) -> Option<Call> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.path(parts.take(Rule::path)?);
        let args = self.optional_args(parts.take(Rule::args))?;
        Some(Call { name, args, span })
    }

    pub fn optional_args(&mut self, pair: Option<Pair<'_, Rule>>) -> Option<Vec<Argument>> {
        let Some(pair) = pair else { return Some(Vec::new()) };
        Parts::of(pair).rest().map(|part| self.argument(part)).collect()
    }

    pub fn argument(&mut self, pair: Pair<'_, Rule>) -> Option<Argument> {
        let mut parts = Parts::of(pair);
        let name = match parts.take(Rule::label) {
            Some(label) => Some(self.first_name(label)?),
            None => None,
        };
        Some(Argument { name, value: self.expr(parts.take(Rule::expr)?)? })
    }

    pub fn first_name(&self, pair: Pair<'_, Rule>) -> Option<Name> {
        Some(self.name(&Parts::of(pair).take(Rule::name)?))
    }

    /// An expression; none where it has too many operators, which is reported.
    pub fn expr(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let parts: Vec<Pair<'_, Rule>> = Parts::of(pair).rest().collect();
        let operators =
            parts.iter().filter(|part| matches!(part.as_rule(), Rule::prefix | Rule::infix)).count();
        if self.depth + operators > MAX_DEPTH {
            let mut flaw = too_deep(span.start as usize, span.end as usize);
            flaw.code = codes::E0117;
            flaw.message = format!("this has more than {MAX_DEPTH} operators");
            flaw.label = "too many operators".to_owned();
            flaw.help = "split it; many values of one field are written `field in [a, b, c]`".to_owned();
            self.flaw(&flaw);
            return None;
        }
        self.depth += operators;
        let pieces: Option<Vec<Piece>> = parts.into_iter().map(|part| self.piece(part)).collect();
        self.depth -= operators;
        climb(&mut pieces?.into_iter().peekable(), 0)
    }

    fn piece(&mut self, pair: Pair<'_, Rule>) -> Option<Piece> {
        Some(match pair.as_rule() {
            Rule::prefix if pair.as_str() == "not" => Piece::Prefix(UnaryOp::Not, self.span(&pair)),
            Rule::prefix => Piece::Prefix(UnaryOp::Negate, self.span(&pair)),
            Rule::infix => Piece::Infix(binary(pair.as_str())?),
            _ => Piece::Operand(self.operand(pair)?),
        })
    }

    fn operand(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let written = pair.as_str();
        let kind = match pair.as_rule() {
            Rule::call => self.called(pair)?,
            Rule::text => ExprKind::String(self.text(&pair).value),
            Rule::int => ExprKind::Int(written.to_owned()),
            Rule::decimal => ExprKind::Decimal(written.to_owned()),
            Rule::duration => ExprKind::Duration(written.to_owned()),
            Rule::date => ExprKind::Date(written.to_owned()),
            Rule::pattern => ExprKind::Pattern(inside(written)),
            Rule::list => {
                ExprKind::List(Parts::of(pair).rest().map(|part| self.expr(part)).collect::<Option<_>>()?)
            }
            Rule::object => ExprKind::Object(self.object(pair)?),
            Rule::group => ExprKind::Group(Box::new(self.expr(Parts::of(pair).take(Rule::expr)?)?)),
            _ => return None,
        };
        Some(Expr { kind, span })
    }

    pub fn object(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<(Name, Expr)>> {
        let entry = |part: Pair<'_, Rule>| {
            let mut parts = Parts::of(part);
            let name = self.name(&parts.take(Rule::name)?);
            Some((name, self.expr(parts.take(Rule::expr)?)?))
        };
        Parts::of(pair).rest().map(entry).collect()
    }

    /// A call with its parentheses, or the name alone.
    fn called(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let has_args = pair.clone().into_inner().any(|part| part.as_rule() == Rule::args);
        let call = self.call(pair)?;
        Some(match call.name.single().map(|name| name.text.as_str()) {
            _ if has_args => ExprKind::Call(call),
            Some("null") => ExprKind::Null,
            Some("true") => ExprKind::Bool(true),
            Some("false") => ExprKind::Bool(false),
            _ => ExprKind::Path(call.name),
        })
    }
}

/// A pattern without its slashes.
fn inside(pattern: &str) -> String {
    pattern.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap_or(pattern).to_owned()
}

fn binary(sign: &str) -> Option<BinaryOp> {
    Some(match sign {
        "or" => BinaryOp::Or,
        "and" => BinaryOp::And,
        "=" => BinaryOp::Equal,
        "!=" => BinaryOp::NotEqual,
        "<" => BinaryOp::Less,
        "<=" => BinaryOp::LessOrEqual,
        ">" => BinaryOp::Greater,
        ">=" => BinaryOp::GreaterOrEqual,
        "in" => BinaryOp::In,
        "+" => BinaryOp::Add,
        "-" => BinaryOp::Subtract,
        _ => return None,
    })
}

const NOT: u8 = 3;
const NEGATE: u8 = 6;

/// How strongly an operator binds: `or`, `and`, `not`, comparisons, sums, the sign of a number.
fn strength(operator: BinaryOp) -> u8 {
    match operator {
        BinaryOp::Or => 1,
        BinaryOp::And => 2,
        BinaryOp::Add | BinaryOp::Subtract => 5,
        _ => 4,
    }
}

/// Precedence climbing: an expression of operators that bind at least as strongly as `least`.
fn climb(pieces: &mut std::iter::Peekable<std::vec::IntoIter<Piece>>, least: u8) -> Option<Expr> {
    let mut left = match pieces.next()? {
        Piece::Operand(operand) => operand,
        Piece::Prefix(operator, span) => {
            let operand = climb(pieces, if operator == UnaryOp::Not { NOT } else { NEGATE })?;
            let span = span.to(operand.span);
            Expr { kind: ExprKind::Unary(operator, Box::new(operand)), span }
        }
        Piece::Infix(_) => return None,
    };
    while let Some(Piece::Infix(operator)) = pieces.peek() {
        let operator = *operator;
        if strength(operator) < least {
            break;
        }
        pieces.next();
        let right = climb(pieces, strength(operator) + 1)?;
        let span = left.span.to(right.span);
        left = Expr { kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)), span };
    }
    Some(left)
}
