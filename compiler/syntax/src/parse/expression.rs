//! Values, conditions, arguments and annotations.

use atlas9_diagnostics::{Span, codes};

use super::cursor::PARENS;
use super::reader::Reader;
use crate::ast::{Annotation, Argument, BinaryOp, Call, Expr, ExprKind, Name, UnaryOp};
use crate::scan::{MAX_DEPTH, TokenKind, too_deep};

/// One element of an expression before precedence is applied.
enum Piece {
    Prefix(UnaryOp, Span),
    Infix(BinaryOp),
    Operand(Expr),
}

impl Reader<'_> {
    pub fn annotations(&mut self) -> Vec<Annotation> {
        self.many(Reader::annotation)
    }

    fn annotation(&mut self) -> Option<Annotation> {
        let first = self.at;
        self.eat(b'@')?;
        let name = self.path()?;
        let args = self.optional_args();
        Some(Annotation { name, args, span: self.since(first) })
    }

    pub fn call(&mut self) -> Option<Call> {
        let first = self.at;
        let name = self.path()?;
        let args = self.optional_args();
        Some(Call { name, args, span: self.since(first) })
    }

    pub fn optional_args(&mut self) -> Vec<Argument> {
        self.args().unwrap_or_default()
    }

    fn args(&mut self) -> Option<Vec<Argument>> {
        self.maybe(|reader| reader.bracketed(PARENS, Reader::argument))
    }

    pub fn argument(&mut self) -> Option<Argument> {
        let name = self.maybe(Reader::label);
        Some(Argument { name, value: self.expr()? })
    }

    /// A name and its colon.
    fn label(&mut self) -> Option<Name> {
        if !self.is_sign(self.peek_second(), b':') {
            return None;
        }
        let name = self.name()?;
        self.eat(b':')?;
        Some(name)
    }

    pub fn expr(&mut self) -> Option<Expr> {
        let first = self.at;
        let around = std::mem::take(&mut self.height);
        let mut pieces = Vec::new();
        match self.prefix() {
            None => {
                let operand = self.operand()?;
                if self.infix().is_none() {
                    self.height = around.max(self.height);
                    return Some(operand);
                }
                pieces.push(Piece::Operand(operand));
            }
            Some(prefix) => {
                pieces.push(prefix);
                self.operands(&mut pieces)?;
            }
        }
        while self.further(&mut pieces) {}
        let operators = pieces.iter().filter(|piece| !matches!(piece, Piece::Operand(_))).count();
        let height = self.height + operators;
        self.height = around.max(height);
        if height > MAX_DEPTH {
            return Some(self.too_many_operators(self.since(first), around));
        }
        climb(&mut pieces.into_iter().peekable(), 0)
    }

    /// Tells it, and loses the entry.
    fn too_many_operators(&mut self, span: Span, around: usize) -> Expr {
        let mut flaw = too_deep(span.start as usize, span.end as usize);
        flaw.code = codes::E0117;
        flaw.message = format!("this has more than {MAX_DEPTH} operators");
        flaw.label = "too many operators".to_owned();
        flaw.help = "split it; many values of one field are written `field in [a, b, c]`".to_owned();
        self.flaw(&flaw);
        self.lost = true;
        self.height = around;
        Expr { kind: ExprKind::Null, span }
    }

    /// Reads an operator and what follows it, if there are any.
    fn further(&mut self, pieces: &mut Vec<Piece>) -> bool {
        let (mark, before) = (self.mark(), pieces.len());
        let found = self.infix().and_then(|(operator, length)| {
            self.at += length;
            pieces.push(Piece::Infix(operator));
            self.operands(pieces)
        });
        if found.is_none() {
            pieces.truncate(before);
            self.reset(mark);
        }
        found.is_some()
    }

    /// An operand with what stands before it.
    fn operands(&mut self, pieces: &mut Vec<Piece>) -> Option<()> {
        while let Some(prefix) = self.prefix() {
            pieces.push(prefix);
        }
        pieces.push(Piece::Operand(self.operand()?));
        Some(())
    }

    fn prefix(&mut self) -> Option<Piece> {
        let first = self.at;
        let operator = if self.eat_word("not").is_some() {
            UnaryOp::Not
        } else if self.at_sign(b'-') && !self.is_negative() {
            self.at += 1;
            UnaryOp::Negate
        } else {
            return None;
        };
        Some(Piece::Prefix(operator, self.since(first)))
    }

    /// Whether the next sign belongs to the number behind it.
    fn is_negative(&self) -> bool {
        self.touches(self.at + 1)
            && self
                .peek_second()
                .is_some_and(|token| self.slice(token).starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The operator that comes next, and how many tokens it has.
    fn infix(&self) -> Option<(BinaryOp, usize)> {
        match self.word() {
            "" => self.infix_sign(),
            "and" => Some((BinaryOp::And, 1)),
            "or" => Some((BinaryOp::Or, 1)),
            "in" => Some((BinaryOp::In, 1)),
            _ => None,
        }
    }

    fn infix_sign(&self) -> Option<(BinaryOp, usize)> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Mark)?;
        let is_equal = self.is_sign(self.peek_second(), b'=') && self.touches(self.at + 1);
        Some(match self.slice(token) {
            "<" if is_equal => (BinaryOp::LessOrEqual, 2),
            ">" if is_equal => (BinaryOp::GreaterOrEqual, 2),
            "!" if is_equal => (BinaryOp::NotEqual, 2),
            "=" => (BinaryOp::Equal, 1),
            "<" => (BinaryOp::Less, 1),
            ">" => (BinaryOp::Greater, 1),
            "+" => (BinaryOp::Add, 1),
            "-" if !self.at_signs(b'-', b'>') => (BinaryOp::Subtract, 1),
            _ => return None,
        })
    }

    fn operand(&mut self) -> Option<Expr> {
        let first = self.at;
        let token = self.peek()?;
        let kind = match token.kind {
            TokenKind::Word if self.is_name(Some(token)) => self.called()?,
            TokenKind::Word => self.number()?,
            TokenKind::Text => ExprKind::String(self.text()?.value),
            TokenKind::Pattern => {
                self.at += 1;
                ExprKind::Pattern(inside(self.slice(token)))
            }
            TokenKind::Mark if self.at_sign(b'-') && self.is_negative() => self.number()?,
            TokenKind::Open => self.enclosed()?,
            _ => return None,
        };
        Some(Expr { kind, span: self.since(first) })
    }

    /// A list, an object, or something in parentheses.
    fn enclosed(&mut self) -> Option<ExprKind> {
        if self.at_sign(b'[') {
            return Some(ExprKind::List(self.bracketed((b'[', b']'), Reader::expr)?));
        }
        if self.at_sign(b'{') {
            return Some(ExprKind::Object(self.object()?));
        }
        self.eat(b'(')?;
        let inner = self.expr()?;
        self.eat(b')')?;
        Some(ExprKind::Group(Box::new(inner)))
    }

    pub fn object(&mut self) -> Option<Vec<(Name, Expr)>> {
        self.bracketed((b'{', b'}'), |reader| {
            let name = reader.name()?;
            reader.eat(b':')?;
            Some((name, reader.expr()?))
        })
    }

    /// A call with its parentheses, or the name alone.
    fn called(&mut self) -> Option<ExprKind> {
        let first = self.at;
        let name = self.path()?;
        if let Some(args) = self.args() {
            return Some(ExprKind::Call(Call { name, args, span: self.since(first) }));
        }
        Some(match name.single().map(|name| name.text.as_str()) {
            Some("null") => ExprKind::Null,
            Some("true") => ExprKind::Bool(true),
            Some("false") => ExprKind::Bool(false),
            _ => ExprKind::Path(name),
        })
    }

    /// A date, a duration, or a number with its sign. Each is written without spaces.
    fn number(&mut self) -> Option<ExprKind> {
        let first = self.at;
        let is_negative = self.eat(b'-').is_some();
        let word = self.word();
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let unit = word.get(digits..).unwrap_or("");
        let (length, kind): (usize, fn(String) -> ExprKind) = if !is_negative && self.is_date() {
            (5, ExprKind::Date)
        } else if !is_negative && matches!(unit, "s" | "m" | "h" | "d" | "w") {
            (1, ExprKind::Duration)
        } else if !unit.is_empty() {
            return None;
        } else if self.is_sign(self.peek_second(), b'.') && self.digits(2).is_some() {
            (3, ExprKind::Decimal)
        } else {
            (1, ExprKind::Int)
        };
        self.at += length;
        Some(kind(self.text.get(self.range_since(first)).unwrap_or("").to_owned()))
    }

    /// `2027-06-01`
    fn is_date(&self) -> bool {
        let year = self.peek().filter(|token| token.end - token.start == 4);
        let is_dash = |index: usize| self.is_sign(self.tokens.get(self.at + index).copied(), b'-');
        year.is_some_and(|year| self.slice(year).bytes().all(|byte| byte.is_ascii_digit()))
            && is_dash(1)
            && self.digits(2) == Some(2)
            && is_dash(3)
            && self.digits(4) == Some(2)
    }

    /// How many digits stand at the token that many further on, if it is nothing but digits and no space stands around the sign
    /// before it.
    fn digits(&self, ahead: usize) -> Option<usize> {
        let index = self.at + ahead;
        let token = *self.tokens.get(index)?;
        let digits = self.slice(token);
        let is_joined = self.touches(index - 1) && self.touches(index);
        let is_number = token.kind == TokenKind::Word && digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_joined && is_number).then_some(digits.len())
    }
}

/// A pattern without its slashes.
fn inside(pattern: &str) -> String {
    pattern.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap_or(pattern).to_owned()
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
