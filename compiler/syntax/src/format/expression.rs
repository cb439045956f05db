//! Types, values and arguments on one line; objects of examples over several.

use atlas9_diagnostics::Span;

use super::printer::Printer;
use crate::ast::{
    Annotation, Argument, BinaryOp, Call, Docs, Expr, ExprKind, Name, Path, TypeArg, TypeArgKind, TypeExpr,
    TypeKind, UnaryOp,
};

impl Printer<'_> {
    pub fn type_expr(&self, ty: &TypeExpr) -> String {
        let kind = match &ty.kind {
            TypeKind::Named(path) => path.text(),
            TypeKind::List(item) => format!("[{}]", self.type_expr(item)),
            TypeKind::Map(key, value) => format!("{{{}: {}}}", self.type_expr(key), self.type_expr(value)),
            TypeKind::Ref(path) => format!("ref {}", path.text()),
        };
        let args = joined(&ty.args, |arg| self.type_arg(arg));
        let args = if ty.args.is_empty() { args } else { format!("({args})") };
        format!("{kind}{args}{}", if ty.optional.is_some() { "?" } else { "" })
    }

    fn type_arg(&self, arg: &TypeArg) -> String {
        match &arg.kind {
            TypeArgKind::Value(value) => self.expr(value),
            TypeArgKind::Pattern(pattern) => format!("/{pattern}/"),
            TypeArgKind::Range { low, high, inclusive } => {
                let bound =
                    |bound: &Option<Expr>| bound.as_ref().map(|value| self.expr(value)).unwrap_or_default();
                format!("{}{}{}", bound(low), if *inclusive { "..=" } else { ".." }, bound(high))
            }
        }
    }

    pub fn annotations(&self, annotations: &[Annotation]) -> String {
        let one =
            |annotation: &Annotation| format!("@{}{}", annotation.name.text(), self.args(&annotation.args));
        annotations.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    pub fn call(&self, call: &Call) -> String {
        // Empty parentheses say that it is a call: they stay.
        let has_parens = self.slice(call.span).ends_with(')');
        let args = if has_parens && call.args.is_empty() { "()".to_owned() } else { self.args(&call.args) };
        format!("{}{args}", call.name.text())
    }

    /// The arguments in their parentheses; nothing without arguments.
    pub fn args(&self, args: &[Argument]) -> String {
        if args.is_empty() {
            return String::new();
        }
        format!("({})", joined(args, |arg| self.argument(arg)))
    }

    pub fn argument(&self, argument: &Argument) -> String {
        match &argument.name {
            Some(name) => format!("{}: {}", name.text, self.expr(&argument.value)),
            None => self.expr(&argument.value),
        }
    }

    /// A value or condition on one line. Literals are taken from the source.
    pub fn expr(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Path(path) => path.text(),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Unary(UnaryOp::Not, operand) => format!("not {}", self.expr(operand)),
            ExprKind::Unary(UnaryOp::Negate, operand) => self.negated(operand),
            ExprKind::Binary(operator, left, right) => {
                format!("{} {} {}", self.expr(left), sign(*operator), self.expr(right))
            }
            ExprKind::List(items) => format!("[{}]", joined(items, |item| self.expr(item))),
            ExprKind::Object(members) if members.is_empty() => "{}".to_owned(),
            ExprKind::Object(members) => {
                format!("{{ {} }}", joined(members, |member| self.member_text(member)))
            }
            ExprKind::Group(inner) => format!("({})", self.expr(inner)),
            _ => self.slice(expr.span).to_owned(),
        }
    }

    /// A sign directly before digits would make another literal of them.
    fn negated(&self, operand: &Expr) -> String {
        let operand = self.expr(operand);
        let space = if operand.starts_with(|c: char| c.is_ascii_digit() || c == '-') { " " } else { "" };
        format!("-{space}{operand}")
    }

    fn member_text(&self, (name, value): &(Name, Expr)) -> String {
        format!("{}: {}", name.text, self.expr(value))
    }

    /// A value with what stands before and behind it, over several lines if it must. `whole` is all of it in the source.
    pub fn value(&mut self, docs: &Docs, whole: Span, prefix: &str, value: &Expr, suffix: &str) {
        let text = format!("{prefix}{}{suffix}", self.expr(value));
        let is_broken =
            matches!(&value.kind, ExprKind::Object(_) | ExprKind::List(_)) && self.is_broken(value, &text);
        let head = Span { end: value.span.start + 1, ..whole };
        match &value.kind {
            ExprKind::Object(members) if is_broken => {
                self.open(docs, head, format!("{prefix}{{"));
                for (name, member) in members {
                    self.value(
                        &Docs::default(),
                        name.span.to(member.span),
                        &format!("{}: ", name.text),
                        member,
                        ",",
                    );
                }
                self.close(value.span, whole.range().end, format!("}}{suffix}"));
            }
            ExprKind::List(items) if is_broken => {
                self.open(docs, head, format!("{prefix}["));
                for item in items {
                    self.value(&Docs::default(), item.span, "", item, ",");
                }
                self.close(value.span, whole.range().end, format!("]{suffix}"));
            }
            _ => self.plain(docs, whole, text),
        }
    }

    /// Whether the author broke the line behind the bracket, or the value does not fit on one.
    fn is_broken(&self, value: &Expr, text: &str) -> bool {
        let inner = self.slice(value.span).get(1..).unwrap_or("");
        let gap = inner.len() - inner.trim_start().len();
        let has_members = !matches!(inner.trim_start().chars().next(), Some('}' | ']') | None);
        let breaks = inner.get(..gap).is_some_and(|space| space.contains('\n'));
        self.has_comment(value.span) || has_members && (breaks || !self.fits(text))
    }
}

/// The texts of some things with commas between.
pub(super) fn joined<T>(things: &[T], text: impl Fn(&T) -> String) -> String {
    things.iter().map(text).collect::<Vec<_>>().join(", ")
}

pub(super) fn paths(paths: &[Path]) -> String {
    joined(paths, Path::text)
}

pub(super) fn names(names: &[Name]) -> String {
    joined(names, |name| name.text.clone())
}

fn sign(operator: BinaryOp) -> &'static str {
    match operator {
        BinaryOp::Or => "or",
        BinaryOp::And => "and",
        BinaryOp::Equal => "=",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessOrEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterOrEqual => ">=",
        BinaryOp::In => "in",
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
    }
}
