//! Unions: their variants, and the member that tells them apart.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Field, TypeDeclKind, TypeId, Variant};
use atlas9_syntax::ast::{self, ItemKind, TypeBody, TypeKind, UnionDecl};
use foldhash::HashSet;

use super::is_builtin;
use crate::annotations::{self, Place};
use crate::context::{At, Cx};
use crate::docs::described;
use crate::lookup::Found;
use crate::model::Types;
use crate::names::{Kind, Named, Once, SymbolId};

/// Reads a union. Nothing where a variant is wrong, which is then reported: any value may be one of that variant.
pub(super) fn declare(at: At<'_, '_>, decl: &UnionDecl) -> Option<TypeDeclKind> {
    let known: Named<'_> = decl.variants.iter().map(|variant| &variant.name).collect();
    let mut once = Once::declared();
    let mut lost = !decl.broken.is_empty();
    let mut variants = Vec::new();
    for ast in decl.variants.iter().filter(|variant| once.first(at.cx.sink, &variant.name)) {
        let variant = variant(at, ast, &known);
        lost |= variant.is_none();
        variants.extend(variant);
    }
    if variants.is_empty() && !lost {
        at.report(
            Diagnostic::error(codes::E0315, format!("`{}` has no variants", decl.name.text))
                .at(decl.name.span, "nothing can have this type")
                .help("give it a variant: a name and a structure, such as `card: CardPayment`"),
        );
    }
    (!lost).then(|| TypeDeclKind::Union {
        closed: decl.closed,
        discriminator: decl.discriminator.text.clone(),
        discriminator_wire: at.cx.api.wire(&decl.discriminator.text),
        discriminator_span: decl.discriminator.span,
        variants,
    })
}

fn variant(at: At<'_, '_>, ast: &ast::Variant, known: &Named<'_>) -> Option<Variant> {
    let noted = annotations::declaration(at, Place::Variant, &ast.annotations, ast.span);
    annotations::replacement_exists(at, noted.replacement.as_ref(), |name| known.beside(name));
    Some(Variant {
        name: ast.name.text.clone(),
        docs: described(ast.text.as_ref(), &ast.docs),
        span: ast.name.span,
        structure: structure(at, ast)?,
        deprecated: noted.deprecated,
        history: noted.history,
        names: noted.names,
        annotations: noted.annotations,
    })
}

/// The structure that a variant names.
fn structure(at: At<'_, '_>, ast: &ast::Variant) -> Option<TypeId> {
    let path = match &ast.ty.kind {
        _ if ast.ty.optional.is_some() => return not_a_structure(at, ast, "optional", None),
        TypeKind::List(_) => return not_a_structure(at, ast, "a list", None),
        TypeKind::Map(..) => return not_a_structure(at, ast, "a map", None),
        TypeKind::Ref(_) => return not_a_structure(at, ast, "a reference", None),
        TypeKind::Named(path) => path,
    };
    if path.single().is_some_and(|name| is_builtin(&name.text)) {
        return not_a_structure(at, ast, "a single value", None);
    }
    if let Found::One(symbol) = at.cx.names.find(at.file, path)
        && at.cx.names.get(symbol).kind == Kind::Resource
    {
        return not_a_structure(at, ast, "a resource", Some(symbol));
    }
    let symbol = at.cx.resolve(at.file, path, Kind::Type)?;
    let what = match &at.cx.names.get(symbol).item.kind {
        ItemKind::Type(decl) if matches!(decl.body, TypeBody::Structure { .. }) => None,
        ItemKind::Enum(_) => Some("an enum"),
        ItemKind::Union(_) => Some("a union"),
        _ => Some("only another name for a type"),
    };
    if let Some(what) = what {
        return not_a_structure(at, ast, what, Some(symbol));
    }
    super::no_arguments(
        at,
        &ast.ty.args,
        &format!("`{}`", path.text()),
        "put the bounds where the field is declared",
    )?;
    at.cx.ids.type_of(symbol).filter(|_| !at.cx.ids.endless.contains(&symbol))
}

fn not_a_structure<T>(at: At<'_, '_>, ast: &ast::Variant, what: &str, place: Option<SymbolId>) -> Option<T> {
    let written = at.cx.quote(ast.ty.span);
    let finding =
        Diagnostic::error(codes::E0316, format!("a variant is a structure, and `{written}` is {what}"))
            .at(ast.ty.span, "not a structure")
            .help(format!(
                "declare a structure with a field for it, and write `{}: ITS_NAME`",
                ast.name.text
            ));
    let place = place.map(|symbol| at.cx.names.get(symbol).name.span);
    at.report(place.into_iter().fold(finding, |finding, span| finding.and(span, "declared here")));
    None
}

/// Reports structures with a field that the discriminator would hide; the fields of all of them have to be known.
pub(crate) fn discriminators(cx: &Cx<'_>, types: &Types) {
    for entry in types.entries.iter().filter(|entry| !entry.lost) {
        let TypeDeclKind::Union { discriminator, discriminator_wire, discriminator_span, variants, .. } =
            &entry.decl.kind
        else {
            continue;
        };
        let mut seen = HashSet::default();
        let clashes = variants.iter().filter(|variant| seen.insert(variant.structure));
        let mut clashes = clashes.filter_map(|variant| hidden(types, variant.structure, discriminator_wire));
        let Some((owner, field)) = clashes.next() else { continue };
        let message = format!("`{owner}` already has a field called `{}`", field.name);
        let finding = Diagnostic::error(codes::E0317, message)
            .at(*discriminator_span, format!("tells the variants of `{}` apart", entry.decl.name))
            .and(field.span, "this field would be hidden")
            .help(format!("choose a name that no variant has, such as `by {discriminator}_kind`"));
        cx.report(clashes.fold(finding, |finding, (_, field)| finding.and(field.span, "and this one")));
    }
}

fn hidden<'t>(types: &'t Types, structure: TypeId, wire: &str) -> Option<(&'t str, &'t Field)> {
    let shape = &types.entries.get(structure.index())?.shape;
    shape.on_wire(wire).map(|field| (shape.owner.as_str(), field))
}
