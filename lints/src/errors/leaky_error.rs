//! An error that tells clients what goes on inside.

use atlas9_ir::{Assigned, ErrorDecl, Field, OperationKind, RaiseArgument, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::option::{OptionDefault, OptionSpec};
use crate::words::mentioned;

/// What an attacker likes to read.
const TERMS: OptionSpec = OptionSpec {
    lint: "leaky_error",
    name: "terms",
    default: OptionDefault::Words(&[
        "backtrace",
        "core_dump",
        "exception",
        "file_path",
        "hostname",
        "internal_message",
        "query_text",
        "raw_error",
        "sql",
        "sqlstate",
        "stack",
        "stack_trace",
        "stacktrace",
        "trace",
        "traceback",
    ]),
    meaning: "Words of fields and messages that tell of the inside.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

pub(crate) const CHECKS: &[Check] = &[Check::Error(check), Check::Operation(raised)];

fn check(context: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    let terms = context.config.words(&TERMS);
    let fields = error.fields.iter().filter_map(|field| {
        let (message, label) = match field.sensitive {
            Some(_) => {
                (format!("`{}` of `{}` is sensitive, and is answered", field.name, error.name), "sensitive")
            }
            None => {
                let term = mentioned(&field.name, terms)?;
                (
                    format!("`{}` of `{}` tells clients of a {term}", field.name, error.name),
                    "tells of the inside",
                )
            }
        };
        let help = "take it out, and log it instead: a problem carries a request id that leads to the log";
        Some(Finding::new(message, label, help).at(field.span))
    });
    Finding::several(fields)
}

/// What `else` gives an error leaves in it, whatever the field that it comes from is.
fn raised(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let (OperationKind::Action(action), Some(resource)) = (&node.operation.kind, node.resource) else {
        return None;
    };
    let given = action
        .moves
        .iter()
        .flat_map(|moves| moves.otherwise.arguments.iter().map(move |argument| (moves, argument)));
    Finding::several(given.filter_map(|(moves, argument)| {
        let field = source(context, resource, argument)?;
        let why = hidden(field, &node.operation.requires)?;
        let error = &context.ir.errors.get(moves.otherwise.error)?.name;
        let finding = Finding::new(
            format!("`{error}` tells clients `{}`, {why}", field.name),
            "leaves in an error",
            format!("take `{}` out of what `{error}` is given", argument.name),
        );
        Some(finding.at(moves.span).and(field.span, "this field"))
    }))
}

/// The field of the resource that an error is given.
fn source<'a>(
    context: &'a Context<'_>,
    resource: &'a Resource,
    argument: &RaiseArgument,
) -> Option<&'a Field> {
    match &argument.value {
        Assigned::Field(path) => context.ir.field(&resource.fields, path),
        _ => None,
    }
}

/// Why the callers of an operation may not have the value of a field.
fn hidden(field: &Field, scopes: &[String]) -> Option<&'static str> {
    if !field.readable() {
        return Some("which no answer carries");
    }
    let scope = field.requires.iter().any(|scope| !scopes.contains(scope));
    scope.then_some("which needs a scope that they may not have")
}
