//! Text of the schema's author stays text, wherever it stands.

mod support;

use support::emit;

/// Everything that ends a comment, a string or a template somewhere, around a word that must never be code.
const ATTACK: &str = "*/ INJECTED() /* ` INJECTED() ${INJECTED()} </script> @ts-ignore @__NO_SIDE_EFFECTS__";

#[test]
fn no_text_becomes_code() {
    let emitted = emit(&schema(), &[("license", ATTACK)]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let mut commented = 0;
    for (path, text) in emitted.files.iter().filter(|(path, _)| path.as_str().ends_with(".ts")) {
        assert!(!code(text).contains("INJECTED"), "text has become code in {path}:\n{text}");
        assert!(
            !text.contains("@__NO_SIDE") && !text.contains(" @ts-ignore"),
            "a tool is spoken to in {path}:\n{text}"
        );
        commented += text.matches("INJECTED").count();
    }
    assert!(commented > 20, "the texts are nowhere: {commented}");
    let readme = emitted.files.get("README.md").unwrap_or("");
    assert!(!readme.contains("</script>"), "{readme}");
}

fn schema() -> String {
    let docs = format!("/// {ATTACK}\n/// @ts-ignore\n");
    let quoted = format!("{ATTACK:?}");
    // In a message, braces hold the name of a field.
    let message = quoted.replace(['{', '}'], "");
    format!(
        "{docs}namespace shop
         {docs}service Shop {{ version \"1.0.0\" auth bearer {{ read {quoted} }} }}
         {docs}resource Book {{
             id: uuid @key
             {docs}title: string = {quoted}
             isbn: string(/[*]\\/INJECTED/)? @deprecated(since: \"1.0.0\", use: title, {quoted})
             state: State = draft
             operations {{
                 list filter(state) requires read
                 get create update requires read
                 {docs}action publish(at: string = {quoted}) -> Book
                     moves state draft -> live else Taken(by: title)
                     requires read
             }}
             rules {{ titled: title != \"\" {quoted} }}
             examples {{ one {{ title: {quoted} }} }}
         }}
         {docs}enum State {{ draft {quoted} live {quoted} }}
         {docs}error Taken: conflict {{ message {message} remedy {quoted} by: string }}
        "
    )
}

/// The text without comments, strings and templates: what a compiler would run.
fn code(text: &str) -> String {
    let mut rest = text;
    let mut code = String::new();
    while let Some(at) = rest.find(['/', '"', '\'', '`']) {
        let (before, tail) = rest.split_at(at);
        code.push_str(before);
        rest = match tail {
            _ if tail.starts_with("//") => after(tail, "\n"),
            _ if tail.starts_with("/*") => after(tail, "*/"),
            _ if tail.starts_with('/') => tail.get(1..).unwrap_or(""),
            _ => after_quoted(tail),
        };
    }
    code + rest
}

fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.get(2..).and_then(|inner| inner.split_once(end)).map_or("", |(_, rest)| rest)
}

fn after_quoted(text: &str) -> &str {
    let quote = text.chars().next();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if !escaped && Some(c) == quote {
            return text.get(at + 1..).unwrap_or("");
        }
        escaped = !escaped && c == '\\';
    }
    ""
}
