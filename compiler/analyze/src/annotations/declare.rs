//! Annotations that a schema declares: `annotation owner(team: string) on resource, operation`.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{AnnotationDecl, AnnotationTarget, Type};
use atlas9_syntax::ast::{self, ItemKind, Member, Name};

use super::Place;
use crate::context::{At, Cx, did_you_mean, listed};
use crate::docs::docs;
use crate::fields::{self, Owner};
use crate::model::{Plain, Shape, Types, lost_type};
use crate::names::{Once, SymbolId};

/// A declared annotation with its parameters; they move into the declaration at the end.
pub(crate) struct Entry {
    pub decl: AnnotationDecl,
    pub shape: Shape,
}

/// The words for what an annotation can stand on.
const TARGETS: [(&str, AnnotationTarget); 11] = [
    ("service", AnnotationTarget::Service),
    ("resource", AnnotationTarget::Resource),
    ("type", AnnotationTarget::Type),
    ("enum", AnnotationTarget::Enum),
    ("union", AnnotationTarget::Union),
    ("error", AnnotationTarget::Error),
    ("field", AnnotationTarget::Field),
    ("operation", AnnotationTarget::Operation),
    ("parameter", AnnotationTarget::Parameter),
    ("value", AnnotationTarget::Value),
    ("variant", AnnotationTarget::Variant),
];

/// Reads every annotation that the model has, by id; all types have to be known.
pub(crate) fn declare(cx: &Cx<'_>, types: &Types) -> Vec<Entry> {
    cx.ids.annotations.iter().filter_map(|id| entry(cx, types, *id)).collect()
}

fn entry(cx: &Cx<'_>, types: &Types, id: SymbolId) -> Option<Entry> {
    let symbol = cx.names.get(id);
    let ItemKind::Annotation(ast) = &symbol.item.kind else { return None };
    let at = At { cx, types, file: symbol.file };
    super::declaration(at, Place::Annotation, &symbol.item.annotations, symbol.item.span);
    let decl = AnnotationDecl {
        name: ast.name.text.clone(),
        namespace: cx.names.namespaces[symbol.namespace].path.clone(),
        docs: docs(&symbol.item.docs),
        span: ast.name.span,
        params: Vec::new(),
        targets: targets(at, ast),
    };
    Some(Entry { decl, shape: params(at, ast) })
}

fn params(at: At<'_, '_>, ast: &ast::AnnotationDecl) -> Shape {
    let mut shape = Shape::new(&ast.name.text);
    let members: Vec<Member> = ast.params.iter().cloned().map(Member::Field).collect();
    fields::members(at, Owner::Annotation, &members, &mut shape);
    fields::replacements(at, &shape);
    fields::defaults(at, Owner::Annotation, &members, &mut shape);
    for field in shape.fields.iter_mut().filter(|field| holds_key(at, &field.ty)) {
        at.report(
            Diagnostic::error(codes::E0328, "an annotation cannot refer to a row")
                .at(field.span, format!("its type is `{}`", at.types.describe(&field.ty)))
                .help("annotations are written before there are any rows; take a text or a number"),
        );
        field.ty = lost_type();
    }
    shape
}

fn holds_key(at: At<'_, '_>, ty: &Type) -> bool {
    match at.types.plain(ty) {
        Some((Plain::Ref(_), _)) => true,
        Some((Plain::List(item, _) | Plain::Map(item, _), _)) => holds_key(at, item),
        _ => false,
    }
}

fn targets(at: At<'_, '_>, ast: &ast::AnnotationDecl) -> Vec<AnnotationTarget> {
    let mut once = Once::named();
    let words = ast.targets.iter().filter(|word| once.first(at.cx.sink, word));
    words.filter_map(|word| target(at, word)).collect()
}

fn target(at: At<'_, '_>, word: &Name) -> Option<AnnotationTarget> {
    let words = || TARGETS.iter().map(|(word, _)| *word);
    let found = TARGETS.iter().find(|(known, _)| *known == word.text).map(|(_, target)| *target);
    if found.is_none() {
        let help = match word.text.as_str() {
            "singleton" => "write `resource`: a singleton is one too".to_owned(),
            "structure" => "write `type`, which is a structure or another name".to_owned(),
            "action" | "query" => "write `operation`, which is any of them".to_owned(),
            "mixin" => "write `field`: a mixin is nothing but its fields".to_owned(),
            other => did_you_mean(other, words(), || format!("there are {}", listed(words(), "and"))),
        };
        at.report(
            Diagnostic::error(codes::E0325, format!("no annotation can stand on `{}`", word.text))
                .at(word.span, "not known")
                .help(help),
        );
    }
    found
}

/// The words of an annotation's places, each in backticks.
pub(super) fn phrase(targets: &[Name]) -> String {
    listed(targets.iter().map(|word| word.text.as_str()), "and")
}

/// What an annotation on such a place stands on.
pub(super) fn target_of(place: Place) -> Option<AnnotationTarget> {
    Some(match place {
        Place::ResourceField | Place::MixinField | Place::StructureField | Place::ErrorField => {
            AnnotationTarget::Field
        }
        Place::Param => AnnotationTarget::Parameter,
        Place::Resource | Place::Singleton => AnnotationTarget::Resource,
        Place::Type => AnnotationTarget::Type,
        Place::Enum => AnnotationTarget::Enum,
        Place::EnumValue => AnnotationTarget::Value,
        Place::Union => AnnotationTarget::Union,
        Place::Variant => AnnotationTarget::Variant,
        Place::Operation => AnnotationTarget::Operation,
        Place::Service => AnnotationTarget::Service,
        Place::Error => AnnotationTarget::Error,
        Place::Scope | Place::Mixin | Place::Annotation | Place::AnnotationParam => return None,
    })
}

/// True for a word that an annotation can stand on.
pub(super) fn is_target(text: &str) -> bool {
    TARGETS.iter().any(|(known, _)| *known == text)
}

/// The word of a target.
pub(super) fn word(target: AnnotationTarget) -> &'static str {
    TARGETS.iter().find(|(_, known)| *known == target).map_or("", |(word, _)| word)
}
