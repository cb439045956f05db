//! What annotations say of a field.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Field, Managed, OnDelete, Scalar, Sensitivity, Visibility};
use atlas9_syntax::ast::{Annotation, Name};

use super::{Noted, Place, allow, arguments, deprecated, fitting, history, name, together};
use crate::context::{At, did_you_mean};
use crate::model::Plain;

/// Applies the annotations of a field. Returns the replacement that `@deprecated` names.
pub(crate) fn field(
    at: At<'_, '_>,
    place: Place,
    field: &mut Field,
    list: &[Annotation],
    covers: Span,
) -> Option<Name> {
    let mut noted = Noted::default();
    let mut marks = Vec::new();
    for (known, annotation) in fitting(at, place, list, &mut noted.annotations) {
        marks.push((known, annotation.span));
        match known {
            "allow" => allow(at, annotation, covers),
            "deprecated" => deprecated::read(at, annotation, &mut noted),
            "added" => history::added(at, annotation, &mut noted),
            "renamed" => history::renamed(at, annotation, &mut noted),
            "name" => name::read(at, place, annotation, &mut noted),
            "sensitive" => sensitive(at, field, annotation),
            "requires" => requires(at, field, annotation),
            "on_delete" => on_delete(at, field, annotation),
            "on_update" => on_update(at, field, annotation),
            "unique" => unique(at, field, annotation),
            // What it says is read where the parameter is placed.
            "header" => {}
            "key" => {
                arguments::none(at, annotation);
                field.key = true;
            }
            "tenant" => tenant(at, field, annotation),
            _ => visibility(at, field, known, annotation),
        }
    }
    field.deprecated = noted.deprecated;
    field.history = noted.history;
    field.names = noted.names;
    field.annotations = noted.annotations;
    together::check(at, field, &marks, list);
    finish(at, field, place);
    noted.replacement
}

fn visibility(at: At<'_, '_>, field: &mut Field, word: &str, annotation: &Annotation) {
    if !arguments::none(at, annotation) {
        return;
    }
    field.visibility = match word {
        "readonly" => Visibility::ReadOnly,
        "writeonly" => Visibility::WriteOnly,
        "immutable" => Visibility::Immutable,
        _ => Visibility::Internal,
    };
}

fn sensitive(at: At<'_, '_>, field: &mut Field, annotation: &Annotation) {
    let args = arguments::Arguments::read(annotation);
    match annotation.args.len() {
        0 => field.sensitive = Some(Sensitivity { class: None }),
        1 if args.word(0).is_some() => {
            field.sensitive = Some(Sensitivity { class: args.word(0).map(|name| name.text.clone()) });
        }
        _ => arguments::wrong(at, annotation, "it takes at most one word"),
    }
}

fn requires(at: At<'_, '_>, field: &mut Field, annotation: &Annotation) {
    let Some(scopes) = arguments::words(at, annotation, "it takes one or more scopes") else { return };
    field.requires = at.cx.api.scopes(at, scopes);
}

fn on_delete(at: At<'_, '_>, field: &mut Field, annotation: &Annotation) {
    const WORDS: [&str; 3] = ["restrict", "cascade", "clear"];
    let problem = "it takes `restrict`, `cascade` or `clear`";
    let Some(words) = arguments::words(at, annotation, problem) else { return };
    let [word] = words.as_slice() else { return arguments::wrong(at, annotation, problem) };
    let choice = match word.text.as_str() {
        "restrict" => OnDelete::Restrict,
        "cascade" => OnDelete::Cascade,
        "clear" => OnDelete::Clear,
        other => {
            let help =
                did_you_mean(other, WORDS, || "the choices are `restrict`, `cascade` and `clear`".to_owned());
            at.report(
                Diagnostic::error(codes::E0308, format!("`{other}` is nothing that a delete can do"))
                    .at(word.span, "not known")
                    .help(help),
            );
            return;
        }
    };
    let many = match at.types.plain(&field.ty) {
        Some((Plain::Ref(_), _)) => false,
        Some((Plain::List(item, _), _)) if matches!(at.types.plain(item), Some((Plain::Ref(_), _))) => true,
        None => return,
        _ => {
            return unsuitable(
                at,
                annotation,
                "a reference",
                "it says what happens when the other end is deleted",
            );
        }
    };
    field.on_delete = Some(choice);
    if choice == OnDelete::Clear && many {
        let help = "in a list only the link to what is deleted goes: write `@on_delete(cascade)`";
        unsuitable(at, annotation, "a single reference", help);
    } else if choice == OnDelete::Clear && !field.ty.optional {
        let help = "the reference becomes null: add a `?` to its type";
        unsuitable(at, annotation, "an optional reference", help);
    }
}

fn on_update(at: At<'_, '_>, field: &mut Field, annotation: &Annotation) {
    let args = arguments::Arguments::read(annotation);
    if annotation.args.len() != 1 || args.word(0).is_none_or(|word| word.text != "now") {
        return arguments::wrong(at, annotation, "it takes `now`");
    }
    match at.types.plain(&field.ty) {
        Some((Plain::Scalar(Scalar::Timestamp), _)) => field.managed = Some(Managed::UpdatedAt),
        Some(_) => {
            unsuitable(at, annotation, "a `timestamp`", "the server writes the time of the last change there")
        }
        None => {}
    }
}

fn unique(at: At<'_, '_>, field: &mut Field, annotation: &Annotation) {
    if !arguments::none(at, annotation) {
        return;
    }
    match at.types.plain(&field.ty) {
        Some((
            Plain::Scalar(Scalar::Json)
            | Plain::List(..)
            | Plain::Map(..)
            | Plain::Structure(..)
            | Plain::Union(_),
            _,
        )) => {
            unsuitable(
                at,
                annotation,
                "a field with a single value",
                "lists, maps, structures and unions cannot be compared",
            );
        }
        _ => field.unique = true,
    }
}

/// Whether the type can tell tenants apart is for whoever knows the whole field.
fn tenant(at: At<'_, '_>, field: &mut Field, annotation: &Annotation) {
    if arguments::none(at, annotation) {
        field.managed = Some(Managed::Tenant);
    }
}

fn unsuitable(at: At<'_, '_>, annotation: &Annotation, needs: &str, help: &str) {
    let name = annotation.name.text();
    at.report(
        Diagnostic::error(codes::E0341, format!("`@{name}` needs {needs}"))
            .at(annotation.span, "not on a field of this type")
            .help(help),
    );
}

/// What follows from several annotations together.
fn finish(at: At<'_, '_>, field: &mut Field, place: Place) {
    let stored = matches!(place, Place::ResourceField | Place::MixinField);
    if field.managed == Some(Managed::Tenant) && field.visibility != Visibility::Internal {
        field.visibility = Visibility::ReadOnly;
    }
    if stored && field.on_delete.is_none() && is_reference(at, field) {
        field.on_delete = Some(OnDelete::Restrict);
    }
}

fn is_reference(at: At<'_, '_>, field: &Field) -> bool {
    match at.types.plain(&field.ty) {
        Some((Plain::Ref(_), _)) => true,
        Some((Plain::List(item, _), _)) => matches!(at.types.plain(item), Some((Plain::Ref(_), _))),
        _ => false,
    }
}
