//! Types with their bounds.

use pest::iterators::Pair;

use super::Rule;
use super::reader::{Parts, Reader};
use crate::ast::{Expr, ExprKind, TypeArg, TypeArgKind, TypeExpr, TypeKind};

impl Reader<'_> {
    pub fn type_expr(&mut self, pair: Pair<'_, Rule>) -> Option<TypeExpr> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let kind = self.type_kind(parts.any()?)?;
        let args = match parts.take(Rule::type_args) {
            Some(args) => Parts::of(args).rest().map(|part| self.type_arg(part)).collect::<Option<_>>()?,
            None => Vec::new(),
        };
        let optional = parts.take(Rule::question).map(|sign| self.span(&sign));
        Some(TypeExpr { kind, args, optional, span })
    }

    fn type_kind(&mut self, pair: Pair<'_, Rule>) -> Option<TypeKind> {
        let rule = pair.as_rule();
        if rule == Rule::path {
            return Some(TypeKind::Named(self.path(pair)));
        }
        let mut parts = Parts::of(pair);
        Some(match rule {
            Rule::list_type => TypeKind::List(Box::new(self.type_expr(parts.any()?)?)),
            Rule::map_type => {
                let key = self.type_expr(parts.any()?)?;
                TypeKind::Map(Box::new(key), Box::new(self.type_expr(parts.any()?)?))
            }
            Rule::ref_type => {
                parts.take(Rule::kw_ref)?;
                TypeKind::Ref(self.path(parts.take(Rule::path)?))
            }
            _ => return None,
        })
    }

    fn type_arg(&mut self, pair: Pair<'_, Rule>) -> Option<TypeArg> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let low = self.bound(&mut parts)?;
        let dots = parts.take(Rule::dots).map(|dots| dots.as_str() == "..=");
        let high = self.bound(&mut parts)?;
        let kind = match (low, dots) {
            (low, Some(inclusive)) => TypeArgKind::Range { low, high, inclusive },
            (Some(Expr { kind: ExprKind::Pattern(pattern), .. }), None) => TypeArgKind::Pattern(pattern),
            (Some(value), None) => TypeArgKind::Value(value),
            (None, None) => return None,
        };
        Some(TypeArg { kind, span })
    }

    /// An expression, if one comes next. The outer option is for a pair without its parts.
    #[expect(
        clippy::option_option,
        reason = "the inner one is the author's choice, the outer one a mistake of this crate"
    )]
    fn bound(&mut self, parts: &mut Parts<'_>) -> Option<Option<Expr>> {
        match parts.take(Rule::expr) {
            Some(pair) => self.expr(pair).map(Some),
            None => Some(None),
        }
    }
}
