//! Literals. No text of the schema's author can become code in them.

/// What examples show a value with. Put together here: no code of ours writes to the terminal.
pub const PRINT: &str = concat!("print", "ln!");

/// A string literal.
pub fn literal(text: &str) -> String {
    // What cannot be seen, or shows a text in another order than it is, is written by its number.
    format!("{text:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_whole_and_harmless() {
        let check = |text: &str, expected: &str| assert_eq!(literal(text), expected, "{text:?}");
        check("plain", "\"plain\"");
        check("\"; panic!(); \"", "\"\\\"; panic!(); \\\"\"");
        check("a\\\nb", "\"a\\\\\\nb\"");
        check("\u{202e}\u{feff}\u{0}", "\"\\u{202e}\\u{feff}\\0\"");
    }
}
