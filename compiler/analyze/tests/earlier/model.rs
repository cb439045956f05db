//! Models side by side, whatever the places that they were read from.

use atlas9_ir::Ir;
use serde_json::Value;

/// What a model says, without files, places in them and what they import.
pub fn said(ir: &Ir) -> Value {
    let mut said = serde_json::to_value(ir).unwrap_or_default();
    forget(&mut said);
    said
}

fn forget(value: &mut Value) {
    let place = |key: &str| {
        ["files", "extent", "covers", "unused_imports"].contains(&key)
            || key.ends_with("span")
            || key.ends_with("spans")
    };
    match value {
        Value::Object(members) => {
            members.retain(|key, _| !place(key));
            members.values_mut().for_each(forget);
        }
        Value::Array(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}
