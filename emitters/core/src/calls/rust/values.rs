//! Values of JSON as Rust takes them.

use atlas9_ir::{Field, Type, TypeDeclKind, TypeId, TypeKind, Variant};
use serde_json::{Map, Value as Json};

use super::layout::Code;
use super::scalars::{self, Expected, is_converted, scalar_of};
use super::signature::{Absent, absent, has_constructor};
use super::{Plan, literal};
use crate::rust::{is_needed, leads_to, member, ty as type_name};
use crate::sdk::{Position, fields_of, is_optional, is_required, structure};

/// A structure in a request.
pub(super) struct Shape<'a> {
    /// Its path.
    pub(super) path: String,
    pub(super) fields: Vec<&'a Field>,
    pub(super) position: Position,
    /// The declared type that it is a shape of.
    pub(super) of: Option<TypeId>,
    /// True where it is only written, so that something of it may be left out.
    pub(super) written: bool,
}

impl Plan<'_> {
    /// A value as the parameter of its type takes it.
    pub(super) fn given(&self, ty: &Type, position: Position, json: &Json) -> Code {
        if let (TypeKind::List { item, .. }, Json::Array(items)) = (self.ir.resolve(ty).0, json) {
            let converted = scalar_of(self.ir, item).filter(|scalar| is_converted(scalar));
            return match converted.filter(|_| !is_optional(self.ir, item)) {
                Some(scalar) if items.is_empty() => scalars::none_of(scalar),
                Some(_) => Code::List("", self.all(item, position, items, Expected::Converted)),
                None => Code::List("", self.all(item, position, items, Expected::Known)),
            };
        }
        let converted = scalar_of(self.ir, ty).is_some_and(is_converted);
        self.value(ty, position, json, if converted { Expected::Converted } else { Expected::Known })
    }

    /// A value that may be null as the method for it takes it.
    pub(super) fn patched(&self, ty: &Type, position: Position, json: &Json) -> Code {
        match (json, self.ir.resolve(ty).0) {
            (Json::Null, _) => Code::Plain(self.api("Patch::Null")),
            // Of the values that become another type none but texts have become this one before.
            (Json::String(text), _) if self.is_string(ty) => Code::Plain(literal(text)),
            _ => self.value(ty, position, json, Expected::Open),
        }
    }

    /// A value that a filter asks for.
    pub(super) fn asked(&self, ty: &Type, json: &Json) -> Code {
        match json {
            Json::String(text) if self.is_string(ty) => Code::Plain(literal(text)),
            _ => self.value(ty, Position::Write, json, Expected::Open),
        }
    }

    fn is_string(&self, ty: &Type) -> bool {
        matches!(scalar_of(self.ir, ty), Some(atlas9_ir::Scalar::String { .. }))
    }

    /// A value that is not null.
    pub(super) fn value(&self, ty: &Type, position: Position, json: &Json, expected: Expected) -> Code {
        match (self.ir.resolve(ty).0, json) {
            (TypeKind::Scalar(scalar), json) => scalars::written(&self.package, scalar, json, expected),
            (TypeKind::Ref(to), json) => match self.ir.key_type(*to) {
                Some(key) => self.value(key, position, json, expected),
                None => Code::Plain(json.to_string()),
            },
            (TypeKind::List { item, .. }, Json::Array(items)) => {
                Code::List("vec!", self.all(item, position, items, expected))
            }
            (TypeKind::Map { value, .. }, Json::Object(entries)) => {
                self.map(value, position, entries, expected)
            }
            (TypeKind::Named(id), json) => self.named(*id, position, json),
            (TypeKind::List { .. } | TypeKind::Map { .. }, _) => Code::Plain("Default::default()".to_owned()),
        }
    }

    fn all(&self, item: &Type, position: Position, items: &[Json], expected: Expected) -> Vec<Code> {
        // A patch replaces a list whole.
        let position = if position == Position::Patch { Position::Write } else { position };
        items.iter().map(|one| self.nested(item, position, one, expected)).collect()
    }

    /// A value within another one, which may be null.
    fn nested(&self, ty: &Type, position: Position, json: &Json, expected: Expected) -> Code {
        match (is_optional(self.ir, ty), json) {
            (true, Json::Null) => Code::Plain("None".to_owned()),
            (true, json) => some(self.value(ty, position, json, expected)),
            (false, json) => self.value(ty, position, json, expected),
        }
    }

    fn map(&self, value: &Type, position: Position, entries: &Map<String, Json>, expected: Expected) -> Code {
        const MAP: &str = "std::collections::BTreeMap";
        if entries.is_empty() {
            return Code::Plain(format!("{MAP}::new()"));
        }
        let entry = |(key, one): (&String, &Json)| {
            let value = match (position, one) {
                // In a patch null takes an entry away.
                (Position::Patch, Json::Null) => Code::Plain("None".to_owned()),
                (Position::Patch, one) => some(self.value(value, position, one, expected)),
                (Position::Read | Position::Write, one) => self.nested(value, position, one, expected),
            };
            Code::Call(String::new(), vec![Code::Plain(format!("{}.to_owned()", literal(key))), value])
        };
        let entries = entries.iter().map(entry).collect();
        Code::Call(format!("{MAP}::from"), vec![Code::List("", entries)])
    }

    fn named(&self, id: TypeId, position: Position, json: &Json) -> Code {
        match (&self.ir.types[id].kind, json) {
            (TypeDeclKind::Structure { .. }, Json::Object(given)) => {
                self.structure(&self.shape(id, position), given)
            }
            (TypeDeclKind::Union { discriminator_wire, variants, .. }, Json::Object(given)) => {
                let told = given.get(discriminator_wire).and_then(Json::as_str);
                match variants.iter().find(|variant| told == Some(variant.name.as_str())) {
                    Some(variant) => self.variant(id, variants, variant, position, json),
                    None => Code::Plain("Default::default()".to_owned()),
                }
            }
            (TypeDeclKind::Enum { values, .. }, Json::String(word)) => {
                let path = self.declared(self.names.of_type(id));
                Code::Plain(match values.iter().find(|value| value.name == *word) {
                    Some(value) => format!("{path}::{}", type_name(value)),
                    None => format!("{path}::from({})", literal(word)),
                })
            }
            (TypeDeclKind::Alias(target), json) => self.value(target, position, json, Expected::Known),
            _ => Code::Plain("Default::default()".to_owned()),
        }
    }

    fn variant(
        &self,
        id: TypeId,
        variants: &[Variant],
        variant: &Variant,
        position: Position,
        json: &Json,
    ) -> Code {
        let holds = self.value(&structure(variant.structure), position, json, Expected::Known);
        let path = format!("{}::{}", self.form(id, position).0, type_name(variant));
        let holds = if self.sizes.is_noticed(variants) { boxed(holds) } else { holds };
        Code::Call(path, vec![holds])
    }

    /// The path of a declared type where it stands in a position, and whether it is only written.
    fn form(&self, id: TypeId, position: Position) -> (String, bool) {
        let names = &self.names;
        match position {
            Position::Write if self.positions.inputs.contains(&id) => (self.declared(&names.input(id)), true),
            Position::Patch if self.positions.patches.contains(&id) => {
                (self.declared(&names.patch(id)), true)
            }
            Position::Read | Position::Write | Position::Patch => (self.declared(names.of_type(id)), false),
        }
    }

    fn shape(&self, id: TypeId, position: Position) -> Shape<'_> {
        let (path, written) = self.form(id, position);
        let there = |field: &&Field| match position {
            Position::Read => field.readable(),
            Position::Write => field.creatable(),
            Position::Patch => field.updatable(),
        };
        let fields = fields_of(self.ir, id).iter().filter(there).collect();
        Shape { path, fields, position, of: Some(id), written }
    }

    /// A structure with what is given of it.
    pub(super) fn structure(&self, shape: &Shape<'_>, given: &Map<String, Json>) -> Code {
        let ir = self.ir;
        let needed = |field: &Field| shape.position == Position::Write && is_needed(ir, field);
        let left_out = |field: &Field| match given.get(&field.wire) {
            Some(json) => shape.position == Position::Write && self.goes_without_saying(field, json),
            None => true,
        };
        let path = &shape.path;
        if !shape.fields.iter().any(|field| left_out(field)) {
            let members = self.members(shape, given, |_| None);
            return Code::Structure(path.clone(), members, None);
        }
        if shape.written && !shape.fields.iter().any(|field| needed(field)) {
            let fields = self.members(shape, given, |_| None);
            return match fields.is_empty() {
                true => Code::Plain(format!("{path}::default()")),
                false => Code::Structure(path.clone(), fields, Some("..Default::default()")),
            };
        }
        let alone = shape.fields.iter().all(|field| needed(field) != left_out(field));
        if shape.written && alone && has_constructor(ir, &shape.fields) {
            let parameters = shape.fields.iter().filter_map(|field| {
                match given.get(&field.wire).filter(|_| needed(field))? {
                    Json::String(text) if self.is_plain_string(&field.ty) => Some(Code::Plain(literal(text))),
                    json => self.member(field, shape, json),
                }
            });
            return Code::Call(format!("{path}::new"), parameters.collect());
        }
        Code::Structure(
            path.clone(),
            self.members(shape, given, |field| self.nothing(field, shape.position)),
            None,
        )
    }

    /// True for what a request that leaves it out says all the same: null, or a list or a map without items.
    pub(super) fn goes_without_saying(&self, field: &Field, json: &Json) -> bool {
        let listed = matches!(self.ir.resolve(&field.ty).0, TypeKind::List { .. } | TypeKind::Map { .. });
        let empty = match json {
            Json::Null => return is_optional(self.ir, &field.ty) && field.default.is_none(),
            Json::Array(items) => items.is_empty(),
            Json::Object(entries) => entries.is_empty(),
            _ => false,
        };
        empty && listed && is_required(self.ir, field) && !is_needed(self.ir, field)
    }

    /// True for what a constructor is given by anything that becomes a text.
    fn is_plain_string(&self, ty: &Type) -> bool {
        matches!(self.ir.resolve(ty).0, TypeKind::Scalar(atlas9_ir::Scalar::String { .. }))
    }

    fn members(
        &self,
        shape: &Shape<'_>,
        given: &Map<String, Json>,
        otherwise: impl Fn(&Field) -> Option<Code>,
    ) -> Vec<(String, Code)> {
        let written = shape.fields.iter().filter_map(|field| {
            let said = given.get(&field.wire).filter(|json| {
                shape.position == Position::Patch || !shape.written || !self.goes_without_saying(field, json)
            });
            let value = said.and_then(|json| self.member(field, shape, json));
            Some((member(*field), value.or_else(|| otherwise(field))?))
        });
        written.collect()
    }

    fn member(&self, field: &Field, shape: &Shape<'_>, json: &Json) -> Option<Code> {
        let value = || {
            let value = self.value(&field.ty, shape.position, json, Expected::Known);
            match (self.ir.resolve(&field.ty).0, shape.of) {
                (TypeKind::Named(id), Some(owner)) if leads_to(self.ir, *id, owner) => boxed(value),
                _ => value,
            }
        };
        Some(match (absent(self.ir, field, shape.position), json) {
            (Absent::Never, Json::Null) => return None,
            (Absent::Never, _) => value(),
            (Absent::Optional, Json::Null) => Code::Plain("None".to_owned()),
            (Absent::Optional, _) => some(value()),
            (Absent::Patched, Json::Null) => Code::Plain(self.api("Patch::Null")),
            (Absent::Patched, _) => Code::Call(self.api("Patch::Value"), vec![value()]),
        })
    }

    /// What a member is that is left out.
    fn nothing(&self, field: &Field, position: Position) -> Option<Code> {
        Some(Code::Plain(match (absent(self.ir, field, position), self.ir.resolve(&field.ty).0) {
            (Absent::Patched, _) => self.api("Patch::Unset"),
            (Absent::Optional, _) => "None".to_owned(),
            (Absent::Never, TypeKind::List { .. }) => "Vec::new()".to_owned(),
            (Absent::Never, TypeKind::Map { .. }) => "std::collections::BTreeMap::new()".to_owned(),
            (Absent::Never, _) => return None,
        }))
    }
}

fn some(value: Code) -> Code {
    Code::Call("Some".to_owned(), vec![value])
}

fn boxed(value: Code) -> Code {
    Code::Call("Box::new".to_owned(), vec![value])
}
