//! Declared types: structures, enums, refined scalars.

use atlas9_ir::{EnumValue, Scalar, TypeDeclKind, TypeId, TypeKind};
use openapiv3::{Schema, StringType, Type};

use crate::fields::object;
use crate::parts::{schema, words};
use crate::scalars;
use crate::shapes::{Position, Shapes};
use crate::{text, unions};

/// The schema of a declared type.
pub(crate) fn of(shapes: &mut Shapes<'_>, id: TypeId, position: Position) -> Schema {
    let decl = &shapes.ir.types[id];
    let deprecation = text::deprecation(decl.deprecated.as_ref());
    let (mut made, facts) = match &decl.kind {
        TypeDeclKind::Structure { fields, rules, .. } => {
            (schema(Type::Object(object(shapes, fields, position))), text::rules(rules))
        }
        TypeDeclKind::Enum { closed, values } => {
            (enumeration(*closed, values, position), enum_facts(*closed, values, position))
        }
        TypeDeclKind::Union { .. } => unions::of(shapes, id, position),
        TypeDeclKind::Alias(target) => match shapes.ir.resolve(target).0 {
            TypeKind::Scalar(scalar) => (scalars::of(scalar), String::new()),
            // Aliases of anything else are followed where they are used.
            _ => (scalars::of(&Scalar::Json), String::new()),
        },
    };
    made.schema_data.description = text::paragraphs([text::docs(&decl.docs), facts, deprecation]);
    made.schema_data.deprecated = decl.deprecated.is_some();
    made
}

fn enumeration(closed: bool, values: &[EnumValue], position: Position) -> Schema {
    let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
    if closed || position != Position::Read {
        return schema(Type::String(words(names)));
    }
    // An open enum may gain values, which must not break whoever reads them.
    let mut open = schema(Type::String(StringType::default()));
    open.schema_data.extensions.insert("x-extensible-enum".to_owned(), names.into());
    open
}

fn enum_facts(closed: bool, values: &[EnumValue], position: Position) -> String {
    let listed = text::values(values);
    match position {
        Position::Read if !closed => {
            format!("{listed}\n\nMore values may be added: be ready for ones that you do not know.")
        }
        _ => listed,
    }
}
