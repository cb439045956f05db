//! Text of the schema's author stays text, wherever it stands.

mod support;

use support::emit;

/// Everything that ends a comment or a string somewhere, or speaks to a tool, around a word that must never be code.
const ATTACK: &str = "*/ INJECTED() /* ``` INJECTED() \\n \"# #![INJECTED] [INJECTED]: https://x";

#[test]
fn no_text_becomes_code() {
    let emitted = emit(&schema(), &[("license", ATTACK)]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let mut commented = 0;
    let made = |path: &str| !path.starts_with("src/api/");
    for (path, text) in emitted.files.iter().filter(|(path, _)| path.as_str().ends_with(".rs")) {
        assert!(!code(text).contains("INJECTED"), "text has become code in {path}:\n{text}");
        if made(path.as_str()) {
            commented += text.matches("INJECTED").count();
        }
    }
    assert!(commented > 20, "the texts are nowhere: {commented}");
}

#[test]
fn no_text_becomes_a_test() {
    let emitted = emit(
        "namespace shop service Shop { version \"1.0.0\" }
         /// ```
         /// panic!();
         /// ```
         ///
         ///     panic!();
         resource Book { id: uuid @key operations { get public } }",
        &[],
    );
    let text = emitted.files.get("src/types.rs").unwrap_or_default();
    assert!(text.contains("/// ```text\n/// panic!();\n/// ```\n"), "{text}");
    assert!(!text.contains("///     panic"), "{text}");
}

#[test]
fn no_text_becomes_an_example() {
    let files = emit(&schema(), &[("license", ATTACK)]).files;
    for (path, blocks) in [("README.md", "```rust,no_run"), ("api.md", "````rust")] {
        let text = files.get(path).unwrap_or_default();
        let fences: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with("```")).collect();
        for pair in fences.chunks(2) {
            let known = ["```sh", "```rust", "````rust", "```rust,no_run"];
            assert!(known.contains(&pair[0]), "{pair:?} in {path}:\n{text}");
            assert_eq!(pair.get(1).map(|end| end.trim_matches('`')), Some(""), "{path}:\n{text}");
        }
        let examples: Vec<&str> = text.split(&format!("{blocks}\n")).skip(1).collect();
        assert!(!examples.is_empty(), "{path} has no examples:\n{text}");
        for example in examples {
            let example = example.split("\n```").next().unwrap_or_default();
            assert!(!code(example).contains("INJECTED"), "text has become code in {path}:\n{example}");
        }
        assert!(text.contains("INJECTED"), "the texts are not in {path}");
    }
}

fn schema() -> String {
    let docs = format!("/// {ATTACK}\n///\n/// ```\n/// INJECTED();\n");
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

/// The text without comments and strings: what a compiler would run.
fn code(text: &str) -> String {
    let mut rest = text;
    let mut code = String::new();
    while let Some(at) = rest.find(['/', '"']) {
        let (before, tail) = rest.split_at(at);
        code.push_str(before);
        rest = match tail {
            _ if tail.starts_with("//") => tail.split_once('\n').map_or("", |(_, rest)| rest),
            _ if tail.starts_with("/*") => tail.split_once("*/").map_or("", |(_, rest)| rest),
            _ if tail.starts_with('"') => after_quoted(tail),
            _ => tail.get(1..).unwrap_or(""),
        };
    }
    code + rest
}

fn after_quoted(text: &str) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if !escaped && c == '"' {
            return text.get(at + 1..).unwrap_or("");
        }
        escaped = !escaped && c == '\\';
    }
    ""
}
