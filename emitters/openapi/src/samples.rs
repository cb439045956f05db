//! Made-up values for examples, where the schema gives none.

use atlas9_emitters_core::json::{Names, json};
use atlas9_emitters_core::storage::key_scalar;
use atlas9_ir::{Field, Ir, Type, TypeDeclKind, TypeId, TypeKind, Value};
use serde_json::{Map, Value as Json};

use crate::scalars;

/// An example with more values than this explains nothing.
const MOST_VALUES: usize = 200;

/// A value of the type; null where it may be. Nothing where none can be made up, as for a pattern.
pub(crate) fn of(ir: &Ir, ty: &Type) -> Option<Json> {
    Sampler { ir, above: Vec::new(), left: MOST_VALUES }.of(ty)
}

/// The readable fields of an object, from what is given where it is.
pub(crate) fn object<'a>(
    ir: &Ir,
    fields: impl Iterator<Item = &'a Field>,
    given: &[(String, Value)],
    required_only: bool,
) -> Option<Json> {
    let mut made = Map::new();
    for field in fields {
        let value = given.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
        let value = match value {
            Some(value) => json(ir, &field.ty, value, Names::Wire)?,
            None if required_only && !field.required_in_create() => continue,
            None => default(ir, field).or_else(|| of(ir, &field.ty))?,
        };
        made.insert(field.wire.clone(), value);
    }
    Some(Json::Object(made))
}

fn default(ir: &Ir, field: &Field) -> Option<Json> {
    field.default.as_ref().and_then(|value| json(ir, &field.ty, value, Names::Wire))
}

struct Sampler<'a> {
    ir: &'a Ir,
    /// The structures around the value.
    above: Vec<TypeId>,
    left: usize,
}

impl Sampler<'_> {
    fn of(&mut self, ty: &Type) -> Option<Json> {
        self.left = self.left.checked_sub(1)?;
        let ir = self.ir;
        let (kind, optional) = ir.resolve(ty);
        if optional {
            return Some(Json::Null);
        }
        match kind {
            TypeKind::Scalar(scalar) => scalars::sample(scalar),
            TypeKind::Ref(to) => scalars::sample(key_scalar(ir, *to)?),
            TypeKind::List { item, length } => {
                let least = scalars::count(&length.min).unwrap_or(0);
                (0..least).map(|_| self.of(item)).collect::<Option<_>>().map(Json::Array)
            }
            TypeKind::Map { length, .. } => {
                (scalars::count(&length.min).unwrap_or(0) == 0).then(|| Json::Object(Map::new()))
            }
            TypeKind::Named(id) => match &ir.types.get(*id)?.kind {
                TypeDeclKind::Enum { values, .. } => values.first().map(|value| value.name.as_str().into()),
                TypeDeclKind::Structure { fields, .. } if !self.above.contains(id) => {
                    self.above.push(*id);
                    let made = self.structure(fields);
                    self.above.pop();
                    made
                }
                TypeDeclKind::Structure { .. } | TypeDeclKind::Alias(_) => None,
            },
        }
    }

    fn structure(&mut self, fields: &[Field]) -> Option<Json> {
        let members = fields.iter().filter(|field| field.readable());
        let members = members.map(|field| Some((field.wire.clone(), self.of(&field.ty)?)));
        members.collect::<Option<Map<_, _>>>().map(Json::Object)
    }
}
