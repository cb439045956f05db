//! Values for examples: those of the schema's examples, with what they leave out made up.

mod pattern;
mod scalar;

pub(crate) use scalar::ordered;
pub use scalar::{count, sample};

use atlas9_ir::{Field, Ir, PaginationStyle, ResourceId, Type, TypeDeclKind, TypeId, TypeKind, Value};
use serde_json::{Map, Value as Json, json};

use crate::json::{Names, json};
use crate::storage::key_scalar;

/// An example with more values than this explains nothing.
const MOST_VALUES: usize = 200;

/// A value of the type; null where it may be. Nothing where none can be made up, as for a pattern.
pub fn of(ir: &Ir, ty: &Type) -> Option<Json> {
    Sampler { ir, above: Vec::new(), left: MOST_VALUES }.of(ty)
}

/// Which side of a request an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What is sent: what may be left out is left out unless it is given.
    Sent,
    /// What is answered: everything.
    Answered,
}

/// An object from what the schema's example gives of it.
pub fn object<'a>(
    ir: &Ir,
    fields: impl Iterator<Item = &'a Field>,
    given: &[(String, Value)],
    side: Side,
) -> Option<Json> {
    let mut made = Map::new();
    for field in fields {
        let value = given.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
        let value = match value {
            Some(value) => completed(ir, &field.ty, value, side)?,
            None if side == Side::Sent && !field.required_in_create() => continue,
            None => default(ir, field, side).or_else(|| of(ir, &field.ty))?,
        };
        made.insert(field.wire.clone(), value);
    }
    Some(Json::Object(made))
}

/// A resource as it is answered: its first example, with what that leaves out made up.
pub fn of_resource(ir: &Ir, id: ResourceId) -> Option<Json> {
    let resource = &ir.resources[id];
    let given = match resource.examples.first().map(|example| &example.value) {
        Some(Value::Object(given)) => given.as_slice(),
        _ => &[],
    };
    object(ir, resource.fields.iter().filter(|field| field.readable()), given, Side::Answered)
}

/// The only page of a list with one resource.
pub fn page(ir: &Ir, id: ResourceId, style: PaginationStyle) -> Option<Json> {
    let items = [of_resource(ir, id)?];
    Some(match style {
        PaginationStyle::Cursor => json!({"items": items, "next_cursor": null}),
        PaginationStyle::Page => json!({"items": items, "page": 1, "next_page": null}),
    })
}

fn default(ir: &Ir, field: &Field, side: Side) -> Option<Json> {
    field.default.as_ref().and_then(|value| completed(ir, &field.ty, value, side))
}

/// A given value with what its structures leave out.
fn completed(ir: &Ir, ty: &Type, value: &Value, side: Side) -> Option<Json> {
    match (ir.resolve(ty).0, value) {
        (TypeKind::List { item, .. }, Value::List(items)) => {
            items.iter().map(|one| completed(ir, item, one, side)).collect::<Option<_>>().map(Json::Array)
        }
        (TypeKind::Map { value: inner, .. }, Value::Object(entries)) => {
            let entries =
                entries.iter().map(|(key, one)| Some((key.clone(), completed(ir, inner, one, side)?)));
            entries.collect::<Option<Map<_, _>>>().map(Json::Object)
        }
        (TypeKind::Named(id), Value::Object(given)) => match &ir.types.get(*id)?.kind {
            TypeDeclKind::Structure { fields, .. } => {
                let shown = fields.iter().filter(|field| match side {
                    Side::Sent => field.creatable(),
                    Side::Answered => field.readable(),
                });
                object(ir, shown, given, side)
            }
            TypeDeclKind::Union { discriminator, discriminator_wire, variants, .. } => {
                let told = given.iter().find(|(name, _)| name == discriminator).map(|(_, value)| value);
                let Some(Value::Enum(word) | Value::String(word)) = told else { return None };
                let variant = variants.iter().find(|variant| variant.name == *word)?;
                let inner = Type { kind: TypeKind::Named(variant.structure), optional: false };
                told_apart(discriminator_wire, word, completed(ir, &inner, value, side)?)
            }
            TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => None,
        },
        _ => json(ir, ty, value, Names::Wire),
    }
}

/// The object of a variant with the discriminator before its fields.
fn told_apart(discriminator: &str, variant: &str, fields: Json) -> Option<Json> {
    let Json::Object(fields) = fields else { return None };
    let mut made = Map::new();
    made.insert(discriminator.to_owned(), variant.into());
    made.extend(fields);
    Some(Json::Object(made))
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
            TypeKind::Scalar(scalar) => sample(scalar),
            TypeKind::Ref(to) => sample(key_scalar(ir, *to)?),
            TypeKind::List { item, length } => {
                let least = count(&length.min).unwrap_or(0);
                (0..least).map(|_| self.of(item)).collect::<Option<_>>().map(Json::Array)
            }
            TypeKind::Map { value, length } => {
                let least = count(&length.min).unwrap_or(0);
                let entry = |at: usize, made: Json| (format!("key{}", at + 1), made);
                (0..least).map(|at| Some(entry(at, self.of(value)?))).collect::<Option<_>>().map(Json::Object)
            }
            TypeKind::Named(id) => match &ir.types.get(*id)?.kind {
                TypeDeclKind::Enum { values, .. } => values.first().map(|value| value.name.as_str().into()),
                TypeDeclKind::Structure { fields, .. } if !self.above.contains(id) => {
                    self.above.push(*id);
                    let made = self.structure(fields);
                    self.above.pop();
                    made
                }
                TypeDeclKind::Union { discriminator_wire, variants, .. } => {
                    let inner = |id| Type { kind: TypeKind::Named(id), optional: false };
                    let mut made = variants.iter().filter_map(|variant| {
                        told_apart(discriminator_wire, &variant.name, self.of(&inner(variant.structure))?)
                    });
                    made.next()
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
