//! Types with their bounds.

use super::reader::Reader;
use crate::ast::{Expr, ExprKind, TypeArg, TypeArgKind, TypeExpr, TypeKind};

impl Reader<'_> {
    pub fn type_expr(&mut self) -> Option<TypeExpr> {
        let first = self.at;
        let kind = self.type_kind()?;
        let args = self.maybe(Reader::type_args).unwrap_or_default();
        let sign = self.at;
        let optional = self.eat(b'?').map(|()| self.since(sign));
        Some(TypeExpr { kind, args, optional, span: self.since(first) })
    }

    fn type_kind(&mut self) -> Option<TypeKind> {
        if self.eat(b'[').is_some() {
            let item = self.type_expr()?;
            self.eat(b']')?;
            return Some(TypeKind::List(Box::new(item)));
        }
        if self.eat(b'{').is_some() {
            let key = self.type_expr()?;
            self.eat(b':')?;
            let value = self.type_expr()?;
            self.eat(b'}')?;
            return Some(TypeKind::Map(Box::new(key), Box::new(value)));
        }
        if self.word() == "ref" {
            self.eat_inline("ref")?;
            return Some(TypeKind::Ref(self.path()?));
        }
        Some(TypeKind::Named(self.path()?))
    }

    fn type_args(&mut self) -> Option<Vec<TypeArg>> {
        self.eat(b'(')?;
        let args = self.some(Reader::type_arg)?;
        self.eat(b')')?;
        Some(args)
    }

    fn type_arg(&mut self) -> Option<TypeArg> {
        let first = self.at;
        let kind = match self.dots() {
            Some(inclusive) => TypeArgKind::Range { low: None, high: Some(self.expr()?), inclusive },
            None => self.bounded()?,
        };
        Some(TypeArg { kind, span: self.since(first) })
    }

    /// A value, or a range that begins with one.
    fn bounded(&mut self) -> Option<TypeArgKind> {
        let low = self.expr()?;
        if let Some(inclusive) = self.dots() {
            let high = self.maybe(Reader::expr);
            return Some(TypeArgKind::Range { low: Some(low), high, inclusive });
        }
        Some(match low {
            Expr { kind: ExprKind::Pattern(pattern), .. } => TypeArgKind::Pattern(pattern),
            value => TypeArgKind::Value(value),
        })
    }

    /// `..` or `..=`; true for the latter.
    fn dots(&mut self) -> Option<bool> {
        if !self.at_signs(b'.', b'.') {
            return None;
        }
        self.at += 2;
        let inclusive = self.at_sign(b'=') && self.touches(self.at);
        self.at += usize::from(inclusive);
        Some(inclusive)
    }
}
