//! Two models side by side: whether they differ in more than names.

use std::collections::BTreeSet;

use atlas9_diagnostics::{FileId, Span};
use atlas9_ir::Ir;
use serde_json::{Map, Value};

use super::moved::Moved;

/// Members of which the text says more than what something is called.
const SAYINGS: &[&str] = &[
    "decimal", "format", "int", "kind", "lint", "max", "method", "min", "on", "package", "pattern", "reason",
    "remedy", "since", "string", "sunset", "version",
];

/// Nothing where the models are the same but for names, and for where everything stands.
pub(super) fn same(now: &Ir, then: &Ir, moved: &Moved<'_>) -> Result<(), String> {
    let json = |ir: &Ir| serde_json::to_value(Ir { files: Vec::new(), ..ir.clone() });
    let (Ok(now), Ok(then)) = (json(now), json(then)) else {
        return Err("the model cannot be compared".to_owned());
    };
    match differs(moved, "", &now, &then) {
        None => Ok(()),
        Some(member) => Err(format!("more than names would change: `{member}` of the model")),
    }
}

/// The member that differs.
fn differs(moved: &Moved<'_>, member: &str, now: &Value, then: &Value) -> Option<String> {
    let other = || Some(member.to_owned());
    if member == "errors" && ids(now).is_some_and(|now| ids(then) == Some(now)) {
        return None;
    }
    match (now, then) {
        (Value::String(_), Value::String(_)) if !SAYINGS.contains(&member) => None,
        (Value::Array(now), Value::Array(then)) if now.len() == then.len() => {
            now.iter().zip(then).find_map(|(now, then)| differs(moved, member, now, then))
        }
        (Value::Object(now), Value::Object(then)) => match (span(now), span(then)) {
            (Some(now), Some(then)) if moved.place(now) == then => None,
            (None, None) if now.keys().eq(then.keys()) => now
                .iter()
                .zip(then.values())
                .find_map(|((member, now), then)| differs(moved, member, now, then)),
            _ => other(),
        },
        _ if now == then => None,
        _ => other(),
    }
}

/// What an operation can answer stands in an order that the names decide.
fn ids(list: &Value) -> Option<BTreeSet<u64>> {
    list.as_array()?.iter().map(Value::as_u64).collect()
}

fn span(members: &Map<String, Value>) -> Option<Span> {
    let number = |name: &str| members.get(name)?.as_u64().and_then(|number| u32::try_from(number).ok());
    let [file, start, end] = ["file", "start", "end"].map(number);
    Some(Span { file: FileId(file?), start: start?, end: end? }).filter(|_| members.len() == 3)
}
