//! Rules: conditions over a declaration's own fields, with their types.

mod class;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{BinaryOp, Expr, Rule, Scalar, Type, UnaryOp, Value};
use atlas9_syntax::ast::{self, Call, ExprKind, Member, Path};

use crate::context::{At, bare};
use crate::docs::docs;
use crate::model::{Plain, Shape};
use crate::names::Once;
use crate::values::{self, all, is_word};
use crate::{paths, types};
use class::{Class, natural, plain_type, scalar_type, suits, whole_number};

/// A part that has been read.
struct Part {
    expr: Expr,
    class: Class,
    /// The declared type behind it, which gives literals beside it their form.
    ty: Option<Type>,
}

/// Reads the rules among the members.
pub(crate) fn read(at: At<'_, '_>, shape: &Shape, members: &[Member]) -> Vec<Rule> {
    let blocks = members.iter().filter_map(|member| match member {
        Member::Rules(block) => Some(block),
        _ => None,
    });
    let mut once = Once::declared();
    let rules = blocks.flat_map(|block| &block.entries);
    rules
        .filter_map(|ast| if once.first(at.cx.sink, &ast.name) { rule(at, shape, ast) } else { None })
        .collect()
}

fn rule(at: At<'_, '_>, shape: &Shape, ast: &ast::Rule) -> Option<Rule> {
    let text = ast.text.as_ref().map_or_else(|| docs(&ast.docs), |text| text.value.clone());
    if text.is_empty() {
        at.report(
            Diagnostic::error(codes::E0505, format!("`{}` does not say what it means", ast.name.text))
                .at(ast.name.span, "what is told to whoever breaks it?")
                .help("put a sentence behind the condition, in quotes"),
        );
    }
    let rules = Rules { at, shape };
    let part = rules.part(&ast.condition, None)?;
    rules.must_be(&part, Class::Bool, ast.condition.span)?;
    Some(Rule { name: ast.name.text.clone(), text, condition: part.expr, span: ast.name.span })
}

#[derive(Clone, Copy)]
struct Rules<'c, 'a> {
    at: At<'c, 'a>,
    shape: &'c Shape,
}

impl Rules<'_, '_> {
    /// A part of a condition. `beside` is the type that it is compared with.
    fn part(self, expr: &ast::Expr, beside: Option<&Part>) -> Option<Part> {
        let expr = bare(expr);
        match &expr.kind {
            _ if is_word(expr, "now") => Some(Part { expr: Expr::Now, class: Class::Timestamp, ty: None }),
            ExprKind::Path(path) => self.path(path, beside),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Unary(op, inner) if types::number(expr).is_none() => self.unary(*op, inner),
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right, expr.span),
            _ => self.literal(expr, beside),
        }
    }

    fn path(self, path: &Path, beside: Option<&Part>) -> Option<Part> {
        if let (Some(name), Some(Part { class: Class::Enum(id), ty: Some(ty), .. })) = (path.single(), beside)
        {
            let Some((Plain::Enum(_, known), _)) = self.at.types.plain(ty) else { return None };
            if let Some(value) = known.iter().find(|value| value.name == name.text) {
                self.at.means(name, value.span);
                let expr = Expr::Value(Value::Enum(name.text.clone()));
                return Some(Part { expr, class: Class::Enum(*id), ty: Some(ty.clone()) });
            }
            if self.shape.get(&name.text).is_none() && !self.shape.may_have(&name.text) {
                let owner = self.at.types.describe(&Type { optional: false, ..ty.clone() });
                values::unknown_value(self.at, &owner, known, &name.text, path.span);
                return None;
            }
        }
        let (names, field, _) = paths::field(self.at, self.shape, path)?;
        let class = self.class(&field.ty)?;
        Some(Part { expr: Expr::Field(names), class, ty: Some(field.ty.clone()) })
    }

    fn class(self, ty: &Type) -> Option<Class> {
        Some(match self.at.types.plain(ty)?.0 {
            Plain::Scalar(scalar) => match scalar {
                Scalar::Bool => Class::Bool,
                Scalar::Int32 { .. }
                | Scalar::Int { .. }
                | Scalar::Int64 { .. }
                | Scalar::Float64 { .. }
                | Scalar::Decimal { .. } => Class::Number,
                Scalar::String { .. } => Class::Text,
                Scalar::Uuid => Class::Uuid,
                Scalar::Date => Class::Date,
                Scalar::Timestamp => Class::Timestamp,
                Scalar::Duration => Class::Duration,
                Scalar::Bytes { .. } | Scalar::Json => Class::Other,
            },
            Plain::Enum(id, _) => Class::Enum(id),
            Plain::Ref(resource) => {
                let key = self.at.types.keys.get(resource.index()).and_then(Option::as_ref)?;
                return self.class(key);
            }
            Plain::List(..) | Plain::Map(..) | Plain::Structure(..) | Plain::Union(_) => Class::Other,
        })
    }

    fn call(self, call: &Call) -> Option<Part> {
        if call.name.text() != "length" {
            self.wrong(
                call.name.span,
                format!("there is no function called `{}`", call.name.text()),
                "not known",
                "there are `length(...)` and `now`",
            );
            return None;
        }
        let [ast::Argument { name: None, value }] = call.args.as_slice() else {
            self.wrong(
                call.span,
                "`length` takes one field".to_owned(),
                "not understood",
                "write `length(title)`",
            );
            return None;
        };
        let ExprKind::Path(path) = &bare(value).kind else {
            self.wrong(
                value.span,
                "`length` takes a field".to_owned(),
                "not a field",
                "write `length(title)`",
            );
            return None;
        };
        let (names, field, _) = paths::field(self.at, self.shape, path)?;
        match self.at.types.plain(&field.ty)?.0 {
            Plain::Scalar(Scalar::String { .. } | Scalar::Bytes { .. })
            | Plain::List(..)
            | Plain::Map(..) => {
                let expr = Expr::Length(Box::new(Expr::Field(names)));
                Some(Part { expr, class: Class::Number, ty: Some(whole_number()) })
            }
            _ => {
                let label = format!("its type is `{}`", self.at.types.describe(&field.ty));
                self.wrong(
                    path.span,
                    format!("`{}` has no length", path.text()),
                    &label,
                    "text, bytes, lists and maps have one",
                );
                None
            }
        }
    }

    fn unary(self, op: ast::UnaryOp, inner: &ast::Expr) -> Option<Part> {
        let part = self.part(inner, None)?;
        let (op, class) = match op {
            ast::UnaryOp::Not => (UnaryOp::Not, Class::Bool),
            ast::UnaryOp::Negate => (UnaryOp::Negate, Class::Number),
        };
        self.must_be(&part, class, inner.span)?;
        Some(Part { expr: Expr::Unary(op, Box::new(part.expr)), ..part })
    }

    fn binary(self, op: ast::BinaryOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> Option<Part> {
        use ast::BinaryOp as Op;
        let op = match op {
            Op::Or => return self.logic(BinaryOp::Or, left, right),
            Op::And => return self.logic(BinaryOp::And, left, right),
            Op::In => return self.member(left, right),
            Op::Add => return self.sum(BinaryOp::Add, left, right, span),
            Op::Subtract => return self.sum(BinaryOp::Subtract, left, right, span),
            Op::Equal => BinaryOp::Equal,
            Op::NotEqual => BinaryOp::NotEqual,
            Op::Less => BinaryOp::Less,
            Op::LessOrEqual => BinaryOp::LessOrEqual,
            Op::Greater => BinaryOp::Greater,
            Op::GreaterOrEqual => BinaryOp::GreaterOrEqual,
        };
        let (left, right) = self.pair(left, right)?;
        let ordered = !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        let comparable = match (left.class, right.class) {
            (Class::Null, _) | (_, Class::Null) => !ordered,
            (Class::Other, _) => false,
            (a, b) if a != b => false,
            (class, _) => !ordered || matches!(class, Class::Number | Class::Date | Class::Timestamp),
        };
        if !comparable {
            let message =
                format!("{} cannot be compared with {} like this", left.class.phrase(), right.class.phrase());
            let help = if ordered {
                "`<`, `<=`, `>` and `>=` order numbers, dates and timestamps"
            } else {
                "both sides need the same type"
            };
            self.wrong(span, message, "not comparable", help);
            return None;
        }
        Some(Part { expr: binary(op, left.expr, right.expr), class: Class::Bool, ty: None })
    }

    /// Both sides; the one that names a field is read first, so that it tells what a literal beside it is.
    fn pair(self, left: &ast::Expr, right: &ast::Expr) -> Option<(Part, Part)> {
        if self.is_literal(left) && !self.is_literal(right) {
            let right = self.part(right, None)?;
            return Some((self.part(left, Some(&right))?, right));
        }
        let left = self.part(left, None)?;
        let right = self.part(right, Some(&left))?;
        Some((left, right))
    }

    fn is_literal(self, expr: &ast::Expr) -> bool {
        let expr = bare(expr);
        match &expr.kind {
            ExprKind::Path(path) => {
                path.single().is_some_and(|name| name.text != "now" && self.shape.get(&name.text).is_none())
            }
            ExprKind::Call(_) | ExprKind::Binary(..) => false,
            ExprKind::Unary(..) => types::number(expr).is_some(),
            _ => true,
        }
    }

    fn logic(self, op: BinaryOp, left: &ast::Expr, right: &ast::Expr) -> Option<Part> {
        let side = |expr: &ast::Expr| {
            let part = self.part(expr, None)?;
            self.must_be(&part, Class::Bool, expr.span)?;
            Some(part)
        };
        // Both are read before either may fail, so that all that is wrong is reported.
        let (left, right) = (side(left), side(right));
        Some(Part { expr: binary(op, left?.expr, right?.expr), class: Class::Bool, ty: None })
    }

    fn member(self, left: &ast::Expr, right: &ast::Expr) -> Option<Part> {
        let part = self.part(left, None)?;
        let ExprKind::List(items) = &bare(right).kind else {
            self.wrong(
                right.span,
                "`in` takes a list of values".to_owned(),
                "not a list",
                "write `status in [draft, retired]`",
            );
            return None;
        };
        if items.is_empty() {
            let help = "name the values that it may have, or leave the condition out";
            self.wrong(right.span, "nothing is in an empty list".to_owned(), "never true", help);
            return None;
        }
        let items = all(items.iter().map(|item| {
            let value = self.part(item, Some(&part))?;
            self.must_be(&value, part.class, item.span)?;
            Some(value.expr)
        }))?;
        Some(Part { expr: Expr::In(Box::new(part.expr), items), class: Class::Bool, ty: None })
    }

    fn sum(self, op: BinaryOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> Option<Part> {
        let (left, right) = self.sum_sides(left, right)?;
        let class = match (left.class, right.class) {
            (Class::Number, Class::Number) => Class::Number,
            (Class::Timestamp, Class::Duration) => Class::Timestamp,
            (a, b) => {
                let message = format!("{} and {} cannot be put together like this", a.phrase(), b.phrase());
                let help = "`+` and `-` take two numbers, or a timestamp and a duration such as `30d`";
                self.wrong(span, message, "not possible", help);
                return None;
            }
        };
        let ty = left.ty.clone().or(right.ty.clone());
        Some(Part { expr: binary(op, left.expr, right.expr), class, ty })
    }

    /// A duration beside a timestamp is not of the timestamp's type, so only numbers lend theirs.
    fn sum_sides(self, left: &ast::Expr, right: &ast::Expr) -> Option<(Part, Part)> {
        if matches!(bare(right).kind, ExprKind::Duration(_)) {
            return Some((self.part(left, None)?, self.part(right, None)?));
        }
        self.pair(left, right)
    }

    fn literal(self, expr: &ast::Expr, beside: Option<&Part>) -> Option<Part> {
        if let ExprKind::Null = expr.kind {
            return Some(Part { expr: Expr::Value(Value::Null), class: Class::Null, ty: None });
        }
        let class = beside.map(|part| part.class).filter(|class| *class != Class::Null);
        let wanted = match class {
            None => natural(expr),
            Some(Class::Number) if matches!(expr.kind, ExprKind::String(_)) => natural(expr),
            Some(Class::Number) => {
                beside.and_then(|part| part.ty.clone()).map(|ty| self.unbounded(&ty)).or(natural(expr))
            }
            Some(class) => plain_type(class).filter(|_| suits(class, expr)).or(natural(expr)),
        };
        let Some(ty) = wanted else {
            self.wrong(
                expr.span,
                "a list or an object cannot stand in a condition".to_owned(),
                "not here",
                "compare fields one by one",
            );
            return None;
        };
        let value = values::check(self.at, &ty, expr)?;
        let class = self.class(&ty)?;
        Some(Part { expr: Expr::Value(value), class, ty: Some(ty) })
    }

    /// The type without its bounds: `stars < 6` is right although no row has six.
    fn unbounded(self, ty: &Type) -> Type {
        let open = atlas9_ir::Range::default;
        let scalar = match self.at.types.plain(ty) {
            Some((Plain::Scalar(Scalar::Decimal { .. }), _)) => {
                Scalar::Decimal { precision: 28, scale: 10, range: open() }
            }
            Some((Plain::Scalar(Scalar::Float64 { .. }), _)) => Scalar::Float64 { range: open() },
            _ => Scalar::Int64 { range: open() },
        };
        scalar_type(scalar)
    }

    fn must_be(self, part: &Part, class: Class, span: Span) -> Option<()> {
        if part.class == class {
            return Some(());
        }
        let message = format!("{} is expected here, but this is {}", class.phrase(), part.class.phrase());
        let help = match class {
            Class::Bool => "compare it with something, such as `title != \"\"`",
            _ => "all values need the type of what they are compared with",
        };
        self.wrong(span, message, "not what is expected", help);
        None
    }

    fn wrong(self, span: Span, message: String, label: &str, help: &str) {
        self.at.report(Diagnostic::error(codes::E0504, message).at(span, label).help(help));
    }
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    Expr::Binary(op, Box::new(left), Box::new(right))
}
