//! How changes of a file are shown.

use similar::TextDiff;

/// The lines that differ, as `diff -u` and `git apply -p0` have them.
pub fn difference(before_name: &str, after_name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().header(before_name, after_name).to_string()
}
