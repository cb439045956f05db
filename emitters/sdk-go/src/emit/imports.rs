//! The import declaration: what is from the standard library, then what is from the module.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go::types::Uses;

/// The packages of the module; the one without a name is the module's own.
const OWN: [&str; 5] = ["", "api", "filter", "opt", "option"];

/// Imports packages by the names that they go by; nothing for none.
pub(super) fn write(w: &mut Writer, module: &str, uses: &Uses) {
    let (own, std): (Vec<&str>, Vec<&str>) = uses.iter().partition(|name| OWN.contains(name));
    if uses.is_empty() {
        return;
    }
    let path = |name: &str| match name {
        "http" => "net/http".to_owned(),
        "httptest" => "net/http/httptest".to_owned(),
        "json" => "encoding/json".to_owned(),
        "slog" => "log/slog".to_owned(),
        name => name.to_owned(),
    };
    let mut std: Vec<String> = std.into_iter().map(path).collect();
    std.sort();
    w.blank().block("import (", ")", |w| {
        let both = !std.is_empty() && !own.is_empty();
        w.lines(std.iter().map(|path| format!("\"{path}\"")));
        if both {
            w.blank();
        }
        w.lines(own.iter().map(|name| match name.is_empty() {
            true => format!("\"{module}\""),
            false => format!("\"{module}/{name}\""),
        }));
    });
}
