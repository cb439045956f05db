//! Blocks as `atlas9 fmt` lays them out.

use atlas9_diagnostics::{FileId, Level};
use atlas9_syntax::format;

/// The text laid out; one that cannot be read stays as it is, since its mistake may be one of layout.
pub fn laid_out(text: &str) -> String {
    let (formatted, diagnostics) = format(FileId::default(), text);
    let sound = diagnostics.iter().all(|diagnostic| diagnostic.level != Level::Error);
    if sound { formatted } else { text.to_owned() }
}
