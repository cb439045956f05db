//! Words that must not stand in code.

use super::{Source, hold, sources};

/// Where I/O may be done; the runtime of a client is no part of its emitter.
const IO: [&str; 7] = [
    "compiler/build/",
    "compiler/cli/",
    "compiler/lsp/",
    "emitters/sdk-rust/runtime/",
    "stdlib/server/",
    "examples/",
    "tests/",
];

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
    let words = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!(")];
    hold("a stub", &found(sources().iter(), &words));
}

#[test]
fn no_check_is_switched_off() {
    let sources = sources();
    let lines =
        sources.iter().flat_map(|source| source.text.lines().map(move |line| (source, line.trim_start())));
    let off = lines
        .filter(|(_, line)| ["#[ignore", "#[allow(", "#![allow("].iter().any(|word| line.starts_with(word)));
    let broken: Vec<String> = off.map(|(source, line)| format!("{}: {line}", source.path)).collect();
    hold(
        "a test or a check switched off; `#[expect(..., reason = \"...\")]` says why and tells when it is needed no more",
        &broken,
    );
}

#[test]
fn nothing_panics_on_input() {
    let words = [".unwrap()", ".expect(\"", "panic!(", "unreachable!("];
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
