//! Types in use, as Python, and how their values are read and sent.

use atlas9_emitters_core::sdk::{Position, is_optional};
use atlas9_ir::{Ir, Scalar, Type, TypeDeclKind, TypeId, TypeKind};

use crate::Sdk;
use crate::emit::Imports;
use crate::scalars;

/// The type of a value, with `| None` where it may be null.
pub(crate) fn nullable(sdk: &Sdk<'_>, ty: &Type, position: Position, imports: &mut Imports) -> String {
    let plain = plain(sdk, ty, position, imports);
    if is_optional(sdk.ir, ty) && plain != "Any" { format!("{plain} | None") } else { plain }
}

/// The type of a value that is not null.
pub(crate) fn plain(sdk: &Sdk<'_>, ty: &Type, position: Position, imports: &mut Imports) -> String {
    match shown(sdk.ir, ty, position) {
        TypeKind::Scalar(scalar) => {
            let (module, name) = scalars::type_of(scalar);
            imports.get(module, name)
        }
        // A patch replaces a list whole.
        TypeKind::List { item, .. } if position == Position::Patch => {
            let item = nullable(sdk, item, Position::Write, imports);
            format!("{}[{item}]", imports.get("collections.abc", "Sequence"))
        }
        TypeKind::List { item, .. } => {
            let list = collection(position, ("list", "Sequence"), imports);
            format!("{list}[{}]", nullable(sdk, item, position, imports))
        }
        TypeKind::Map { value, .. } => {
            let map = collection(position, ("dict", "Mapping"), imports);
            let key = imports.get("builtins", "str");
            let value = nullable(sdk, value, position, imports);
            // In a patch null takes an entry away.
            let cleared = position == Position::Patch && !value.ends_with("None") && value != "Any";
            format!("{map}[{key}, {value}{}]", if cleared { " | None" } else { "" })
        }
        TypeKind::Named(id) => named(sdk, *id, position, imports),
        TypeKind::Ref(resource) => match sdk.ir.key_type(*resource) {
            Some(key) => plain(sdk, key, position, imports),
            None => imports.get("builtins", "str"),
        },
    }
}

fn collection(position: Position, (read, sent): (&str, &str), imports: &mut Imports) -> String {
    match position {
        Position::Read => imports.get("builtins", read),
        Position::Write | Position::Patch => imports.get("collections.abc", sent),
    }
}

/// The kind that is written down. An alias keeps its name, except where what it stands for looks otherwise in requests.
fn shown<'a>(ir: &'a Ir, ty: &'a Type, position: Position) -> &'a TypeKind {
    let (resolved, _) = ir.resolve(ty);
    match resolved {
        TypeKind::Scalar(_) | TypeKind::Ref(_) => &ty.kind,
        _ if position == Position::Read => &ty.kind,
        _ => resolved,
    }
}

fn named(sdk: &Sdk<'_>, id: TypeId, position: Position, imports: &mut Imports) -> String {
    let whole = match position {
        Position::Write | Position::Patch if sdk.positions.inputs.contains(&id) => sdk.names.input(id),
        _ => sdk.names.of_type(id).to_owned(),
    };
    let whole = imports.own("models", &whole);
    match position {
        // What is given whole changes all of it.
        Position::Patch if sdk.positions.patches.contains(&id) => {
            format!("{} | {whole}", imports.own("models", &sdk.names.patch(id)))
        }
        _ => whole,
    }
}

/// The value of a type as an expression over what JSON has; `value` is a name.
pub(crate) fn read(sdk: &Sdk<'_>, ty: &Type, value: &str, imports: &mut Imports) -> String {
    let plain = read_plain(sdk, ty, value, 0, imports);
    if plain == value || !is_optional(sdk.ir, ty) {
        return plain;
    }
    format!("None if {value} is None else {plain}")
}

fn read_plain(sdk: &Sdk<'_>, ty: &Type, value: &str, depth: usize, imports: &mut Imports) -> String {
    match sdk.ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => match scalars::reader(scalar) {
            Some((module, name, method)) => format!("{}{method}({value})", imports.get(module, name)),
            None => value.to_owned(),
        },
        TypeKind::List { item, .. } => {
            let one = local(depth);
            match read_item(sdk, item, &one, depth, imports) {
                same if same == one => value.to_owned(),
                read => format!("[{read} for {one} in {value}]"),
            }
        }
        TypeKind::Map { value: item, .. } => {
            let one = local(depth);
            match read_item(sdk, item, &one, depth, imports) {
                same if same == one => value.to_owned(),
                read => format!("{{key: {read} for key, {one} in {value}.items()}}"),
            }
        }
        TypeKind::Named(id) => match &sdk.ir.types[*id].kind {
            TypeDeclKind::Structure { .. } => {
                format!("{}.__from_json__({value})", imports.own("models", sdk.names.of_type(*id)))
            }
            TypeDeclKind::Union { .. } => {
                format!("{}({value})", imports.own("models", &sdk.names.union_reader(*id)))
            }
            TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => value.to_owned(),
        },
        TypeKind::Ref(resource) => match sdk.ir.key_type(*resource) {
            Some(key) => read_plain(sdk, key, value, depth, imports),
            None => value.to_owned(),
        },
    }
}

fn read_item(sdk: &Sdk<'_>, item: &Type, one: &str, depth: usize, imports: &mut Imports) -> String {
    let plain = read_plain(sdk, item, one, depth + 1, imports);
    if plain == one || !is_optional(sdk.ir, item) {
        return plain;
    }
    format!("None if {one} is None else {plain}")
}

/// The variable of a comprehension.
fn local(depth: usize) -> String {
    if depth == 0 { "item".to_owned() } else { format!("item_{}", depth + 1) }
}

/// What a request holds of a value: the value itself, but for numbers that are text in JSON.
pub(crate) fn sent(sdk: &Sdk<'_>, ty: &Type, value: &str, imports: &mut Imports) -> String {
    if is_text(sdk.ir, ty) {
        format!("{}({value})", imports.get("core.encode", "int64"))
    } else {
        value.to_owned()
    }
}

fn is_text(ir: &Ir, ty: &Type) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => scalars::is_text(scalar),
        TypeKind::List { item, .. } => is_text(ir, item),
        TypeKind::Map { value, .. } => is_text(ir, value),
        TypeKind::Named(_) => false,
        TypeKind::Ref(resource) => ir.key_type(*resource).is_some_and(|key| is_text(ir, key)),
    }
}

/// True for any value of JSON, which no type tells apart from null.
pub(crate) fn is_json(ir: &Ir, ty: &Type) -> bool {
    matches!(ir.resolve(ty).0, TypeKind::Scalar(Scalar::Json))
}
