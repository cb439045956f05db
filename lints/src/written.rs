//! Where the type of a field stands in the text: the model knows only where its name does.

use atlas9_diagnostics::{Edit, SourceMap, Span};

/// A type as it is written behind the name of a field, a parameter or a refined scalar.
pub(crate) struct Written<'a> {
    /// With its arguments, without `?`.
    pub ty: Span,
    /// Its text.
    pub text: &'a str,
    /// The `?` behind it.
    pub optional: Option<Span>,
}

/// The type behind a name; nothing for what is no plain name, such as a list, a map or a reference.
pub(crate) fn written(sources: &SourceMap, name: Span) -> Option<Written<'_>> {
    let source = sources.get(name.file)?.text();
    let rest = source.get(name.end as usize..)?;
    let body = rest.trim_start().strip_prefix([':', '='])?.trim_start();
    let word = body.len() - body.trim_start_matches(|c: char| c.is_alphanumeric() || "_.".contains(c)).len();
    let arguments = body.get(word..).filter(|rest| rest.starts_with('(')).map_or(Some(0), closed)?;
    let text = body.get(..word + arguments)?;
    if word == 0 || text == "ref" {
        return None;
    }
    let start = source.len() - body.len();
    let end = start + text.len();
    let optional = source.get(end..)?.starts_with('?').then(|| Span::new(name.file, end, end + 1));
    Some(Written { ty: Span::new(name.file, start, end), text, optional })
}

/// Puts another type where that one stands, and leaves its `?`.
pub(crate) fn retype(sources: &SourceMap, name: Span, to: &str) -> Option<Edit> {
    let found = written(sources, name)?;
    Some(Edit { span: found.ty, text: to.to_owned() })
}

/// Adds an annotation behind the type of a field or behind its default, where that is a single word or number.
pub(crate) fn annotate(sources: &SourceMap, name: Span, annotation: &str) -> Option<Edit> {
    let found = written(sources, name)?;
    let end = found.optional.unwrap_or(found.ty).end as usize;
    let source = sources.get(name.file)?.text();
    let rest = source.get(end..)?;
    let at = match rest.trim_start().strip_prefix('=') {
        Some(value) => {
            let value = value.trim_start();
            let plain = |c: char| c.is_alphanumeric() || "_-.".contains(c);
            let after = value.trim_start_matches(plain);
            if after.len() == value.len() || after.starts_with('(') {
                return None;
            }
            source.len() - after.len()
        }
        None => end,
    };
    Some(Edit { span: Span::new(name.file, at, at), text: format!(" {annotation}") })
}

/// How long the parenthesis is that a text begins with; patterns and texts in it may hold others.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(end), _) => quote = quote.filter(|_| c != end),
            (None, '/' | '"') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::closed;

    #[test]
    fn parentheses_are_closed() {
        let check = |text: &str, expected: Option<usize>| assert_eq!(closed(text), expected, "{text}");
        check("(1..=5) @key", Some(7));
        check("(/^(a|b)\\/$/)", Some(13));
        check("(/[)]/)?", Some(7));
        check("(1..=5", None);
    }
}
