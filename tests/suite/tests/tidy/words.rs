//! Words that must not stand in code.

use super::{Source, hold, sources};

/// Where I/O may be done.
const IO: [&str; 6] =
    ["compiler/build/", "compiler/cli/", "compiler/lsp/", "stdlib/server/", "examples/", "tests/"];

#[test]
fn io_is_done_in_its_crates_only() {
    let words = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "std::io",
        "tokio::",
        "println!",
        "eprintln!",
        "SystemTime",
        "Instant::",
    ];
    let sources = sources();
    let pure = sources
        .iter()
        .filter(|source| !IO.iter().any(|place| source.path.starts_with(place)) && !source.is_test());
    hold("I/O outside build, cli, lsp and stdlib/server", &found(pure, &words));
}

#[test]
fn nothing_is_left_undone() {
    // Put together here, so that this file does not find itself.
    let words = [
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("dbg", "!("),
        concat!("#[", "ignore"),
        concat!("#[", "allow("),
        concat!("#![", "allow("),
    ];
    hold("a stub, a skipped test or a check switched off", &found(sources().iter(), &words));
}

#[test]
fn nothing_panics_on_input() {
    let words = [".unwrap()", ".expect(", "panic!(", "unreachable!("];
    let sources = sources();
    let shipped = sources.iter().filter(|source| !source.is_test() && !source.path.starts_with("examples/"));
    hold("a panic in code that users run", &found(shipped, &words));
}

fn found<'a>(sources: impl Iterator<Item = &'a Source>, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let text = if source.is_test() { source.text.as_str() } else { source.shipped() };
        for (index, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && words.iter().any(|word| code.contains(word)) {
                found.push(format!("{}:{}: {code}", source.path, index + 1));
            }
        }
    }
    found
}
