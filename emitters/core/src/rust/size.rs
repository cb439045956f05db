//! How large values are in Rust, at most: clippy warns of an enum with a variant that is much larger than the others, which
//! is no concern of whoever writes the schema.

use atlas9_ir::{ErrorDecl, Field, Ir, Scalar, Type, TypeDeclKind, TypeKind, Variant};

/// From so many bytes on a difference between variants is warned of.
const NOTICED: usize = 200;

/// So many scalars are not more than that.
const FEW: usize = NOTICED / (4 * WORD);

/// A pointer, which is also what an option, a length and a capacity take at most.
const WORD: usize = 8;

/// The sizes of the declared types, by the index of their ids.
#[derive(Clone, Debug)]
pub struct Sizes(Vec<usize>);

impl Sizes {
    /// In one pass: a type stands after those it uses, and what leads back to itself is a pointer.
    pub fn new(ir: &Ir) -> Sizes {
        let mut sizes = Sizes(Vec::with_capacity(ir.types.len()));
        for decl in ir.types.values() {
            let size = match &decl.kind {
                TypeDeclKind::Structure { fields, .. } => sizes.fields(ir, fields),
                TypeDeclKind::Union { variants, .. } => sizes.largest(variants).saturating_add(WORD),
                TypeDeclKind::Enum { .. } => 3 * WORD,
                TypeDeclKind::Alias(to) => sizes.of(ir, to),
            };
            sizes.0.push(size);
        }
        sizes
    }

    /// True for a union that may be warned of.
    pub fn is_noticed(&self, variants: &[Variant]) -> bool {
        self.largest(variants) > NOTICED
    }

    fn largest(&self, variants: &[Variant]) -> usize {
        variants.iter().map(|variant| self.declared(variant.structure.index())).max().unwrap_or_default()
    }

    fn fields(&self, ir: &Ir, fields: &[Field]) -> usize {
        fields.iter().map(|field| self.of(ir, &field.ty)).fold(0, usize::saturating_add)
    }

    fn of(&self, ir: &Ir, ty: &Type) -> usize {
        match &ty.kind {
            TypeKind::Scalar(Scalar::Bool | Scalar::Int32 { .. }) => WORD,
            TypeKind::Scalar(_) | TypeKind::List { .. } | TypeKind::Map { .. } => 4 * WORD,
            TypeKind::Named(id) => self.declared(id.index()).saturating_add(WORD),
            TypeKind::Ref(to) => ir.key_type(*to).map_or(4 * WORD, |key| self.of(ir, key)),
        }
    }

    fn declared(&self, index: usize) -> usize {
        self.0.get(index).copied().unwrap_or(WORD)
    }
}

/// True for errors whose enum may be warned of. Nearly all of them have a few scalars.
pub fn are_noticed(errors: &[&ErrorDecl]) -> bool {
    let scalar = |field: &Field| !matches!(field.ty.kind, TypeKind::Named(_));
    let small = |error: &&ErrorDecl| error.fields.len() <= FEW && error.fields.iter().all(scalar);
    !errors.iter().all(small)
}
