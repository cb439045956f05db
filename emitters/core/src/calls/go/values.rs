//! Values of JSON as Go takes them.

use atlas9_ir::{Field, Type, TypeDeclKind, TypeId, TypeKind};
use serde_json::{Map, Value as Json};

use super::types::{self, Uses};
use super::{Plan, layout, literal, scalars, variants};
use crate::sdk::{Position, fields_of, is_optional, structure};

/// An expression.
pub(super) enum Written {
    /// One that has its type by itself.
    Typed(String),
    /// A constant, which takes the type that is asked for.
    Constant(String),
    /// A composite literal: its type, which may be left out within another one, and its braces.
    Composite(String, String),
}

impl Written {
    /// The expression by itself.
    pub(super) fn text(self) -> String {
        match self {
            Written::Typed(text) | Written::Constant(text) => text,
            Written::Composite(ty, braces) => ty + &braces,
        }
    }

    /// The expression as an item of a list or a map that says its type.
    fn item(self) -> String {
        match self {
            Written::Typed(text) | Written::Constant(text) => text,
            Written::Composite(_, braces) => braces,
        }
    }

    /// The expression as the argument of a generic function, which is told the type where it cannot see it.
    pub(super) fn given_to(self, function: &str, ty: impl FnOnce() -> String) -> String {
        match self {
            Written::Constant(text) => format!("{function}[{}]({text})", ty()),
            other => format!("{function}({})", other.text()),
        }
    }
}

/// Writes the values of one call.
pub(super) struct Values<'a, 'u> {
    pub(super) plan: &'a Plan<'a>,
    /// The packages that the values are made with.
    pub(super) uses: &'u mut Uses,
}

impl Values<'_, '_> {
    /// A value that is not null.
    pub(super) fn value(&mut self, ty: &Type, position: Position, json: &Json) -> Written {
        let ir = self.plan.ir;
        match (ir.resolve(ty).0, json) {
            (TypeKind::Scalar(scalar), json) => scalars::written(scalar, json, self.uses),
            (TypeKind::Ref(to), json) => match ir.key_type(*to) {
                Some(key) => self.value(key, position, json),
                None => Written::Constant(literal(json.as_str().unwrap_or_default())),
            },
            (TypeKind::List { item, .. }, Json::Array(items)) => {
                // A patch replaces a list whole.
                let within = if position == Position::Patch { Position::Write } else { position };
                let items: Vec<String> = items.iter().map(|one| self.item(item, within, one)).collect();
                self.composite(ty, position, layout::listed(&items))
            }
            (TypeKind::Map { value, .. }, Json::Object(entries)) => {
                let entries =
                    entries.iter().map(|(key, one)| (literal(key), self.entry(value, position, one)));
                let braces = layout::braced(&entries.collect::<Vec<_>>());
                self.composite(ty, position, braces)
            }
            (TypeKind::Named(id), json) => self.named(*id, position, json),
            (TypeKind::List { .. } | TypeKind::Map { .. }, _) => {
                self.composite(ty, position, "{}".to_owned())
            }
        }
    }

    /// The members of a structure with these fields, as a literal has them; what is left out keeps its zero value.
    pub(super) fn members(
        &mut self,
        fields: &[&Field],
        position: Position,
        taken: &[&str],
        members: &Map<String, Json>,
    ) -> Vec<(String, String)> {
        let names = self.plan.fields(fields, taken);
        let written = names.into_iter().zip(fields).filter_map(|(name, field)| {
            let json = members.get(&field.wire)?;
            Some((name, self.member(field, position, json)?))
        });
        written.collect()
    }

    /// The value of a field; nothing where its zero value says the same.
    fn member(&mut self, field: &Field, position: Position, json: &Json) -> Option<String> {
        let ir = self.plan.ir;
        match (types::is_optional_in(ir, field, position), position) {
            (true, Position::Write | Position::Patch) => Some(self.option(&field.ty, position, json)),
            (true, Position::Read) if json.is_null() => None,
            (true, Position::Read) if !types::has_nil(ir, &field.ty) => {
                Some(self.pointer(&field.ty, position, json))
            }
            _ => Some(self.value(&field.ty, position, json).text()),
        }
    }

    /// A value that may be left out, and is not.
    pub(super) fn option(&mut self, ty: &Type, position: Position, json: &Json) -> String {
        self.uses.insert("opt");
        match json {
            Json::Null => format!("opt.Null[{}]()", types::plain(self.plan, ty, position, self.uses)),
            json => {
                let written = self.value(ty, position, json);
                written.given_to("opt.Of", || types::plain(self.plan, ty, position, self.uses))
            }
        }
    }

    fn pointer(&mut self, ty: &Type, position: Position, json: &Json) -> String {
        match self.value(ty, position, json) {
            Written::Composite(ty, braces) => format!("&{ty}{braces}"),
            written => {
                self.uses.insert("opt");
                written.given_to("opt.Pointer", || types::plain(self.plan, ty, position, self.uses))
            }
        }
    }

    fn item(&mut self, ty: &Type, position: Position, json: &Json) -> String {
        match (is_optional(self.plan.ir, ty), json) {
            (true, Json::Null) => "nil".to_owned(),
            (true, json) => match self.value(ty, position, json) {
                Written::Composite(_, braces) => braces,
                _ => self.pointer(ty, position, json),
            },
            (false, json) => self.value(ty, position, json).item(),
        }
    }

    /// The value of an entry; in a patch null takes the entry away.
    fn entry(&mut self, ty: &Type, position: Position, json: &Json) -> String {
        match position {
            Position::Patch => self.option(ty, position, json),
            Position::Read | Position::Write => self.item(ty, position, json),
        }
    }

    fn composite(&mut self, ty: &Type, position: Position, braces: String) -> Written {
        Written::Composite(types::plain(self.plan, ty, position, self.uses), braces)
    }

    fn named(&mut self, id: TypeId, position: Position, json: &Json) -> Written {
        let plan = self.plan;
        let form = types::form(plan, id, position);
        let named = || types::named(plan, id, position);
        match (&plan.ir.types[id].kind, json) {
            (TypeDeclKind::Structure { .. }, Json::Object(members)) => {
                let members = self.members(&shown(plan, id, form), form, &[], members);
                Written::Composite(named(), layout::braced(&members))
            }
            (TypeDeclKind::Union { discriminator_wire, variants: all, .. }, Json::Object(members)) => {
                let told = members.get(discriminator_wire).and_then(Json::as_str);
                let known = all.iter().zip(variants(all)).find(|(one, _)| Some(one.name.as_str()) == told);
                let variant =
                    known.map(|(one, field)| (field, self.pointer(&structure(one.structure), form, json)));
                Written::Composite(named(), layout::braced(&variant.into_iter().collect::<Vec<_>>()))
            }
            (TypeDeclKind::Enum { values, .. }, json) => {
                let word = json.as_str().unwrap_or_default();
                let known = values.iter().zip(plan.names.values(id)).find(|(value, _)| value.name == word);
                Written::Typed(match known {
                    Some((_, constant)) => plan.own(constant),
                    None => format!("{}({})", named(), literal(word)),
                })
            }
            (TypeDeclKind::Alias(target), json) => self.value(target, position, json),
            (TypeDeclKind::Structure { .. } | TypeDeclKind::Union { .. }, _) => {
                Written::Composite(named(), "{}".to_owned())
            }
        }
    }
}

/// The fields that a structure has in one of its shapes.
fn shown<'a>(plan: &Plan<'a>, id: TypeId, form: Position) -> Vec<&'a Field> {
    let there = |field: &&Field| match form {
        Position::Read => field.readable(),
        Position::Write => field.creatable(),
        Position::Patch => field.updatable(),
    };
    fields_of(plan.ir, id).iter().filter(there).collect()
}
