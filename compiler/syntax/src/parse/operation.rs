//! Operations and their clauses.

use atlas9_diagnostics::{Diagnostic, Span, codes, nearest};
use pest::iterators::Pair;

use super::Rule;
use super::reader::{Parts, Reader};
use super::recover::Listed;
use crate::ast::{
    Assignment, At, Clause, ClauseKind, Docs, Field, Moves, Name, Operation, OperationKind, Path,
};

/// The methods that an address can name.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

impl Reader<'_> {
    pub fn resource_operation(&mut self, pair: Pair<'_, Rule>) -> Option<Listed<Operation>> {
        let mut parts = Parts::of(pair);
        let docs = self.docs(parts.take(Rule::docs));
        let pair = parts.any()?;
        if pair.as_rule() == Rule::reserved {
            return Some(Listed::Reserved(self.reserved(pair, &docs)));
        }
        self.operation(pair, docs).map(Listed::One)
    }

    pub fn operation(&mut self, pair: Pair<'_, Rule>, docs: Docs) -> Option<Operation> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let (kind, verb) = self.operation_kind(parts.any()?)?;
        let name = parts.take(Rule::name).map(|name| self.name(&name));
        let params = self.params(parts.take(Rule::params))?;
        let returns = match parts.take(Rule::returns) {
            Some(returns) => Some(self.type_expr(Parts::of(returns).take(Rule::type_expr)?)?),
            None => None,
        };
        let mut clauses = Vec::new();
        while let Some(clause) = parts.take(Rule::clause) {
            clauses.push(self.clause(clause)?);
        }
        let annotations = self.annotations(&mut parts)?;
        Some(Operation { docs, kind, verb, name, params, returns, clauses, annotations, span })
    }

    /// An operation of the service. A clause of it stands deeper where a setting begins with the same word.
    pub fn service_operation(&mut self, pair: Pair<'_, Rule>, docs: Docs) -> Option<Operation> {
        let operation = self.operation(pair, docs)?;
        let Some(margin) = self.margin(operation.span) else { return Some(operation) };
        let is_setting = |clause: &&Clause| {
            let may_be = matches!(clause.kind, ClauseKind::Raises(_) | ClauseKind::Paginate(_));
            may_be && self.margin(clause.span).is_some_and(|column| column <= margin)
        };
        let shallow = operation.clauses.iter().find(is_setting).map(|clause| clause.span);
        if let Some(span) = shallow {
            let name = operation.name.as_ref().map_or("", |name| name.text.as_str());
            let diagnostic = Diagnostic::error(
                codes::E0125,
                format!("this belongs to the operation `{name}` above it"),
            )
            .at(span, "a clause of the operation")
            .and(operation.verb.span, "the operation")
            .help(
                "indent it further than the operation; a setting of the service stands above all operations",
            );
            self.push(diagnostic);
            return None;
        }
        Some(operation)
    }

    /// How many characters stand before something that begins its line.
    fn margin(&self, span: Span) -> Option<usize> {
        let before = self.source.get(..span.range().start)?;
        let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;
        line.chars().all(char::is_whitespace).then(|| line.chars().count())
    }

    /// The words that begin an operation.
    fn operation_kind(&mut self, pair: Pair<'_, Rule>) -> Option<(OperationKind, Name)> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::verb => OperationKind::Standard,
            Rule::kw_operation => OperationKind::Service,
            _ => match Parts::of(pair.clone()).any()?.as_rule() {
                Rule::kw_action => OperationKind::Action,
                Rule::kw_query => OperationKind::Query,
                _ => OperationKind::CollectionAction,
            },
        };
        let text = match kind {
            OperationKind::CollectionAction => "collection action",
            _ => pair.as_str().trim_end(),
        };
        Some((kind, Name { text: text.to_owned(), span }))
    }

    /// Parameters in their parentheses, if there are any.
    pub fn params(&mut self, pair: Option<Pair<'_, Rule>>) -> Option<Vec<Field>> {
        let Some(pair) = pair else { return Some(Vec::new()) };
        Parts::of(pair).rest().map(|part| self.param(part)).collect()
    }

    fn param(&mut self, pair: Pair<'_, Rule>) -> Option<Field> {
        let mut parts = Parts::of(pair);
        let docs = self.docs(parts.take(Rule::docs));
        self.field(parts.take(Rule::field)?, docs)
    }

    fn clause(&mut self, pair: Pair<'_, Rule>) -> Option<Clause> {
        let span = self.span(&pair);
        let pair = Parts::of(pair).any()?;
        let rule = pair.as_rule();
        let mut parts = Parts::of(pair);
        let kind = match rule {
            Rule::idempotent => ClauseKind::Idempotent,
            Rule::public => ClauseKind::Public,
            Rule::fields_clause => self.fields_clause(parts)?,
            _ => {
                // The clause's own word.
                parts.any()?;
                self.worded_clause(rule, &mut parts)?
            }
        };
        Some(Clause { kind, span })
    }

    fn worded_clause(&mut self, rule: Rule, parts: &mut Parts<'_>) -> Option<ClauseKind> {
        Some(match rule {
            Rule::soft => ClauseKind::Soft(self.optional_args(parts.take(Rule::args))?),
            Rule::paginate => ClauseKind::Paginate(self.call(parts.take(Rule::paging)?)?),
            Rule::raises => ClauseKind::Raises(self.paths(Parts::of(parts.take(Rule::raised)?).rest())),
            Rule::requires => {
                let scopes = Parts::of(parts.take(Rule::required)?).rest();
                ClauseKind::Requires(scopes.map(|scope| self.name(&scope)).collect())
            }
            Rule::sets => {
                let assignments = Parts::of(parts.take(Rule::assignments)?).rest();
                ClauseKind::Sets(assignments.map(|part| self.assignment(part)).collect::<Option<_>>()?)
            }
            Rule::address => ClauseKind::At(self.address(parts.take(Rule::method_path)?)?),
            Rule::moves => ClauseKind::Moves(self.transition(parts.take(Rule::transition)?)?),
            _ => return None,
        })
    }

    fn address(&mut self, pair: Pair<'_, Rule>) -> Option<At> {
        let mut parts = Parts::of(pair);
        let method = self.name(&parts.take(Rule::name)?);
        if !METHODS.contains(&method.text.as_str()) {
            let help = match nearest(&method.text, METHODS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", METHODS.map(|method| format!("`{method}`")).join(", ")),
            };
            let message = format!("`{}` is no method that an operation can have", method.text);
            self.report(codes::E0124, method.span, message, "not known", &help);
            return None;
        }
        Some(At { method, path: self.text(&parts.take(Rule::text)?) })
    }

    fn fields_clause(&mut self, mut parts: Parts<'_>) -> Option<ClauseKind> {
        let word = parts.take(Rule::fields_word)?;
        let fields = self.paths(parts.rest());
        Some(match word.as_str() {
            "filter" => ClauseKind::Filter(fields),
            "sort" => ClauseKind::Sort(fields),
            "search" => ClauseKind::Search(fields),
            _ => ClauseKind::Expand(fields),
        })
    }

    fn transition(&mut self, pair: Pair<'_, Rule>) -> Option<Moves> {
        let mut parts = Parts::of(pair);
        let field = self.path(parts.take(Rule::path)?);
        let mut values = Vec::new();
        while let Some(value) = parts.take(Rule::name) {
            values.push(self.name(&value));
        }
        let to = values.pop()?;
        let otherwise = match parts.take(Rule::otherwise) {
            Some(otherwise) => {
                let mut parts = Parts::of(otherwise);
                parts.take(Rule::kw_else)?;
                Some(self.call(parts.take(Rule::call)?)?)
            }
            None => None,
        };
        Some(Moves { field, from: values, to, otherwise })
    }

    fn assignment(&mut self, pair: Pair<'_, Rule>) -> Option<Assignment> {
        let mut parts = Parts::of(pair);
        let field = self.path(parts.take(Rule::path)?);
        Some(Assignment { field, value: self.expr(parts.take(Rule::expr)?)? })
    }

    pub fn paths<'i>(&self, parts: impl Iterator<Item = Pair<'i, Rule>>) -> Vec<Path> {
        parts.map(|part| self.path(part)).collect()
    }
}
