//! Rules of an earlier version. No row had a value that came later, so that a list behind `in` says the same without it; one that is
//! empty then is never true, and the condition around it is what it comes to.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_syntax::ast::{BinaryOp, Expr, ExprKind, Rule, UnaryOp};

use super::marks::Earlier;

impl Earlier<'_, '_> {
    /// False for a rule that held for every row then, or could not be said.
    pub(super) fn rule(&mut self, rule: &mut Rule) -> bool {
        let stays = match self.outcome(&mut rule.condition) {
            Some(true) => false,
            Some(false) => {
                self.never(rule);
                false
            }
            None => !self.needs(&rule.condition),
        };
        self.expr(&mut rule.condition);
        stays
    }

    fn never(&mut self, rule: &Rule) {
        let name = &rule.name;
        self.wrong.push(
            Diagnostic::error(
                codes::E0610,
                format!("in {} nothing could meet the rule `{}`", self.text, name.text),
            )
            .at(name.span, "it asks for values that came later")
            .help("say what held before too, or ask for a later version"),
        );
    }

    /// What the condition always comes to, if it does. What does not matter in it is left out.
    fn outcome(&self, condition: &mut Expr) -> Option<bool> {
        match &mut condition.kind {
            ExprKind::Group(inner) => self.outcome(inner),
            ExprKind::Unary(UnaryOp::Not, inner) => self.outcome(inner).map(|outcome| !outcome),
            // Of what came later itself nothing is known.
            ExprKind::Binary(BinaryOp::In, value, _) if self.needs(value) => None,
            ExprKind::Binary(BinaryOp::In, value, list) => {
                self.settle(value);
                self.no_choice(list).then_some(false)
            }
            ExprKind::Binary(op @ (BinaryOp::And | BinaryOp::Or), left, right) => {
                let decides = *op == BinaryOp::Or;
                let kept = match (self.outcome(left), self.outcome(right)) {
                    (None, None) => return None,
                    (Some(outcome), _) | (_, Some(outcome)) if outcome == decides => return Some(decides),
                    (Some(_), Some(_)) => return Some(!decides),
                    (Some(_), None) => right,
                    (None, Some(_)) => left,
                };
                *condition = (**kept).clone();
                None
            }
            ExprKind::Binary(_, left, right) => {
                self.settle(left);
                self.settle(right);
                None
            }
            _ => None,
        }
    }

    /// Writes what a condition always comes to in its place: beside `=`.
    fn settle(&self, condition: &mut Expr) {
        if let Some(outcome) = self.outcome(condition) {
            condition.kind = ExprKind::Bool(outcome);
        }
    }

    /// Leaves out the values that came later; true where none is left.
    fn no_choice(&self, list: &mut Expr) -> bool {
        match &mut list.kind {
            ExprKind::Group(inner) => self.no_choice(inner),
            ExprKind::List(items) => {
                items.retain(|item| !self.needs(item));
                items.is_empty()
            }
            _ => false,
        }
    }
}
