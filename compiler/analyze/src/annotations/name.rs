//! `@name(python: "kind")`: what a declaration is called in clients of one language.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Target, reserved};
use atlas9_syntax::ast::{Annotation, Expr, ExprKind, Name};

use super::arguments::wrong;
use super::{Noted, Place};
use crate::context::{At, bare, did_you_mean};

/// The languages that have clients, by the words that the annotation takes.
const LANGUAGES: [(&str, Target); 4] = [
    ("go", Target::Go),
    ("python", Target::Python),
    ("rust", Target::Rust),
    ("typescript", Target::TypeScript),
];

/// The longest name, in bytes: longer ones are no help to anybody, and no language's line holds them.
const LONGEST: usize = 100;

pub(super) fn read(at: At<'_, '_>, place: Place, annotation: &Annotation, noted: &mut Noted) {
    if annotation.args.is_empty() {
        return wrong(at, annotation, "it names no language");
    }
    for argument in &annotation.args {
        let Some(language) = &argument.name else {
            return wrong(at, annotation, "its arguments have names, those of the languages");
        };
        let found = LANGUAGES.iter().find(|(word, _)| *word == language.text);
        let Some((_, target)) = found else {
            unknown(at, language);
            continue;
        };
        let Some(name) = name(at, place, *target, &argument.value) else { continue };
        if let Some(slot) = noted.names.slot(*target)
            && slot.replace(name).is_some()
        {
            return wrong(at, annotation, "one language is named twice");
        }
    }
}

fn unknown(at: At<'_, '_>, language: &Name) {
    let known = || LANGUAGES.iter().map(|(word, _)| *word);
    let otherwise = || format!("the languages are {}", known().collect::<Vec<_>>().join(", "));
    at.report(
        Diagnostic::error(codes::E0308, format!("there are no clients in `{}`", language.text))
            .at(language.span, "unknown")
            .help(did_you_mean(&language.text, known(), otherwise)),
    );
}

/// The name, if the language takes it there.
fn name(at: At<'_, '_>, place: Place, target: Target, expr: &Expr) -> Option<String> {
    let expr = bare(expr);
    let problem = match &expr.kind {
        ExprKind::String(text) => match misfit(place, target, text) {
            None => return Some(text.clone()),
            Some(problem) => problem,
        },
        _ => "a name stands in quotes".to_owned(),
    };
    at.report(
        Diagnostic::error(codes::E0308, format!("{} cannot call it so", target.name()))
            .at(expr.span, problem)
            .help(
                "write a name of letters, digits and `_` as the language has it: `@name(python: \"kind\")`",
            ),
    );
    None
}

fn misfit(place: Place, target: Target, name: &str) -> Option<String> {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let wire = matches!(
        place,
        Place::ResourceField
            | Place::MixinField
            | Place::StructureField
            | Place::ErrorField
            | Place::Param
            | Place::EnumValue
            | Place::Variant
    );
    if !letters || !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        Some("no name".to_owned())
    } else if name.len() > LONGEST {
        Some(format!("longer than {LONGEST} letters"))
    } else if reserved(target, name) {
        Some(format!("a reserved word of {}", target.name()))
    } else if target == Target::TypeScript && wire {
        // What is sent is what is written, without a table between them.
        Some("TypeScript has the names of the wire here".to_owned())
    } else {
        None
    }
}
