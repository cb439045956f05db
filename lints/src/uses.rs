//! Which types and errors the API leads to, and in which direction.

use std::collections::BTreeSet;

use atlas9_diagnostics::Span;
use atlas9_ir::{Field, Ir, OperationKind, Type, TypeDecl, TypeDeclKind, TypeId, TypeKind};

/// Declarations by the places of their names.
#[derive(Default)]
pub(crate) struct Uses {
    /// Types that requests bring or that are stored.
    taken: BTreeSet<Span>,
    /// Types that answers carry.
    answered: BTreeSet<Span>,
    /// Types that an annotation takes.
    noted: BTreeSet<Span>,
    /// Errors that an operation can answer.
    raised: BTreeSet<Span>,
    /// Structures that are variants of unions.
    variants: BTreeSet<Span>,
}

impl Uses {
    /// Follows every type from where the API names it.
    pub fn of(ir: &Ir) -> Uses {
        let mut uses = Uses::default();
        let stored = ir.resources.values().flat_map(|resource| &resource.fields);
        uses.taken = reach(ir, stored.clone().chain(params(ir)).map(|field| &field.ty));
        let shown = stored.filter(|field| field.readable()).chain(error_fields(ir));
        uses.answered = reach(ir, shown.map(|field| &field.ty).chain(answers(ir)));
        let noted = ir.annotations.values().flat_map(|annotation| &annotation.params);
        uses.noted = reach(ir, noted.map(|field| &field.ty));
        let raised = ir.operations().flat_map(|(_, operation)| &operation.errors).chain(&ir.service.raises);
        uses.raised = raised.filter_map(|error| ir.errors.get(*error)).map(|error| error.span).collect();
        let unions = ir.types.values().filter_map(|decl| match &decl.kind {
            TypeDeclKind::Union { variants, .. } => Some(variants),
            _ => None,
        });
        uses.variants = unions.flatten().map(|variant| ir.types[variant.structure].span).collect();
        uses
    }

    /// True when answers carry the type.
    pub fn answered(&self, decl: &TypeDecl) -> bool {
        self.answered.contains(&decl.span)
    }

    /// True when answers carry the type, and neither requests nor tables do.
    pub fn only_answered(&self, decl: &TypeDecl) -> bool {
        self.answered(decl) && !self.taken.contains(&decl.span)
    }

    /// True when something that the API offers leads to the type.
    pub fn used(&self, decl: &TypeDecl) -> bool {
        [&self.taken, &self.answered, &self.noted].iter().any(|set| set.contains(&decl.span))
    }

    /// True when an operation can answer the error that is declared there.
    pub fn raised(&self, error: Span) -> bool {
        self.raised.contains(&error)
    }

    /// True for a variant of a union.
    pub fn variant(&self, decl: &TypeDecl) -> bool {
        self.variants.contains(&decl.span)
    }
}

fn params(ir: &Ir) -> impl Iterator<Item = &Field> {
    let actions = ir.operations().filter_map(|(_, operation)| match &operation.kind {
        OperationKind::Action(action) => Some(action),
        _ => None,
    });
    actions.flat_map(|action| &action.params).map(|param| &param.field)
}

fn answers(ir: &Ir) -> impl Iterator<Item = &Type> {
    ir.operations().filter_map(|(_, operation)| match &operation.kind {
        OperationKind::Action(action) => action.returns.as_ref(),
        _ => None,
    })
}

fn error_fields(ir: &Ir) -> impl Iterator<Item = &Field> {
    ir.errors.values().flat_map(|error| &error.fields)
}

/// The declared types that some types are made of, each looked at once.
fn reach<'a>(ir: &'a Ir, from: impl Iterator<Item = &'a Type>) -> BTreeSet<Span> {
    let mut seen = vec![false; ir.types.len()];
    let mut found = Vec::new();
    let mut open: Vec<TypeId> = from.filter_map(named).collect();
    while let Some(id) = open.pop() {
        match seen.get_mut(id.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let decl = &ir.types[id];
        found.push(decl.span);
        match &decl.kind {
            TypeDeclKind::Structure { fields, .. } => {
                open.extend(fields.iter().filter_map(|field| named(&field.ty)));
            }
            TypeDeclKind::Union { variants, .. } => {
                open.extend(variants.iter().map(|variant| variant.structure))
            }
            TypeDeclKind::Alias(ty) => open.extend(named(ty)),
            TypeDeclKind::Enum { .. } => {}
        }
    }
    // In one go, which is faster than one by one.
    found.into_iter().collect()
}

/// The declared type that a type is, or is a list or a map of.
pub(crate) fn named(ty: &Type) -> Option<TypeId> {
    match &ty.kind {
        TypeKind::Named(id) => Some(*id),
        TypeKind::List { item: inner, .. } | TypeKind::Map { value: inner, .. } => named(inner),
        _ => None,
    }
}

/// The structure that a type is, or is a list or a map of.
pub(crate) fn structure<'a>(ir: &'a Ir, ty: &Type) -> Option<(&'a TypeDecl, &'a [Field])> {
    let mut decl = ir.types.get(named(ty)?)?;
    while let TypeDeclKind::Alias(ty) = &decl.kind {
        decl = ir.types.get(named(ty)?)?;
    }
    match &decl.kind {
        TypeDeclKind::Structure { fields, .. } => Some((decl, fields)),
        _ => None,
    }
}

/// True for types that hold the same kind of value, whatever their bounds are.
pub(crate) fn alike(ir: &Ir, one: &Type, other: &Type) -> bool {
    match (ir.resolve(one).0, ir.resolve(other).0) {
        (TypeKind::Scalar(one), TypeKind::Scalar(other)) => one.word() == other.word(),
        (TypeKind::List { item: one, .. }, TypeKind::List { item: other, .. })
        | (TypeKind::Map { value: one, .. }, TypeKind::Map { value: other, .. }) => alike(ir, one, other),
        // A structure often has the bare key.
        (TypeKind::Ref(resource), other) | (other, TypeKind::Ref(resource)) if !matches!(other, TypeKind::Ref(_)) => {
            ir.key_type(*resource).is_some_and(|key| matches!((ir.resolve(key).0, other), (TypeKind::Scalar(one), TypeKind::Scalar(other)) if one.word() == other.word()))
        }
        (one, other) => one == other,
    }
}
