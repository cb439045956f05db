//! Text of the schema's author stays text: a comment or a literal, never SQL.

use crate::support::{emit, service};

/// Everything that ends a comment or a literal somewhere, around a word that must never be a statement.
const ATTACK: &str =
    "x'); INJECTED; -- \\'); INJECTED; */ INJECTED /* \r INJECTED; $$ INJECTED; \u{2028} INJECTED";

#[test]
fn no_text_becomes_sql() {
    let docs = format!("/// {}\n", ATTACK.replace('\r', " "));
    let quoted = format!("{:?}", ATTACK.replace(['\r', '\u{2028}'], "\n"));
    let schema = service(&format!(
        "{docs}resource Book {{
             id: uuid @key
             {docs}title: string = {quoted}
             tags: [string] = [{quoted}]
             pattern: string(/^[a-z'\\\\;]*$/)
             old: string? @deprecated(since: \"1.0.0\", use: title, {quoted})
             operations {{ get public }}
             rules {{ titled: title != {quoted} {quoted} }}
         }}"
    ));
    let emitted = emit(&schema, &["sqlite", "postgres"]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    for (path, text) in emitted.files.iter() {
        assert!(
            !statements(text, path.as_str().starts_with("postgres")).contains("INJECTED"),
            "{path}:\n{text}"
        );
        assert!(!text.contains('\r'), "a comment ends unseen in {path}");
    }
    assert!(emitted.files.iter().any(|(_, text)| text.contains("INJECTED")), "the texts are nowhere");
}

/// The text without comments and literals, read as the database reads it.
fn statements(text: &str, postgres: bool) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '"', '-']) {
        let (before, tail) = rest.split_at(at);
        kept.push_str(before);
        rest = match tail {
            _ if tail.starts_with("--") => tail.split_once('\n').map_or("", |(_, rest)| rest),
            _ if tail.starts_with('-') => tail.get(1..).unwrap_or(""),
            _ => after_quoted(tail, postgres && before.ends_with('E')),
        };
    }
    kept + rest
}

fn after_quoted(text: &str, escapes: bool) -> &str {
    let quote = text.chars().next();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' if escapes => {
                letters.next();
            }
            c if Some(c) == quote && letters.peek().is_some_and(|(_, next)| Some(*next) == quote) => {
                letters.next();
            }
            c if Some(c) == quote => return text.get(at + 1..).unwrap_or(""),
            _ => {}
        }
    }
    ""
}
