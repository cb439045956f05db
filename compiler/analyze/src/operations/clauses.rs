//! The clauses of an operation: which verb takes which, and each at most once.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::Pagination;
use atlas9_syntax::ast::{Argument, Assignment, At as Place, ClauseKind, Moves, Name, Operation, Path};
use foldhash::HashMap;

use super::batch;
use crate::context::{At, listed};
use crate::literals::kept_days;
use crate::service;

/// What the clauses say.
#[derive(Default)]
pub(super) struct Clauses<'s> {
    pub filter: Option<&'s [Path]>,
    pub sort: Option<&'s [Path]>,
    pub search: Option<&'s [Path]>,
    pub expand: Option<&'s [Path]>,
    pub fields: Option<Span>,
    pub paginate: Option<Pagination>,
    pub idempotent: Option<Span>,
    pub conditional: Option<Span>,
    pub soft_keep_days: Option<u32>,
    pub force: Option<Span>,
    /// The most items of a batch.
    pub batch: Option<(u32, Span)>,
    pub moves: Vec<(&'s Moves, Span)>,
    pub sets: &'s [Assignment],
    pub sets_span: Option<Span>,
    pub raises: Option<&'s [Path]>,
    pub requires: Option<&'s [Name]>,
    pub public: Option<Span>,
    pub at: Option<(&'s Place, Span)>,
}

/// Every operation takes it.
const ALL: &[&str] = &[];
const LIST: &[&str] = &["list"];
const READS: &[&str] = &["list", "get"];
const ACTION: &[&str] = &["action"];

/// The word of a clause, and the verbs that take it.
fn known(kind: &ClauseKind) -> (&'static str, &'static [&'static str]) {
    match kind {
        ClauseKind::Filter(_) => ("filter", LIST),
        ClauseKind::Sort(_) => ("sort", LIST),
        ClauseKind::Search(_) => ("search", LIST),
        ClauseKind::Expand(_) => ("expand", READS),
        ClauseKind::Fields => ("fields", READS),
        ClauseKind::Paginate(_) => ("paginate", LIST),
        ClauseKind::Idempotent => {
            ("idempotent", &["create", "update", "undelete", "action", "collection action", "operation"])
        }
        ClauseKind::Conditional => ("conditional", &["update", "replace", "delete", "undelete", "action"]),
        ClauseKind::Soft(_) => ("soft", &["delete"]),
        ClauseKind::Force => ("force", &["delete"]),
        ClauseKind::Batch(_) => ("batch", &["create", "delete"]),
        ClauseKind::Moves(_) => ("moves", ACTION),
        ClauseKind::Sets(_) => ("sets", ACTION),
        ClauseKind::Raises(_) => ("raises", ALL),
        ClauseKind::Requires(_) => ("requires", ALL),
        ClauseKind::Public => ("public", ALL),
        ClauseKind::At(_) => ("at", &["action", "collection action", "query", "operation"]),
    }
}

impl<'s> Clauses<'s> {
    /// Sorts the clauses by what they say; misplaced and repeated ones are reported and left out.
    pub(super) fn read(at: At<'_, '_>, operation: &'s Operation) -> Clauses<'s> {
        let mut clauses = Clauses::default();
        let mut first: HashMap<&str, Span> = HashMap::default();
        for clause in &operation.clauses {
            let (word, verbs) = known(&clause.kind);
            if !verbs.is_empty() && !verbs.contains(&operation.verb.text.as_str()) {
                misplaced(at, word, verbs, &operation.verb, clause.span);
                continue;
            }
            if let Some(before) = first.insert(word, clause.span)
                && word != "moves"
            {
                twice(at, word, clause.span, before);
                continue;
            }
            clauses.apply(at, &clause.kind, clause.span);
        }
        if let (Some(public), Some(requires)) = (first.get("public"), first.get("requires")) {
            at.report(
                Diagnostic::error(codes::E0440, "what is public cannot require scopes")
                    .at(*requires, "requires scopes")
                    .and(*public, "open to everybody")
                    .help("remove one of the two"),
            );
        }
        clauses
    }

    fn apply(&mut self, at: At<'_, '_>, kind: &'s ClauseKind, span: Span) {
        match kind {
            ClauseKind::Filter(paths) => self.filter = Some(paths),
            ClauseKind::Sort(paths) => self.sort = Some(paths),
            ClauseKind::Search(paths) => self.search = Some(paths),
            ClauseKind::Expand(paths) => self.expand = Some(paths),
            ClauseKind::Fields => self.fields = Some(span),
            ClauseKind::Paginate(call) => {
                self.paginate = service::pagination(at.cx.sink, &call.name, &call.args, call.span);
            }
            ClauseKind::Idempotent => self.idempotent = Some(span),
            ClauseKind::Conditional => self.conditional = Some(span),
            ClauseKind::Soft(args) => self.soft_keep_days = keep(at, args, span),
            ClauseKind::Force => self.force = Some(span),
            ClauseKind::Batch(args) => self.batch = batch::most(at, args, span).map(|max| (max, span)),
            ClauseKind::Moves(moves) => self.moves.push((moves, span)),
            ClauseKind::Sets(sets) => (self.sets, self.sets_span) = (sets, Some(span)),
            ClauseKind::Raises(paths) => self.raises = Some(paths),
            ClauseKind::Requires(names) => self.requires = Some(names),
            ClauseKind::Public => self.public = Some(span),
            ClauseKind::At(place) => self.at = Some((place, span)),
        }
    }
}

fn misplaced(at: At<'_, '_>, word: &str, verbs: &[&str], verb: &Name, span: Span) {
    at.report(
        Diagnostic::error(codes::E0404, format!("`{word}` means nothing to `{}`", verb.text))
            .at(span, "not here")
            .and(verb.span, "this operation")
            .help(format!("it belongs to {}", listed(verbs.iter().copied(), "or"))),
    );
}

fn twice(at: At<'_, '_>, word: &str, again: Span, before: Span) {
    at.report(
        Diagnostic::error(codes::E0408, format!("`{word}` is said twice"))
            .at(again, "again")
            .and(before, "here first")
            .help("put everything into one of them"),
    );
}

fn keep(at: At<'_, '_>, args: &[Argument], span: Span) -> Option<u32> {
    let days = match args {
        [Argument { name: Some(name), value }] if name.text == "keep" => kept_days(value),
        _ => None,
    };
    if days.is_none() {
        at.report(
            Diagnostic::error(codes::E0402, "`soft` does not say how long a deleted row is kept")
                .at(span, "not understood")
                .help("write `soft(keep: 30d)`: a number of days or weeks, at least one day"),
        );
    }
    days
}
