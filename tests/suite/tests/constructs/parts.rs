//! Constructs inside of declarations: operations with their clauses, types with their bounds, annotations, conditions.

use atlas9_syntax::ast::{
    Annotation, Argument, Assignment, BinaryOp, Clause, ClauseKind, Expr, ExprKind, Moves, Operation,
    OperationKind, TypeArg, TypeArgKind, TypeExpr, TypeKind, UnaryOp,
};

use super::walk::Found;

/// The annotations that the language itself has.
const ANNOTATIONS: &[&str] = &[
    "readonly",
    "writeonly",
    "immutable",
    "key",
    "internal",
    "tenant",
    "unique",
    "sensitive",
    "requires",
    "on_delete",
    "deprecated",
    "added",
    "renamed",
    "header",
    "plural",
    "name",
    "on_update",
    "allow",
    "audited",
    "events",
];

impl Found {
    pub fn annotations(&mut self, annotations: &[Annotation]) {
        annotations.iter().for_each(|annotation| self.annotation(annotation));
    }

    pub fn operation(&mut self, operation: &Operation) {
        self.docs(&operation.docs);
        let word = match operation.kind {
            OperationKind::Standard => operation.verb.text.as_str(),
            OperationKind::Action => "action",
            OperationKind::Query => "query",
            OperationKind::CollectionAction => "collection action",
            OperationKind::Service => "operation of the service",
        };
        let name = operation.name.as_ref().unwrap_or(&operation.verb).span;
        self.add(word, operation.verb.span.to(name));
        if let Some(returns) = &operation.returns {
            self.add("-> TYPE", returns.span);
            self.type_expr(returns);
        }
        operation.params.iter().for_each(|param| self.field(param, "parameter"));
        operation.clauses.iter().for_each(|clause| self.clause(clause, operation));
        self.annotations(&operation.annotations);
    }

    fn clause(&mut self, clause: &Clause, operation: &Operation) {
        let word = match &clause.kind {
            ClauseKind::Filter(_) => "filter",
            ClauseKind::Sort(_) => "sort",
            ClauseKind::Search(_) => "search",
            ClauseKind::Expand(_) => "expand",
            ClauseKind::Fields => "fields",
            ClauseKind::Idempotent => "idempotent",
            ClauseKind::Conditional => "conditional",
            ClauseKind::Soft(_) => "soft",
            ClauseKind::Force => "force",
            ClauseKind::Batch(_) => "batch",
            ClauseKind::Raises(_) => "raises",
            ClauseKind::Requires(_) => "requires",
            ClauseKind::Public => "public",
            ClauseKind::Paginate(style) => {
                return self.add(format!("paginate {}", style.name.text()), clause.span);
            }
            ClauseKind::Moves(moves) => return self.moves(moves, clause),
            ClauseKind::Sets(assignments) => {
                return assignments.iter().for_each(|one| self.sets(one, operation));
            }
            ClauseKind::At(at) => {
                let named = |name: &str| at.path.value.contains(&format!("{{{name}}}"));
                if operation.params.iter().any(|param| named(&param.name.text)) {
                    self.add("parameter in the path", clause.span);
                }
                let on = if operation.kind == OperationKind::Service {
                    "an operation of the service"
                } else {
                    "an action"
                };
                return self.add(format!("at METHOD \"path\" of {on}"), clause.span);
            }
        };
        self.add(word, clause.span);
    }

    fn moves(&mut self, moves: &Moves, clause: &Clause) {
        self.add("moves", clause.span);
        if moves.from.len() > 1 {
            self.add("moves from several states", clause.span);
        }
        if let Some(call) = &moves.otherwise {
            self.add(if call.args.is_empty() { "else ERROR" } else { "else ERROR(field: value)" }, call.span);
        }
    }

    fn sets(&mut self, assignment: &Assignment, operation: &Operation) {
        let span = assignment.field.span.to(assignment.value.span);
        let value = match &assignment.value.kind {
            ExprKind::Path(path) if path.text() == "now" => "now",
            ExprKind::Path(path) if path.text() == "principal" => "the principal",
            ExprKind::Path(path) if operation.params.iter().any(|param| param.name.text == path.text()) => {
                "a parameter"
            }
            ExprKind::Path(_) => "a word",
            _ => "a literal",
        };
        self.add(format!("sets to {value}"), span);
    }

    pub fn type_expr(&mut self, ty: &TypeExpr) {
        let name = match &ty.kind {
            TypeKind::Named(path) => path.text(),
            TypeKind::List(item) => {
                self.type_expr(item);
                if matches!(item.kind, TypeKind::Ref(_)) { "[ref RESOURCE]" } else { "[TYPE]" }.to_owned()
            }
            TypeKind::Map(_, value) => {
                self.type_expr(value);
                "{string: TYPE}".to_owned()
            }
            TypeKind::Ref(_) => "ref RESOURCE".to_owned(),
        };
        if ty.optional.is_some() {
            self.add("TYPE?", ty.span);
        }
        ty.args.iter().for_each(|arg| self.bounds(arg, &name));
        let is_declared = name.starts_with(|c: char| c.is_ascii_uppercase());
        self.add(if is_declared { "declared type".to_owned() } else { name }, ty.span);
    }

    fn bounds(&mut self, arg: &TypeArg, of: &str) {
        match &arg.kind {
            TypeArgKind::Value(_) => {}
            TypeArgKind::Pattern(_) => self.add("/pattern/", arg.span),
            TypeArgKind::Range { low, high, inclusive } => {
                self.add(format!("bounds of {of}"), arg.span);
                let shape = match (low, high, inclusive) {
                    (Some(_), Some(_), true) => "a..=b",
                    (Some(_), Some(_), false) => "a..b",
                    (Some(_), None, _) => "a..",
                    (None, _, true) => "..=b",
                    (None, _, false) => "..b",
                };
                self.add(shape, arg.span);
            }
        }
    }

    fn annotation(&mut self, annotation: &Annotation) {
        let name = annotation.name.text();
        if !ANNOTATIONS.contains(&name.as_str()) {
            return self.add("declared annotation", annotation.span);
        }
        self.add(format!("@{name}"), annotation.span);
        for Argument { name: label, value } in &annotation.args {
            match (name.as_str(), label, &value.kind) {
                ("deprecated", Some(label), _) => {
                    self.add(format!("@deprecated({}: )", label.text), value.span)
                }
                ("deprecated", None, _) => self.add("@deprecated(\"reason\")", value.span),
                ("on_delete", _, ExprKind::Path(path)) => {
                    self.add(format!("@on_delete({})", path.text()), annotation.span)
                }
                ("audited", Some(label), _) => {
                    self.add(format!("@audited({}: )", label.text), annotation.span)
                }
                ("sensitive", ..) => self.add("@sensitive(class)", annotation.span),
                _ => {}
            }
        }
    }

    pub fn condition(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Unary(operator, operand) => {
                let sign = if *operator == UnaryOp::Not { "not" } else { "-x" };
                self.add(format!("{sign} in a rule"), expr.span);
                self.condition(operand);
            }
            ExprKind::Binary(operator, left, right) => {
                self.add(format!("{} in a rule", sign(*operator)), expr.span);
                self.condition(left);
                self.condition(right);
            }
            ExprKind::Group(inner) => self.condition(inner),
            ExprKind::Call(call) => {
                self.add(format!("{}() in a rule", call.name.text()), expr.span);
                call.args.iter().for_each(|arg| self.condition(&arg.value));
            }
            ExprKind::Path(path) if path.text() == "now" => self.add("now in a rule", expr.span),
            ExprKind::List(items) => items.iter().for_each(|item| self.condition(item)),
            _ => {}
        }
    }
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
