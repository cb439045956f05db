//! Operations: verbs in a column, actions with their clauses below.

use atlas9_diagnostics::Span;

use super::columns::{Row, RowKind};
use super::expression::{joined, names, paths};
use super::printer::Printer;
use crate::ast::{Assignment, Clause, ClauseKind, Docs, Field, Moves, Operation};

/// What has parameters: an action, an annotation's declaration.
pub(super) struct Signature<'t> {
    pub docs: &'t Docs,
    /// All of it.
    pub span: Span,
    /// Where the name ends.
    pub name_end: u32,
    /// Up to the name.
    pub start: String,
    pub params: &'t [Field],
    /// What follows the parameters.
    pub end: String,
}

impl Printer<'_> {
    pub fn operation(&mut self, operation: &Operation) {
        if operation.name.is_none() {
            let row = Row {
                kind: RowKind::Word,
                name: operation.verb.text.clone(),
                value: self.tail(operation, "  "),
                rest: String::new(),
            };
            return self.row(&operation.docs, operation.span, row);
        }
        self.action(operation);
    }

    /// A verb and its clauses for a block that stays on one line.
    pub fn inline_operation(&self, operation: &Operation) -> String {
        format!("{} {}", operation.verb.text, self.tail(operation, " ")).trim_end().to_owned()
    }

    fn tail(&self, operation: &Operation, gap: &str) -> String {
        let mut text = String::new();
        let mut group = 0;
        for clause in &operation.clauses {
            text.push_str(match (text.is_empty(), rank(&clause.kind) == group) {
                (true, _) => "",
                (false, true) => " ",
                (false, false) => gap,
            });
            group = rank(&clause.kind);
            text.push_str(&self.clause(clause));
        }
        let annotations = self.annotations(&operation.annotations);
        let gap = if text.is_empty() || annotations.is_empty() { "" } else { gap };
        format!("{text}{gap}{annotations}")
    }

    fn action(&mut self, operation: &Operation) {
        let head_end = self.head_end(operation);
        let head = Span { end: head_end, ..operation.span };
        let annotations = self.annotations(&operation.annotations);
        let first = operation.annotations.first().zip(operation.annotations.last());
        let place = first.map(|(first, last)| first.span.to(last.span));
        let behind_head = place.filter(|_| operation.clauses.is_empty());
        let suffix = match behind_head {
            Some(_) => format!(" {annotations}"),
            None => String::new(),
        };
        let span = behind_head.map_or(head, |place| head.to(place));
        self.action_head(operation, span, &suffix);
        self.indent += 1;
        for clause in &operation.clauses {
            let text = self.clause(clause);
            self.plain(&Docs::default(), clause.span, text);
        }
        if let Some(place) = place.filter(|_| behind_head.is_none()) {
            self.plain(&Docs::default(), place, annotations);
        }
        self.indent -= 1;
    }

    /// Where the head of an action ends, before its clauses and annotations.
    fn head_end(&self, operation: &Operation) -> u32 {
        let clause = operation.clauses.first().map(|clause| clause.span.start);
        let annotation = operation.annotations.first().map(|annotation| annotation.span.start);
        let after = clause.or(annotation).unwrap_or(operation.span.end);
        let returns = operation.returns.as_ref().map(|ty| ty.span.end);
        returns.unwrap_or_else(|| self.last_token_end(operation.span.start, after))
    }

    fn action_head(&mut self, operation: &Operation, span: Span, suffix: &str) {
        let name = operation.name.as_ref();
        let returns =
            operation.returns.as_ref().map(|ty| format!(" -> {}", self.type_expr(ty))).unwrap_or_default();
        let signature = Signature {
            docs: &operation.docs,
            span,
            name_end: name.map_or(operation.verb.span, |name| name.span).end,
            start: format!("{} {}", operation.verb.text, name.map_or("", |name| name.text.as_str())),
            params: &operation.params,
            end: format!("{returns}{suffix}"),
        };
        self.signature(&signature);
    }

    /// Something with parameters on one line, or with one parameter a line.
    pub fn signature(&mut self, signature: &Signature<'_>) {
        let Signature { docs, span, name_end, start, params, end } = signature;
        let text = format!("{start}({}){end}", joined(params, |param| self.field_text(param)));
        let is_documented = params.iter().any(|param| !param.docs.lines.is_empty());
        let (open, close) = self.parens(*name_end, params);
        let is_commented = self.has_comment(Span { start: open, end: close, ..*span });
        if !params.is_empty() && (is_documented || is_commented || !self.fits(&text)) {
            self.broken_signature(signature);
        } else {
            self.plain(docs, *span, text);
        }
    }

    fn broken_signature(&mut self, signature: &Signature<'_>) {
        let Signature { docs, span, name_end, start, params, end } = signature;
        let (open, close) = self.parens(*name_end, params);
        self.open(docs, Span { end: open, ..*span }, format!("{start}("));
        for param in *params {
            let text = format!("{},", self.field_text(param));
            self.plain(&param.docs, param.span, text);
        }
        self.close(Span { end: close, ..*span }, span.range().end, format!("){end}"));
    }

    fn clause(&self, clause: &Clause) -> String {
        match &clause.kind {
            ClauseKind::Filter(fields) => format!("filter({})", paths(fields)),
            ClauseKind::Sort(fields) => format!("sort({})", paths(fields)),
            ClauseKind::Search(fields) => format!("search({})", paths(fields)),
            ClauseKind::Expand(fields) => format!("expand({})", paths(fields)),
            ClauseKind::Fields => "fields".to_owned(),
            ClauseKind::Paginate(style) => format!("paginate {}", self.call(style)),
            ClauseKind::Idempotent => "idempotent".to_owned(),
            ClauseKind::Soft(args) => format!("soft{}", self.args(args)),
            ClauseKind::Conditional => "conditional".to_owned(),
            ClauseKind::Force => "force".to_owned(),
            ClauseKind::Batch(args) => format!("batch{}", self.args(args)),
            ClauseKind::Moves(moves) => self.moves(moves),
            ClauseKind::Sets(assignments) => {
                format!("sets {}", joined(assignments, |one| self.assignment(one)))
            }
            ClauseKind::Raises(errors) => format!("raises {}", paths(errors)),
            ClauseKind::Requires(scopes) => format!("requires {}", names(scopes)),
            ClauseKind::Public => "public".to_owned(),
            ClauseKind::At(at) => format!("at {} {}", at.method.text, self.slice(at.path.span)),
        }
    }

    fn moves(&self, moves: &Moves) -> String {
        let otherwise =
            moves.otherwise.as_ref().map(|call| format!(" else {}", self.call(call))).unwrap_or_default();
        format!("moves {} {} -> {}{otherwise}", moves.field.text(), names(&moves.from), moves.to.text)
    }

    fn assignment(&self, assignment: &Assignment) -> String {
        format!("{}: {}", assignment.field.text(), self.expr(&assignment.value))
    }
}

/// Clauses of one rank stand one space apart, others two: what is asked for, what changes, what fails, who may.
fn rank(clause: &ClauseKind) -> usize {
    match clause {
        ClauseKind::Moves(_) | ClauseKind::Sets(_) => 2,
        ClauseKind::Raises(_) => 3,
        ClauseKind::Requires(_) | ClauseKind::Public => 4,
        _ => 1,
    }
}
