//! Whether a regular expression bounds how long a text can be.

/// True when only texts up to some length match. May say false of an unusual pattern that does bound it.
pub(crate) fn bounds_length(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    inner.is_some_and(|inner| !inner.ends_with('\\') && bounded(inner))
}

fn bounded(inner: &str) -> bool {
    let mut chars = inner.chars().peekable();
    let mut depth = 0_u32;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => skip_class(&mut chars),
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // A choice at the top splits the anchors: `^a|b$` holds neither end.
            '|' if depth == 0 => return false,
            '*' | '+' => return false,
            '{' => {
                let repeat: String = chars.by_ref().take_while(|c| *c != '}').collect();
                if repeat.ends_with(',') {
                    return false;
                }
            }
            // Flags can change what the anchors mean.
            '?' if depth > 0 && chars.peek().is_some_and(char::is_ascii_lowercase) => return false,
            _ => {}
        }
    }
    true
}

/// Reads to the end of `[...]`; a bracket at its beginning stands for itself.
fn skip_class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    chars.next_if_eq(&'^');
    chars.next_if_eq(&']');
    while let Some(c) = chars.next() {
        match c {
            ']' => return,
            '\\' => {
                chars.next();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bounds_length;

    #[test]
    fn bounded_patterns() {
        let check = |pattern: &str, expected| assert_eq!(bounds_length(pattern), expected, "{pattern}");
        check("^[0-9]{13}$", true);
        check("^[0-9]{9}[0-9X]$", true);
        check("^(draft|sold)?$", true);
        check(r"^[+*\]{]\+$", true);
        check("^(?:a|b){1,3}$", true);
        check("^a|b$", false);
        check("^[a-z]+$", false);
        check("^[a-z]{2,}$", false);
        check("[0-9]{13}", false);
        check(r"^a\$", false);
        check("^(?m)a$", false);
        check("", false);
    }
}
