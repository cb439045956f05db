//! Literals. No text of the schema's author can become code in them.

use crate::text::is_bidi_control;

/// A string literal, in double quotes.
pub fn literal(text: &str) -> String {
    let mut result = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => result.extend(['\\', c]),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c.is_control()
                || is_bidi_control(c)
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') =>
            {
                result.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => result.push(c),
        }
    }
    result.push('"');
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_whole_and_harmless() {
        let check = |text: &str, expected: &str| assert_eq!(literal(text), expected, "{text:?}");
        check("plain", "\"plain\"");
        check("\"; panic(1); \"", "\"\\\"; panic(1); \\\"\"");
        check("a\\\nb`c`", "\"a\\\\\\nb`c`\"");
        check("\u{2028}\u{feff}\u{0}", "\"\\u2028\\ufeff\\u0000\"");
    }
}
