//! `create batch(max: 100)`: an operation that does with several, all or none, what another one does with one.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Batch, Docs, History, HttpMethod, Operation, OperationKind};
use atlas9_syntax::ast::{self, Argument, ClauseKind, ExprKind, Name};

use super::{Here, Read, name, with_article};
use crate::context::{At, bare};

/// The most items that can be declared for a request: it is one transaction, which others may have to wait for.
const MOST: u32 = 1_000;

/// The most items where nothing is declared.
const USUAL: u32 = 100;

/// The member of an item that says which state the row must have.
const ETAG: &str = "etag";

/// Reads how many items a request may have. Nothing where something is wrong, which is then reported.
pub(super) fn most(at: At<'_, '_>, args: &[Argument], span: Span) -> Option<u32> {
    let found = match args {
        [] => Some(USUAL),
        [Argument { name: Some(name), value }] if name.text == "max" => match &bare(value).kind {
            ExprKind::Int(text) => text.parse().ok().filter(|max| (1..=MOST).contains(max)),
            _ => None,
        },
        _ => None,
    };
    if found.is_none() {
        at.report(
            Diagnostic::error(codes::E0402, "`batch` does not say how many items a request may have")
                .at(span, "not understood")
                .help(format!("write `batch(max: {USUAL})`: a whole number from 1 to {MOST}")),
        );
    }
    found
}

/// The names of the batches of some operations, each where its clause stands.
pub(super) fn names(entries: &[&ast::Operation]) -> Vec<Name> {
    let several = entries.iter().filter(|ast| ["create", "delete"].contains(&ast.verb.text.as_str()));
    let batches = several.filter_map(|ast| {
        let clause = ast.clauses.iter().find(|clause| matches!(clause.kind, ClauseKind::Batch(_)))?;
        Some(Name { text: named(&ast.verb.text), span: clause.span })
    });
    batches.collect()
}

fn named(verb: &str) -> String {
    format!("batch_{verb}")
}

/// False where an operation has the name of a batch beside it, which is then reported.
pub(super) fn leaves_name(at: At<'_, '_>, ast: &ast::Operation, batches: &[Name]) -> bool {
    let own = name(ast);
    let Some(batch) = batches.iter().find(|batch| batch.text == own.text) else { return true };
    at.report(
        Diagnostic::error(
            codes::E0445,
            format!("{} cannot be called `{}` here", with_article(ast), own.text),
        )
        .at(own.span, "this name is taken")
        .and(batch.span, "this is called so")
        .help("choose another name, or leave out the batch"),
    );
    false
}

/// The batch of an operation. It is as that one is, but for what its address and its body make different.
pub(super) fn read(here: Here<'_, '_>, one: &Operation, max: u32, span: Span) -> Option<Read> {
    let (_, resource) = here.resource?;
    let batch = Batch { max, conditional: one.conditional };
    let deletes = matches!(one.kind, OperationKind::Delete(_));
    let kind = if deletes { OperationKind::BatchDelete(batch) } else { OperationKind::BatchCreate(batch) };
    let mut keys = here.shape.fields.iter().filter(|field| field.key);
    if let Some(key) = keys.find(|field| deletes && field.wire == ETAG) {
        here.at.report(
            Diagnostic::error(
                codes::E0445,
                format!("`{}` is the key, and the entity tag of an item", key.wire),
            )
            .at(span, format!("each item has its key, and may have an `{ETAG}`"))
            .and(key.span, "this is called so")
            .help("choose another name for the key, or leave out the batch"),
        );
    }
    let name = named(&one.name);
    let operation = Operation {
        path: format!("{}/{name}", resource.path),
        name,
        // What is said of one is not what is said of several.
        docs: Docs::default(),
        span,
        method: HttpMethod::Post,
        kind,
        // The items name the states, not the request.
        conditional: false,
        // What is no DELETE cannot be sent again without a key.
        idempotent: one.idempotent || deletes,
        history: History { added: one.history.added.clone(), renamed: None },
        names: atlas9_ir::TargetNames::default(),
        ..one.clone()
    };
    Some(Read { operation, address: span, chosen: false, known: true })
}
