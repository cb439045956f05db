//! How fixes take something away, so that no blank is left behind.

use atlas9_diagnostics::{Edit, SourceMap, Span};

/// Takes away what stands between two blanks, with those before it; what stands on lines of its own goes with its lines.
pub(crate) fn word(sources: &SourceMap, place: Span) -> Option<Edit> {
    let source = sources.get(place.file)?.text();
    let (before, after) = (source.get(..place.start as usize)?, source.get(place.end as usize..)?);
    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
    let starts_line = before[..before.len() - blank].ends_with('\n');
    let rest = after.split('\n').next().unwrap_or("");
    if starts_line && rest.trim().is_empty() {
        let end = place.end as usize + rest.len() + usize::from(rest.len() < after.len());
        return edit(place, before.len() - blank, end);
    }
    // At the beginning of a line, what follows takes its place.
    if starts_line {
        let gap = after.len() - after.trim_start_matches([' ', '\t']).len();
        return edit(place, before.len(), place.end as usize + gap);
    }
    edit(place, before.len() - blank, place.end as usize)
}

fn edit(place: Span, start: usize, end: usize) -> Option<Edit> {
    Some(Edit { span: Span::new(place.file, start, end), text: String::new() })
}
