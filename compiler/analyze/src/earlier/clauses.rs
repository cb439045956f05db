//! Operations of an earlier version. What a clause lists is without what came later; a clause that then says nothing goes.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_syntax::ast::{Assignment, Clause, ClauseKind, Moves, Operation};
use foldhash::HashMap;

use super::marks::Earlier;
use super::texts::in_braces;

/// The former names of the keys in addresses, by the present ones.
type Keys<'k> = HashMap<&'k str, String>;

impl Earlier<'_, '_> {
    pub(super) fn operation(&mut self, operation: &mut Operation, keys: &Keys<'_>) {
        let declared = changes(operation);
        operation.name.iter_mut().for_each(|name| self.declared(name));
        operation.params.retain(|param| !self.is_gone(param.span));
        operation.params.iter_mut().for_each(|param| self.field(param));
        operation.returns.iter_mut().for_each(|ty| self.ty(ty));
        operation.clauses.retain_mut(|clause| self.clause(clause, keys));
        self.annotations(&mut operation.annotations);
        if declared && !changes(operation) {
            self.nothing_left(operation);
        }
    }

    /// Without what it changes, an action would be one that is written in Rust.
    fn nothing_left(&mut self, operation: &Operation) {
        let name = operation.name.as_ref().unwrap_or(&operation.verb);
        let message = format!("the schema does not tell what `{}` did in {}", name.text, self.text);
        self.wrong.push(
            Diagnostic::error(codes::E0610, message)
                .at(name.span, "all that it changes came later")
                .help("date the action too, with `@added`"),
        );
    }

    /// False for a clause that says nothing then.
    fn clause(&self, clause: &mut Clause, keys: &Keys<'_>) -> bool {
        match &mut clause.kind {
            ClauseKind::Filter(paths)
            | ClauseKind::Sort(paths)
            | ClauseKind::Search(paths)
            | ClauseKind::Expand(paths)
            | ClauseKind::Raises(paths) => self.paths(paths),
            ClauseKind::Moves(moves) => self.moves(moves),
            ClauseKind::Sets(sets) => self.sets(sets),
            ClauseKind::At(at) => {
                at.path.value = in_braces(&at.path.value, |name| keys.get(name).cloned());
                true
            }
            ClauseKind::Paginate(_)
            | ClauseKind::Fields
            | ClauseKind::Idempotent
            | ClauseKind::Conditional
            | ClauseKind::Force
            | ClauseKind::Soft(_)
            | ClauseKind::Batch(_)
            | ClauseKind::Requires(_)
            | ClauseKind::Public => true,
        }
    }

    fn moves(&self, moves: &mut Moves) -> bool {
        moves.from.retain(|name| !self.is_lost(name));
        if self.path_lost(&moves.field) || self.is_lost(&moves.to) || moves.from.is_empty() {
            return false;
        }
        self.path(&mut moves.field);
        moves.from.iter_mut().chain([&mut moves.to]).for_each(|name| self.name(name));
        // Without it, the standard conflict is answered.
        moves.otherwise.take_if(|call| self.path_lost(&call.name));
        if let Some(call) = &mut moves.otherwise {
            self.path(&mut call.name);
            call.args.retain(|argument| !self.argument_needs(argument));
            call.args.iter_mut().for_each(|argument| self.argument(argument));
        }
        true
    }

    fn sets(&self, sets: &mut Vec<Assignment>) -> bool {
        sets.retain(|set| !self.path_lost(&set.field) && !self.needs(&set.value));
        for set in sets.iter_mut() {
            self.path(&mut set.field);
            self.expr(&mut set.value);
        }
        !sets.is_empty()
    }
}

/// True for an action that says what it changes.
fn changes(operation: &Operation) -> bool {
    operation.clauses.iter().any(|clause| matches!(clause.kind, ClauseKind::Moves(_) | ClauseKind::Sets(_)))
}
