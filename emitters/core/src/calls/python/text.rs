//! Literals. No text of the schema's author can become code in them.

use crate::text::is_bidi_control;

/// A string literal in the quotes that formatters choose: double ones, unless single ones need fewer escapes.
pub fn literal(text: &str) -> String {
    let count = |quote: char| text.chars().filter(|c| *c == quote).count();
    let quote = if count('"') > count('\'') { '\'' } else { '"' };
    let mut result = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c == quote => result.extend(['\\', c]),
            c if is_unseen(c) => result.push_str(&escaped(c)),
            c => result.push(c),
        }
    }
    result.push(quote);
    result
}

/// Characters that nobody sees, or that some tool takes for the end of a line.
fn is_unseen(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn escaped(c: char) -> String {
    let code = u32::from(c);
    if code < 0x100 { format!("\\x{code:02x}") } else { format!("\\u{code:04x}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_whole_and_harmless() {
        let check = |text: &str, expected: &str| assert_eq!(literal(text), expected, "{text:?}");
        check("plain", "\"plain\"");
        check("it's", "\"it's\"");
        check("\"; exit() #", "'\"; exit() #'");
        check("\"'", "\"\\\"'\"");
        check("a\\\nb{c}", "\"a\\\\\\nb{c}\"");
        check("\u{2028}\u{feff}\u{0}", "\"\\u2028\\ufeff\\x00\"");
    }
}
