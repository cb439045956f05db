//! Actions, queries and operations of the service: what they are given, what they answer, what they change.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Action, ActionTarget, HttpMethod, OperationKind, SetField, Transition};
use atlas9_syntax::ast::{self, Operation};

use super::address::{self, Address};
use super::assign::Scope;
use super::clauses::Clauses;
use super::{Here, answer, moves, params};

pub(super) fn read(here: Here<'_, '_>, ast: &Operation, clauses: &Clauses<'_>) -> (OperationKind, Address) {
    let target = target(ast.kind);
    let given = params::read(here, ast);
    let (address, in_path) = address::read(here, ast, clauses, target, &given);
    says_what_it_does(here, ast, clauses, target, address.method);
    let scope = Scope {
        params: &given,
        fields: here.shape,
        own: here.resource.map(|(id, _)| id),
        nobody: nobody(here, clauses),
    };
    let mut targets = Vec::new();
    let transitions = clauses.moves.iter();
    let transitions: Vec<Transition> = transitions
        .filter_map(|(ast, span)| moves::transition(here, scope, ast, *span, &mut targets))
        .collect();
    let sets = clauses.sets.iter();
    let sets: Vec<SetField> =
        sets.filter_map(|set| moves::assignment(here, scope, set, &mut targets)).collect();
    let returns = ast.returns.as_ref().and_then(|ty| answer::read(here.at, ty));
    let params = params::placed(here, ast, given, address.method, &in_path);
    (OperationKind::Action(Action { target, params, returns, moves: transitions, sets }), address)
}

fn target(kind: ast::OperationKind) -> ActionTarget {
    match kind {
        ast::OperationKind::Standard | ast::OperationKind::Action => ActionTarget::Item,
        ast::OperationKind::Query => ActionTarget::Query,
        ast::OperationKind::CollectionAction => ActionTarget::Collection,
        ast::OperationKind::Service => ActionTarget::Service,
    }
}

/// Why nobody may have said who calls.
fn nobody(here: Here<'_, '_>, clauses: &Clauses<'_>) -> Option<(&'static str, Span)> {
    let api = &here.at.cx.api;
    if let Some(public) = clauses.public {
        return Some(("the operation is public", public));
    }
    let service = api.service.as_ref().filter(|_| api.knows_nobody())?;
    Some(("the service has no `auth`", service.span))
}

/// What a method promises, the operation has to keep: a GET changes nothing, and can be sent again as it is.
fn says_what_it_does(
    here: Here<'_, '_>,
    ast: &Operation,
    clauses: &Clauses<'_>,
    target: ActionTarget,
    method: HttpMethod,
) {
    if target == ActionTarget::Query && ast.returns.is_none() {
        here.at.report(
            Diagnostic::error(codes::E0416, "a query that answers nothing reads nothing")
                .at(ast.verb.span, "no answer")
                .help("say what it answers: `-> T` behind the parameters, or make it an action"),
        );
    }
    let Some((address, _)) = clauses.at else { return };
    let reads = method == HttpMethod::Get;
    let changes = clauses.moves.first().map(|(_, span)| *span).or(clauses.sets_span).filter(|_| reads);
    let repeats = clauses.idempotent.map(|span| (span, "a GET can always be sent again", "idempotent"));
    let compares = clauses.conditional.map(|span| (span, "a GET has no state to lose", "conditional"));
    let useless = repeats.or(compares).filter(|_| reads);
    let (message, second, help) = match (target, changes, useless) {
        (ActionTarget::Query, ..) if !reads => (
            format!("a query reads, but `{}` is for what changes something", method.word()),
            (ast.verb.span, "a query"),
            "write `at GET`, or make it a `collection action`".to_owned(),
        ),
        (_, Some(span), _) => {
            let help = "write `at POST`".to_owned();
            ("a GET changes nothing".to_owned(), (span, "this changes the resource"), help)
        }
        (_, None, Some((span, message, word))) => {
            (message.to_owned(), (span, "says nothing"), format!("remove `{word}`, or write `at POST`"))
        }
        _ => return,
    };
    here.at.report(
        Diagnostic::error(codes::E0417, message)
            .at(address.method.span, "not this method")
            .and(second.0, second.1)
            .help(help),
    );
}
