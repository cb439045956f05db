//! Types in use and declared ones.

use atlas9_descriptor as descriptor;
use atlas9_diagnostics::Span;
use atlas9_ir::{OnDelete, ResourceId, Type, TypeDecl, TypeDeclKind, TypeKind};

use super::{Lower, expr, field, leak};

/// References to references are followed so far; the analyser refuses circles.
const DEEPEST: usize = 64;

/// The descriptor of a declared type.
#[derive(Clone, Copy)]
pub(crate) enum Declared {
    Structure(&'static descriptor::Structure),
    Enum(&'static descriptor::Enum),
    Union(&'static descriptor::Union),
    /// Another type stands for it, which [`atlas9_ir::Ir::resolve`] finds.
    Alias,
}

impl Lower<'_> {
    /// Makes the declared types: first all of them without fields, then the unions of them, then their fields, because they
    /// may form circles.
    pub(super) fn declare_types(&mut self) {
        let ir = self.ir;
        self.types = ir.types.values().map(declare).collect();
        for (id, decl) in ir.types.iter() {
            if let Some(union) = self.union(decl)
                && let Some(declared) = self.types.get_mut(id.index())
            {
                *declared = Declared::Union(union);
            }
        }
        for (id, decl) in ir.types.iter() {
            if let (Some(Declared::Structure(structure)), TypeDeclKind::Structure { fields, .. }) =
                (self.types.get(id.index()).copied(), &decl.kind)
            {
                structure.fields.set(self.fields(fields));
            }
        }
    }

    fn union(&mut self, decl: &TypeDecl) -> Option<&'static descriptor::Union> {
        let TypeDeclKind::Union { discriminator, discriminator_wire, variants, .. } = &decl.kind else {
            return None;
        };
        let mut made = Vec::with_capacity(variants.len());
        for variant in variants {
            match self.types.get(variant.structure.index()) {
                Some(Declared::Structure(structure)) => {
                    made.push(descriptor::Variant { name: leak::text(&variant.name), structure });
                }
                _ => self.broken(variant.span, "a variant is no structure"),
            }
        }
        Some(leak::one(descriptor::Union {
            name: leak::text(&decl.name),
            discriminator: leak::text(discriminator),
            wire: leak::text(discriminator_wire),
            variants: leak::slice(made),
        }))
    }

    /// What the type holds when it is there; whether it may be null stands elsewhere.
    pub(super) fn ty(&mut self, ty: &Type, on_delete: Option<OnDelete>, span: Span) -> descriptor::Type {
        match self.ir.resolve(ty).0 {
            TypeKind::Scalar(scalar) => descriptor::Type::Scalar(self.scalar(scalar, span)),
            TypeKind::List { item, length } => {
                let (min, max) = self.counts(length, span);
                let optional = self.ir.resolve(item).1;
                descriptor::Type::List { item: leak::one(self.ty(item, on_delete, span)), optional, min, max }
            }
            TypeKind::Map { value, length } => {
                let (min, max) = self.counts(length, span);
                let optional = self.ir.resolve(value).1;
                descriptor::Type::Map {
                    value: leak::one(self.ty(value, on_delete, span)),
                    optional,
                    min,
                    max,
                }
            }
            TypeKind::Named(id) => match self.types.get(id.index()) {
                Some(Declared::Structure(structure)) => descriptor::Type::Structure(structure),
                Some(Declared::Enum(of)) => descriptor::Type::Enum(of),
                Some(Declared::Union(of)) => descriptor::Type::Union(of),
                Some(Declared::Alias) | None => self.unknown(span),
            },
            TypeKind::Ref(resource) => self.reference(*resource, on_delete, span),
        }
    }

    fn reference(&mut self, to: ResourceId, on_delete: Option<OnDelete>, span: Span) -> descriptor::Type {
        let Some(key) = self.key_of(to) else { return self.unknown(span) };
        let key = self.ty(&key, None, span);
        descriptor::Type::Reference(leak::one(descriptor::Reference {
            resource: leak::text(&self.ir.resources[to].name),
            key,
            on_delete: match on_delete {
                Some(OnDelete::Cascade) => descriptor::OnDelete::Cascade,
                Some(OnDelete::Clear) => descriptor::OnDelete::Clear,
                Some(OnDelete::Restrict) | None => descriptor::OnDelete::Restrict,
            },
        }))
    }

    /// The type of a resource's key that is no reference itself.
    fn key_of(&self, resource: ResourceId) -> Option<Type> {
        let mut at = self.ir.key_type(resource)?;
        for _ in 0..DEEPEST {
            match self.ir.resolve(at).0 {
                TypeKind::Ref(next) => at = self.ir.key_type(*next)?,
                _ => return Some(at.clone()),
            }
        }
        None
    }

    fn unknown(&mut self, span: Span) -> descriptor::Type {
        self.broken(span, "a type leads nowhere");
        descriptor::Type::Scalar(descriptor::Scalar::Json)
    }
}

fn declare(decl: &TypeDecl) -> Declared {
    match &decl.kind {
        TypeDeclKind::Structure { rules, .. } => Declared::Structure(leak::one(descriptor::Structure {
            name: leak::text(&decl.name),
            fields: descriptor::Fields::later(),
            // A structure lies in many tables, so no one constraint stands behind its rules.
            rules: expr::rules(rules, |_| String::new()),
        })),
        TypeDeclKind::Enum { values, .. } => Declared::Enum(leak::one(descriptor::Enum {
            name: leak::text(&decl.name),
            values: leak::slice(values.iter().map(|value| leak::text(&value.name))),
            deprecated: leak::slice(values.iter().filter_map(|value| {
                Some((leak::text(&value.name), field::deprecation(value.deprecated.as_ref())?))
            })),
        })),
        // A union is made when its structures are there.
        TypeDeclKind::Union { .. } | TypeDeclKind::Alias(_) => Declared::Alias,
    }
}
