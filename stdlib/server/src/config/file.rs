//! The file of the settings: a mapping of keys to scalars, in YAML.

use std::collections::BTreeMap;
use std::path::Path;

use serde_saphyr::Spanned;

/// What stands for a key, and on which line.
pub(super) struct Line {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) line: u64,
}

/// The lines of a file. Scalars stay as they are written: `on` is no boolean here.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub(super) fn read(path: &Path) -> Result<Vec<Line>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Vec::new());
    }
    // The library shows an excerpt, which may hold a secret.
    let entries: BTreeMap<String, Spanned<String>> = serde_saphyr::from_str(&text).map_err(|error| {
        let place = error.location().map(|place| format!(":{}", place.line())).unwrap_or_default();
        format!("{shown}{place}: must be lines of YAML, each a key, a colon and a single value")
    })?;
    let lines = entries.into_iter().map(|(key, value)| Line {
        key,
        line: value.referenced.line(),
        value: value.value,
    });
    Ok(lines.collect())
}
