//! Text of the schema's author stays text, wherever it stands.

mod support;

use support::emit;

/// Everything that ends a string somewhere, around a word that must never be code.
const ATTACK: &str =
    "\"\"\" + INJECTED() + \"\"\" \\\" ''' INJECTED() \\' {INJECTED()} # noqa # type: ignore \\";

#[test]
fn no_text_becomes_code() {
    let emitted = emit(&schema(), &[("license", ATTACK)]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let mut told = 0;
    for (path, text) in emitted.files.iter().filter(|(path, _)| path.as_str().ends_with(".py")) {
        let code = code(text);
        assert!(!code.contains("INJECTED"), "text has become code in {path}:\n{code}");
        assert!(
            !code.contains("noqa") && !code.contains("type: ignore"),
            "a tool is spoken to in {path}:\n{code}"
        );
        told += text.matches("INJECTED").count();
    }
    assert!(told > 20, "the texts are nowhere: {told}");
    let manifest = emitted.files.get("pyproject.toml").unwrap_or("");
    let licence = manifest.lines().find(|line| line.starts_with("license")).unwrap_or("");
    assert!(licence.starts_with("license = \"\\\"\\\"\\\" + INJECTED()"), "{licence}");
}

fn schema() -> String {
    let docs = format!("/// {ATTACK}\n");
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

/// The text without strings: what an interpreter would run, with its comments.
fn code(text: &str) -> String {
    let mut rest = text;
    let mut code = String::new();
    while let Some(at) = rest.find(['"', '\'', '#']) {
        let (before, tail) = rest.split_at(at);
        code.push_str(before);
        let quote = ["\"\"\"", "\"", "'"].into_iter().find(|quote| tail.starts_with(quote));
        match quote {
            Some(quote) => rest = after_quoted(tail.get(quote.len()..).unwrap_or(""), quote),
            None => {
                let end = tail.find('\n').unwrap_or(tail.len());
                code.push_str(tail.get(..end).unwrap_or(""));
                rest = tail.get(end..).unwrap_or("");
            }
        }
    }
    code + rest
}

fn after_quoted<'a>(text: &'a str, quote: &str) -> &'a str {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        let tail = text.get(at..).unwrap_or("");
        if !escaped && tail.starts_with(quote) {
            return tail.get(quote.len()..).unwrap_or("");
        }
        escaped = !escaped && c == '\\';
    }
    ""
}
