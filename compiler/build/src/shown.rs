//! Paths as people see them.

use std::path::Path;

use atlas9_driver::diagnostics::SourceMap;

/// The sources with names that lead to them from the present folder, for what is shown to people.
#[must_use]
pub fn shown(root: &Path, sources: &SourceMap) -> SourceMap {
    let prefix = root.to_string_lossy().trim_end_matches('/').to_owned();
    if prefix == "." || prefix.is_empty() {
        return sources.clone();
    }
    sources.renamed(|name| match name {
        name if name.starts_with("std/") => name.to_owned(),
        name if name.starts_with("../") => from_here(&format!("{prefix}/{name}")),
        name => format!("{prefix}/{name}"),
    })
}

/// The path without detours, unless links make it another place.
fn from_here(path: &str) -> String {
    let top = if path.starts_with('/') { "/" } else { "" };
    let short = format!("{top}{}", without_detours(path));
    let whole = |path: &str| Path::new(path).canonicalize().ok();
    if whole(path).is_some_and(|there| whole(&short) == Some(there)) { short } else { path.to_owned() }
}

/// The path without `.`, and without going into a folder and out again.
pub(crate) fn without_detours(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match parts.last() {
            Some(last) if part == ".." && *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
