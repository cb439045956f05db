//! Where a response holds more than JSON says: int64 and bytes. Most types hold neither and have no shape.

use std::collections::BTreeSet;

use atlas9_emitters_core::sdk::{embedded, fields_of, structure, target, variants_of, with_users};
use atlas9_ir::{Field, Ir, Resource, Type, TypeId, TypeKind, Variant};

use crate::scalars;
use crate::text::{literal, object_property};

/// What has a shape, computed once for a model.
pub(crate) struct Shapes<'a> {
    ir: &'a Ir,
    needed: BTreeSet<TypeId>,
}

impl<'a> Shapes<'a> {
    /// Goes from the types that hold int64 or bytes themselves to those that use them, however long the way is.
    pub(crate) fn of(ir: &'a Ir) -> Shapes<'a> {
        let ids = ir.types.iter().map(|(id, _)| id);
        let first = ids.filter(|id| held_by(ir, *id).any(|held| matches!(held, Held::Shape)));
        let used = |id| held_by(ir, id).filter_map(Held::named).collect();
        let needed = with_users(ir, first.collect(), used);
        Shapes { ir, needed }
    }

    /// The shape of a type as an expression.
    pub(crate) fn of_type(&self, ty: &Type, named: &dyn Fn(TypeId) -> String) -> Option<String> {
        match self.ir.resolve(ty).0 {
            TypeKind::Scalar(scalar) => scalars::shape_of(scalar).map(str::to_owned),
            TypeKind::List { item, .. } => items(self.of_type(item, named)),
            TypeKind::Map { value, .. } => items(self.of_type(value, named)),
            // A function, because structures may contain themselves.
            TypeKind::Named(id) => self.needed(*id).then(|| format!("() => {}", named(*id))),
            TypeKind::Ref(resource) => self.of_type(self.ir.key_type(*resource)?, named),
        }
    }

    /// The shapes of the readable fields that have one, each with its name.
    pub(crate) fn members(&self, fields: &[Field], named: &dyn Fn(TypeId) -> String) -> Vec<String> {
        let readable = fields.iter().filter(|field| field.readable());
        readable
            .filter_map(|field| {
                Some(format!("[{}, {}]", literal(&field.wire), self.of_type(&field.ty, named)?))
            })
            .collect()
    }

    /// The shapes of a union's variants that have one, each with its name.
    pub(crate) fn variants(&self, variants: &[Variant], named: &dyn Fn(TypeId) -> String) -> Vec<String> {
        let shaped = variants.iter().filter_map(|variant| {
            Some((object_property(&variant.name), self.of_type(&structure(variant.structure), named)?))
        });
        shaped.map(|(name, shape)| format!("{name}: {shape}")).collect()
    }

    /// True when a structure or a union has a shape.
    pub(crate) fn needed(&self, id: TypeId) -> bool {
        self.needed.contains(&id)
    }

    /// True when a resource, or what it can embed, has a shape.
    pub(crate) fn needed_by(&self, resource: &'a Resource) -> bool {
        let mut seen = BTreeSet::from([resource.name.as_str()]);
        let mut work = vec![resource];
        while let Some(resource) = work.pop() {
            if self.any(&resource.fields) {
                return true;
            }
            let targets = embedded(resource).filter_map(|(_, field)| target(self.ir, &field.ty));
            let targets = targets.map(|to| &self.ir.resources[to]);
            work.extend(targets.filter(|to| seen.insert(to.name.as_str())));
        }
        false
    }

    fn any(&self, fields: &[Field]) -> bool {
        fields.iter().filter(|field| field.readable()).any(|field| match held(self.ir, &field.ty) {
            Some(Held::Shape) => true,
            Some(Held::Named(id)) => self.needed(id),
            None => false,
        })
    }

    /// The structures whose shapes [`Shapes::members`] refers to.
    pub(crate) fn named_in(&self, fields: &[Field]) -> Vec<TypeId> {
        let readable = fields.iter().filter(|field| field.readable());
        readable.filter_map(|field| self.structure(&field.ty)).collect()
    }

    /// The structure of a type whose shape is needed.
    pub(crate) fn structure(&self, ty: &Type) -> Option<TypeId> {
        match self.ir.resolve(ty).0 {
            TypeKind::List { item, .. } => self.structure(item),
            TypeKind::Map { value, .. } => self.structure(value),
            TypeKind::Named(id) => Some(*id).filter(|id| self.needed(*id)),
            TypeKind::Scalar(_) | TypeKind::Ref(_) => None,
        }
    }
}

/// What decides whether a type has a shape.
enum Held {
    /// It holds int64 or bytes itself.
    Shape,
    /// It has one if this structure or union has.
    Named(TypeId),
}

impl Held {
    fn named(self) -> Option<TypeId> {
        match self {
            Held::Shape => None,
            Held::Named(id) => Some(id),
        }
    }
}

fn held_by(ir: &Ir, id: TypeId) -> impl Iterator<Item = Held> {
    let fields = fields_of(ir, id).iter().filter(|field| field.readable());
    let variants = variants_of(ir, id).iter().map(|variant| Held::Named(variant.structure));
    fields.filter_map(|field| held(ir, &field.ty)).chain(variants)
}

fn held(ir: &Ir, ty: &Type) -> Option<Held> {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => scalars::shape_of(scalar).map(|_| Held::Shape),
        TypeKind::List { item, .. } => held(ir, item),
        TypeKind::Map { value, .. } => held(ir, value),
        TypeKind::Named(id) => Some(Held::Named(*id)),
        TypeKind::Ref(resource) => held(ir, ir.key_type(*resource)?),
    }
}

fn items(inner: Option<String>) -> Option<String> {
    Some(format!("{{ items: {} }}", inner?))
}
