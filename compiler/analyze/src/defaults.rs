//! Defaults of structures that contain themselves: what they leave out has a default, which leaves out the same again.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Field, Type, TypeDeclKind, TypeId, Value};

use crate::context::Cx;
use crate::ids::Mark;
use crate::model::{Plain, Shape, TypeEntry, Types};

/// A field of a structure, by its place.
type At = (usize, usize);

/// Reports defaults that would never end; all defaults have to be set.
pub(crate) fn endless(cx: &Cx<'_>, types: &Types) {
    let new = |entry: &TypeEntry| vec![Mark::New; entry.shape.fields.len()];
    let mut marks: Vec<Vec<Mark>> = types.entries.iter().map(new).collect();
    for entry in 0..types.entries.len() {
        for field in 0..types.entries[entry].shape.fields.len() {
            walk(cx, types, (entry, field), &mut marks);
        }
    }
}

/// Follows what the default leaves out, and what is put there instead.
fn walk(cx: &Cx<'_>, types: &Types, start: At, marks: &mut [Vec<Mark>]) {
    let mut way: Vec<(At, Vec<At>)> = Vec::new();
    let mut next = Some(start);
    loop {
        match next.take().map(|at| (at, marks[at.0][at.1])) {
            Some((at, Mark::New)) => {
                marks[at.0][at.1] = Mark::OnTheWay;
                way.push((at, left_out(types, at)));
            }
            Some((at, Mark::OnTheWay)) => {
                let from = way.iter().position(|(known, _)| *known == at).unwrap_or(0);
                let circle: Vec<At> = way[from..].iter().map(|(at, _)| *at).collect();
                cx.report(error(types, &circle));
            }
            _ => {}
        }
        let Some((at, open)) = way.last_mut() else { return };
        next = open.pop();
        if next.is_none() {
            marks[at.0][at.1] = Mark::Done;
            way.pop();
        }
    }
}

fn field(types: &Types, at: At) -> Option<&Field> {
    types.entries.get(at.0)?.shape.fields.get(at.1)
}

/// The fields that the default of a field leaves to their own defaults.
fn left_out(types: &Types, at: At) -> Vec<At> {
    let mut found = Vec::new();
    if let Some((field, default)) =
        field(types, at).and_then(|field| field.default.as_ref().map(|default| (field, default)))
    {
        in_value(types, &field.ty, default, &mut found);
    }
    found
}

fn in_value(types: &Types, ty: &Type, value: &Value, found: &mut Vec<At>) {
    match (types.plain(ty), value) {
        (Some((Plain::List(item, _), _)), Value::List(items)) => {
            items.iter().for_each(|value| in_value(types, item, value, found));
        }
        (Some((Plain::Map(item, _), _)), Value::Object(entries)) => {
            entries.iter().for_each(|(_, value)| in_value(types, item, value, found));
        }
        (Some((Plain::Structure(id, shape), _)), Value::Object(given)) => {
            in_object(types, id, shape, given, found);
        }
        (Some((Plain::Union(id), _)), Value::Object(given)) => {
            if let Some((id, shape)) = variant(types, id, given) {
                in_object(types, id, shape, given, found);
            }
        }
        _ => {}
    }
}

fn in_object(types: &Types, id: TypeId, shape: &Shape, given: &[(String, Value)], found: &mut Vec<At>) {
    for (index, field) in shape.fields.iter().enumerate() {
        match given.iter().find(|(name, _)| *name == field.name) {
            Some((_, value)) => in_value(types, &field.ty, value, found),
            None if field.default.is_some() => found.push((id.index(), index)),
            None => {}
        }
    }
}

fn variant<'t>(types: &'t Types, union: TypeId, given: &[(String, Value)]) -> Option<(TypeId, &'t Shape)> {
    let TypeDeclKind::Union { variants, .. } = &types.entries.get(union.index())?.decl.kind else {
        return None;
    };
    let (_, Value::Enum(word)) = given.first()? else { return None };
    let variant = variants.iter().find(|variant| variant.name == *word)?;
    Some((variant.structure, &types.entries.get(variant.structure.index())?.shape))
}

fn error(types: &Types, circle: &[At]) -> Diagnostic {
    let name = |at: &At| {
        let owner = types.entries.get(at.0).map_or("", |entry| entry.shape.owner.as_str());
        format!("{owner}.{}", field(types, *at).map_or("", |field| field.name.as_str()))
    };
    let names: Vec<String> = circle.iter().chain(circle.first()).map(name).collect();
    let message = format!("this default would never end: {}", names.join(" -> "));
    let first = circle.first().and_then(|at| field(types, *at)).map(|field| field.span);
    Diagnostic::error(codes::E0344, message)
        .at(first.unwrap_or_default(), "it leaves out what has this default again")
        .help("leave the default out, or give `null` or an empty list within it")
}
