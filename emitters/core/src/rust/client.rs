//! What the Rust SDK and calls with it agree on: names, and what a call must be given.

use atlas9_ir::{Field, Ir, Resource, TypeKind};

use super::names::word;
use crate::sdk::is_required;

/// Modules and features of every crate, and other crates that it hands on; the module of a resource with such a name gets an underscore.
const MODULES: [&str; 17] = [
    "api",
    "client",
    "core",
    "default",
    "errors",
    "failures",
    "filter",
    "full",
    "jiff",
    "operations",
    "reqwest",
    "rust_decimal",
    "serde_json",
    "std",
    "texts",
    "types",
    "uuid",
];

/// What every call has, which a method for a value must not hide.
pub const CALL: [&str; 23] = [
    "attempt_timeout",
    "body",
    "clone",
    "count",
    "cursor",
    "expand",
    "fields",
    "force",
    "header",
    "idempotency_key",
    "if_match",
    "items",
    "limit",
    "page",
    "pages",
    "query",
    "retries",
    "search",
    "send",
    "send_raw",
    "show_deleted",
    "sort",
    "timeout",
];

/// More parameters than these nobody can tell apart: what a body must have is then given as a structure.
pub const MANY: usize = 6;

/// The module of a resource, and the client's method: `books`.
pub fn module(resource: &Resource) -> String {
    let name = word(&resource.plural);
    if MODULES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// True for a field that a request must be given: not a list or a map, which is empty unless it is told otherwise.
pub fn is_needed(ir: &Ir, field: &Field) -> bool {
    let may_be_empty = match ir.resolve(&field.ty).0 {
        TypeKind::List { length, .. } | TypeKind::Map { length, .. } => {
            length.min.as_deref().is_none_or(|min| min == "0")
        }
        _ => false,
    };
    is_required(ir, field) && !may_be_empty
}

/// Names that all differ, also from those that are taken: where two would be the same, the later one has an underscore.
pub fn apart(names: impl IntoIterator<Item = String>, taken: &[&str]) -> Vec<String> {
    let mut used: Vec<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let first = used.len();
    for mut name in names {
        while used.contains(&name) {
            name.push('_');
        }
        used.push(name);
    }
    used.split_off(first)
}
