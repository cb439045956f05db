//! Operations and their clauses.

use pest::iterators::Pair;

use super::Rule;
use super::reader::{Parts, Reader};
use crate::ast::{Assignment, Clause, ClauseKind, Field, Moves, Operation, Path};

impl Reader<'_> {
    pub fn operation(&mut self, pair: Pair<'_, Rule>) -> Option<Operation> {
        let mut parts = Parts::of(pair);
        let docs = self.docs(parts.take(Rule::docs));
        let pair = parts.any()?;
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        // The verb, or the word `action`.
        let verb = self.name(&parts.any()?);
        let name = parts.take(Rule::name).map(|name| self.name(&name));
        let params = match parts.take(Rule::params) {
            Some(params) => Parts::of(params).rest().map(|part| self.param(part)).collect::<Option<_>>()?,
            None => Vec::new(),
        };
        let returns = match parts.take(Rule::returns) {
            Some(returns) => Some(self.type_expr(Parts::of(returns).take(Rule::type_expr)?)?),
            None => None,
        };
        let mut clauses = Vec::new();
        while let Some(clause) = parts.take(Rule::clause) {
            clauses.push(self.clause(clause)?);
        }
        let annotations = self.annotations(&mut parts)?;
        Some(Operation { docs, verb, name, params, returns, clauses, annotations, span })
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
                let scopes = Parts::of(parts.take(Rule::scopes)?).rest();
                ClauseKind::Requires(scopes.map(|scope| self.name(&scope)).collect())
            }
            Rule::sets => {
                let assignments = Parts::of(parts.take(Rule::assignments)?).rest();
                ClauseKind::Sets(assignments.map(|part| self.assignment(part)).collect::<Option<_>>()?)
            }
            Rule::moves => ClauseKind::Moves(self.transition(parts.take(Rule::transition)?)?),
            _ => return None,
        })
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
