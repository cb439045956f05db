//! Declared annotations where they are used. Their arguments are read when all types are known.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{AnnotationId, Applied, Value};
use atlas9_syntax::ast::{Annotation, Argument, ItemKind, Name};
use foldhash::HashMap;

use super::Place;
use super::declare::{Entry, is_target, phrase, target_of, word};
use crate::context::{At, Cx, listed};
use crate::lookup::Found;
use crate::model::{Shape, Types};
use crate::names::{Kind, SymbolId};
use crate::values;

/// An annotation in use, of which the arguments are still to be read.
pub(crate) struct Pending {
    file: usize,
    id: AnnotationId,
    annotation: Annotation,
}

/// The arguments of every declared annotation in use, by the place where it stands.
pub(crate) type Arguments = HashMap<Span, Vec<(String, Value)>>;

/// The declared annotation of that name, and what is to be kept of it on the element. The first is nothing where there is no
/// such annotation, which is then reported.
pub(super) fn apply(
    at: At<'_, '_>,
    place: Place,
    annotation: &Annotation,
) -> Option<(SymbolId, Option<Applied>)> {
    let symbol = find(at, annotation)?;
    let applied = at.cx.ids.annotation_of(symbol).filter(|_| stands(at, place, annotation, symbol));
    Some((
        symbol,
        applied.map(|id| {
            let pending = Pending { file: at.file, id, annotation: annotation.clone() };
            at.cx.applied.borrow_mut().insert(annotation.span, pending);
            Applied { annotation: id, arguments: Vec::new(), span: annotation.span }
        }),
    ))
}

fn find(at: At<'_, '_>, annotation: &Annotation) -> Option<SymbolId> {
    let path = &annotation.name;
    if let Found::Missing = at.cx.names.find(at.file, path) {
        at.cx.unknown_annotation(at.file, path);
        return None;
    }
    at.cx.resolve(at.file, path, Kind::Annotation)
}

/// True when it may stand there; where it may not is reported.
fn stands(at: At<'_, '_>, place: Place, annotation: &Annotation, symbol: SymbolId) -> bool {
    let symbol = at.cx.names.get(symbol);
    let ItemKind::Annotation(decl) = &symbol.item.kind else { return false };
    let target = target_of(place);
    // A word that is not known may stand for anything.
    let meant =
        |name: &Name| target.is_some_and(|target| word(target) == name.text) || !is_target(&name.text);
    let fits = decl.targets.iter().any(meant);
    if !fits {
        let name = annotation.name.text();
        let finding =
            Diagnostic::error(codes::E0307, format!("`@{name}` cannot stand on {}", place.phrase()))
                .at(annotation.span, "not here")
                .and(symbol.name.span, format!("declared for {}", phrase(&decl.targets)));
        at.report(match target {
            Some(target) => {
                finding.help(format!("add `{}` to what it can stand on, or remove it here", word(target)))
            }
            None => finding.help("no declared annotation can stand here"),
        });
    }
    fits
}

/// Reads the arguments of all that are in use.
pub(crate) fn arguments(cx: &Cx<'_>, types: &Types, entries: &[Entry]) -> Arguments {
    let pending = cx.applied.take().into_iter();
    let read = pending.filter_map(|(span, pending)| {
        let entry = entries.get(pending.id.index())?;
        let at = At { cx, types, file: pending.file };
        Some((span, read(at, &entry.shape, &pending.annotation)?))
    });
    read.collect()
}

fn read(at: At<'_, '_>, params: &Shape, annotation: &Annotation) -> Option<Vec<(String, Value)>> {
    let mut given: Vec<Option<&Argument>> = params.fields.iter().map(|_| None).collect();
    let mut sound = true;
    let mut named = false;
    for (index, argument) in annotation.args.iter().enumerate() {
        named |= argument.name.is_some();
        let slot = match &argument.name {
            Some(name) => params.position(&name.text),
            None => (!named && index < params.fields.len()).then_some(index),
        };
        match slot {
            Some(slot) if given[slot].is_none() => {
                argument.name.iter().for_each(|name| at.means_field(name, &params.fields[slot]));
                given[slot] = Some(argument);
            }
            Some(slot) => {
                sound = false;
                twice(at, &params.fields[slot].name, argument, given[slot]);
            }
            None => {
                sound = false;
                not_taken(at, params, annotation, argument);
            }
        }
    }
    if sound {
        sound = complete(at, params, annotation, &given);
    }
    let values = params.fields.iter().zip(given).map(|(field, argument)| {
        let value = match argument {
            Some(argument) => values::check(at, &field.ty, &argument.value)?,
            None => field.default.clone().unwrap_or(Value::Null),
        };
        Some((field.name.clone(), value))
    });
    values::all(values).filter(|_| sound)
}

/// False where an argument is missing, which is then reported.
fn complete(at: At<'_, '_>, params: &Shape, annotation: &Annotation, given: &[Option<&Argument>]) -> bool {
    let missing = params.fields.iter().zip(given).filter(|(field, argument)| {
        let optional = at.types.plain(&field.ty).is_none_or(|(_, optional)| optional);
        argument.is_none() && !optional && !params.has_default(&field.name)
    });
    let missing: Vec<&str> = missing.map(|(field, _)| field.name.as_str()).collect();
    if missing.is_empty() {
        return true;
    }
    let needed = listed(missing.iter().copied(), "and");
    let name = annotation.name.text();
    at.report(
        Diagnostic::error(codes::E0326, format!("`@{name}` needs {needed}"))
            .at(annotation.span, "not complete")
            .help(format!("write `@{name}({}: ...)`", missing.join(": ..., "))),
    );
    false
}

fn twice(at: At<'_, '_>, name: &str, again: &Argument, first: Option<&Argument>) {
    let finding = Diagnostic::error(codes::E0327, format!("`{name}` is given twice"))
        .at(again.value.span, "again")
        .help("remove one of them");
    at.report(first.into_iter().fold(finding, |finding, first| finding.and(first.value.span, "here first")));
}

fn not_taken(at: At<'_, '_>, params: &Shape, annotation: &Annotation, argument: &Argument) {
    let called = annotation.name.text();
    let all = || match params.fields.len() {
        0 => format!("write `@{called}` alone"),
        _ => format!("it takes {}", listed(params.names(), "and")),
    };
    let (message, span, help) = match &argument.name {
        Some(name) if params.may_have(&name.text) => return,
        Some(name) => {
            let help = at.cx.sink.did_you_mean(&name.text, params.names(), all);
            (format!("`@{called}` takes no `{}`", name.text), name.span, help)
        }
        None if params.open => return,
        None if params.fields.len() < annotation.args.len() => {
            (format!("`@{called}` takes no more arguments"), argument.value.span, all())
        }
        None => {
            let help = format!("put a name before it: {}", all());
            ("what stands behind a named argument needs a name too".to_owned(), argument.value.span, help)
        }
    };
    at.report(Diagnostic::error(codes::E0327, message).at(span, "not taken").help(help));
}
