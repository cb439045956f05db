//! Literals and names of properties. No text of the schema's author can become code in them.

use crate::text::is_bidi_control;

/// A string literal, in double quotes.
pub fn literal(text: &str) -> String {
    let mut result = String::from("\"");
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '"' | '\\' => result.extend(['\\', c]),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            // `</script>` ends a script element wherever it stands in it.
            '/' if before == '<' => result.push_str("\\x2F"),
            c if c.is_control()
                || is_bidi_control(c)
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') =>
            {
                result.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => result.push(c),
        }
        before = c;
    }
    result.push('"');
    result
}

/// A name as that of a property: quoted where it is no identifier.
pub fn property(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    match name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() || !name.chars().all(plain) {
        true => literal(name),
        false => name.to_owned(),
    }
}

/// A name as that of a property of an object literal, where a plain `__proto__` would set the prototype.
pub fn object_property(name: &str) -> String {
    if name == "__proto__" { "[\"__proto__\"]".to_owned() } else { property(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_whole_and_harmless() {
        let check = |text: &str, expected: &str| assert_eq!(literal(text), expected, "{text:?}");
        check("plain", "\"plain\"");
        check("\"; alert(1); \"", "\"\\\"; alert(1); \\\"\"");
        check("a\\\nb`${c}`", "\"a\\\\\\nb`${c}`\"");
        check("</script>", "\"<\\x2Fscript>\"");
        check("\u{2028}\u{feff}", "\"\\u2028\\ufeff\"");
    }

    #[test]
    fn names_are_quoted_where_they_must_be() {
        let check = |name: &str, expected: &str| assert_eq!(property(name), expected, "{name:?}");
        check("author_id", "author_id");
        check("class", "class");
        check("2fa", "\"2fa\"");
        check("x-y", "\"x-y\"");
        assert_eq!(object_property("__proto__"), "[\"__proto__\"]");
    }
}
