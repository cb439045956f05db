//! What an action changes: guarded moves and assignments.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{EnumValue, RaiseArgument, Raised, SetField, Transition, Type};
use atlas9_syntax::ast::{Assignment, Call, Moves, Name, Path};

use super::Here;
use super::assign::{Scope, assigned};
use crate::context::listed;
use crate::model::{Plain, Shape};
use crate::names::{Kind, Once};
use crate::paths;
use crate::values::{all, unknown_value};

/// Where each field is changed, so that no action changes one twice.
pub(super) type Targets = Vec<(String, Span)>;

fn changed_once(here: Here<'_, '_>, path: &Path, targets: &mut Targets) {
    let text = path.text();
    let inside = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let same = |(other, _): &&(String, Span)| inside(&text, other) || inside(other, &text);
    if let Some((_, before)) = targets.iter().find(same) {
        here.at.report(
            Diagnostic::error(codes::E0442, format!("the action changes `{text}` twice"))
                .at(path.span, "again")
                .and(*before, "here first")
                .help("keep the one that is meant"),
        );
    }
    targets.push((text, path.span));
}

pub(super) fn transition(
    here: Here<'_, '_>,
    scope: Scope<'_>,
    moves: &Moves,
    span: Span,
    targets: &mut Targets,
) -> Option<Transition> {
    let otherwise = raised(here, scope, moves.otherwise.as_ref());
    let (field_path, field, _) = paths::field(here.at, scope.fields, &moves.field)?;
    changed_once(here, &moves.field, targets);
    let Plain::Enum(_, known) = here.at.types.plain(&field.ty)?.0 else {
        here.at.report(
            Diagnostic::error(
                codes::E0438,
                format!("`{}` has no states to move between", moves.field.text()),
            )
            .at(moves.field.span, format!("its type is `{}`", here.at.types.describe(&field.ty)))
            .and(field.span, "declared here")
            .help("only a field whose type is an enum can be moved"),
        );
        return None;
    };
    let owner = here.at.types.describe(&Type { optional: false, ..field.ty.clone() });
    let state = |name: &Name| state(here, &owner, known, name);
    let mut once = Once::named();
    let from = all(moves.from.iter().filter(|name| once.first(here.at.cx.sink, name)).map(state));
    let to = state(&moves.to);
    Some(Transition { field: field_path, from: from?, to: to?, otherwise: otherwise?, span })
}

fn state(here: Here<'_, '_>, owner: &str, known: &[EnumValue], name: &Name) -> Option<String> {
    if let Some(value) = known.iter().find(|value| value.name == name.text) {
        here.at.means(name, value.span);
        return Some(name.text.clone());
    }
    unknown_value(here.at, owner, known, &name.text, name.span);
    None
}

/// The error behind `else`; the standard conflict where there is none.
fn raised(here: Here<'_, '_>, scope: Scope<'_>, call: Option<&Call>) -> Option<Raised> {
    let cx = here.at.cx;
    let Some(call) = call else {
        let error = cx.ids.standard(atlas9_ir::ErrorKind::Conflict)?;
        return Some(Raised { error, arguments: Vec::new() });
    };
    let error = cx.ids.error_of(cx.resolve(here.at.file, &call.name, Kind::Error)?)?;
    let entry = here.api.errors.get(error.index())?;
    let given = arguments(here, scope, call, &entry.shape)?;
    let mut arguments = Vec::new();
    for field in &entry.shape.fields {
        let value = given.iter().find(|argument| argument.name == field.name).cloned();
        arguments.extend(value);
    }
    complete(here, call, &entry.shape, &arguments);
    Some(Raised { error, arguments })
}

fn arguments(here: Here<'_, '_>, scope: Scope<'_>, call: &Call, shape: &Shape) -> Option<Vec<RaiseArgument>> {
    let mut once = Once::named();
    all(call.args.iter().map(|argument| {
        let Some(name) = &argument.name else {
            wrong_argument(
                here,
                argument.value.span,
                &format!("which field of `{}` this is has to be said", shape.owner),
                shape,
            );
            return None;
        };
        if !once.first(here.at.cx.sink, name) {
            return None;
        }
        let Some(field) = shape.get(&name.text) else {
            if !shape.may_have(&name.text) {
                let message = format!("`{}` has no field `{}`", shape.owner, name.text);
                wrong_argument(here, name.span, &message, shape);
            }
            return None;
        };
        here.at.means_field(name, field);
        let value = assigned(here.at, scope, &field.ty, &argument.value)?;
        Some(RaiseArgument { name: name.text.clone(), value })
    }))
}

fn wrong_argument(here: Here<'_, '_>, span: Span, message: &str, shape: &Shape) {
    let name = here.at.cx.quote(span);
    let help = here.at.cx.sink.did_you_mean(&name, shape.names(), || match shape.fields.len() {
        0 => format!("`{}` has no fields: leave the arguments out", shape.owner),
        _ => format!("its fields are {}", listed(shape.names(), "and")),
    });
    here.at.report(Diagnostic::error(codes::E0409, message).at(span, "not understood").help(help));
}

fn complete(here: Here<'_, '_>, call: &Call, shape: &Shape, given: &[RaiseArgument]) {
    let missing = shape.fields.iter().filter(|field| {
        let optional = here.at.types.plain(&field.ty).is_none_or(|(_, optional)| optional);
        !optional && !given.iter().any(|argument| argument.name == field.name)
    });
    let missing: Vec<&str> = missing.map(|field| field.name.as_str()).collect();
    if !missing.is_empty() {
        let needed = listed(missing.iter().copied(), "and");
        here.at.report(
            Diagnostic::error(codes::E0409, format!("`{}` needs {needed}", shape.owner))
                .at(call.span, "not complete")
                .help(format!("write `{}({}: ...)`", call.name.text(), missing.join(": ..., "))),
        );
    }
}

pub(super) fn assignment(
    here: Here<'_, '_>,
    scope: Scope<'_>,
    set: &Assignment,
    targets: &mut Targets,
) -> Option<SetField> {
    let (path, field, _) = paths::field(here.at, scope.fields, &set.field)?;
    changed_once(here, &set.field, targets);
    if field.key || field.managed.is_some() {
        here.at.report(
            Diagnostic::error(codes::E0439, format!("no action can set `{}`", set.field.text()))
                .at(set.field.span, "the server keeps it")
                .and(field.span, "declared here")
                .help("leave it out"),
        );
        return None;
    }
    let value = assigned(here.at, scope, &field.ty, &set.value)?;
    let span = set.field.span.to(set.value.span);
    Some(SetField { field: path, value, span })
}
