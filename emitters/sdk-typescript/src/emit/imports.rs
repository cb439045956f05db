//! Import lines.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;

use crate::layout;

/// Imports values and types of a module; nothing for none.
pub(super) fn write(w: &mut Writer, values: &BTreeSet<String>, types: &BTreeSet<String>, module: &str) {
    if values.is_empty() && types.is_empty() {
        return;
    }
    let after = format!(" from \"{module}\";");
    if values.is_empty() {
        let names: Vec<String> = types.iter().cloned().collect();
        layout::braces(w, "import type ", &names, &after);
    } else {
        let types = types.iter().filter(|name| !values.contains(*name)).map(|name| format!("type {name}"));
        let names: Vec<String> = values.iter().cloned().chain(types).collect();
        layout::braces(w, "import ", &names, &after);
    }
}
