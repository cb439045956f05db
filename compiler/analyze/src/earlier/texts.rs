//! Names that stand in text: fields in the message of an error, keys in a path.

/// The text with other names in braces, where there are others.
pub(super) fn in_braces(text: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        made.push_str(before);
        made.push('{');
        rest = after;
        if let Some((name, after)) = rest.split_once('}')
            && let Some(name) = other(name)
        {
            made.push_str(&name);
            made.push('}');
            rest = after;
        }
    }
    made + rest
}
