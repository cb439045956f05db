//! Each file in `cases/` holds schemas with `//~ old -> new` behind names that are to change, and what they are then.
//! `UPDATE=1 cargo test` writes that anew. Beside them, everything in the other schemas is renamed, one at a time.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod sweep;

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_analyze::{analyze_texts, renames_in_texts};
use atlas9_diagnostics::{Edit, FileId, Rename, SourceMap, Span};

const OUTPUT: &str = "=== output\n";

/// Files by name.
type Texts<'t> = Vec<(&'t str, &'t str)>;

/// Every file after the renames that are marked, or why there are none.
fn renamed(texts: &Texts<'_>) -> String {
    let (sources, _, diagnostics) = analyze_texts(texts);
    assert_eq!(diagnostics, []);
    let wanted = wanted(&sources, texts);
    assert!(!wanted.is_empty(), "nothing is marked");
    let answers = renames_in_texts(texts, &wanted);
    let mut output = String::new();
    for (rename, answer) in wanted.iter().zip(&answers) {
        if let Err(why) = answer {
            output += &format!("refused `{}` -> `{}`: {why}\n", sources.slice(rename.at), rename.to);
        }
    }
    let edits: Vec<&Edit> = answers.iter().flatten().flatten().collect();
    for ((name, before), after) in texts.iter().zip(applied(&sources, texts, &edits)) {
        if after != *before {
            output += &format!("=== {name}\n{after}");
        }
    }
    output
}

fn wanted(sources: &SourceMap, texts: &Texts<'_>) -> Vec<Rename> {
    let mut wanted = Vec::new();
    for (name, text) in texts {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            for mark in marks(line) {
                let [old, "->", new] = mark[..] else { panic!("old -> new in {line}") };
                let at = start + word(line, old).expect("the name stands in the line");
                let at = Span::new(file(sources, name), at, at + old.len());
                wanted.push(Rename { at, to: new.to_owned() });
            }
            start += line.len();
        }
    }
    wanted
}

/// The words of the marks, three of each.
fn marks(line: &str) -> Vec<Vec<&str>> {
    let words: Vec<&str> = line.split("//~ ").skip(1).flat_map(str::split_whitespace).collect();
    words.chunks(3).map(<[&str]>::to_vec).collect()
}

/// Where the word stands first.
fn word(line: &str, word: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let ends = |at: usize| !line[..at].ends_with(is_word) && !line[at + word.len()..].starts_with(is_word);
    line.match_indices(word).map(|(at, _)| at).find(|at| ends(*at))
}

fn file(sources: &SourceMap, name: &str) -> FileId {
    let found = sources.iter().filter(|(_, file)| file.name() == name).last();
    found.expect("the file is there").0
}

fn applied(sources: &SourceMap, texts: &Texts<'_>, edits: &[&Edit]) -> Vec<String> {
    let after = |(name, text): &(&str, &str)| {
        let id = file(sources, name);
        let mut edits: Vec<&&Edit> = edits.iter().filter(|edit| edit.span.file == id).collect();
        edits.sort_by_key(|edit| edit.span);
        let mut text = (*text).to_owned();
        edits.iter().rev().for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
        text
    };
    texts.iter().map(after).collect()
}

fn below(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("reads").map(|entry| entry.expect("reads").path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == extension)).collect();
    paths.sort();
    paths
}

#[test]
fn every_case_becomes_what_it_became() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut different = Vec::new();
    for path in below("tests/renames/cases", "txt") {
        let case = fs::read_to_string(&path).expect("reads");
        let source = case.split(OUTPUT).next().unwrap_or_default();
        let files = source.split("=== ").filter(|part| !part.is_empty());
        let texts: Texts<'_> = files.map(|part| part.split_once('\n').expect("a name and a text")).collect();
        let now = format!("{source}{OUTPUT}{}", renamed(&texts));
        if now == case {
            continue;
        }
        if update {
            fs::write(&path, &now).expect("writes");
        } else {
            different.push(format!("{}\n{now}", path.display()));
        }
    }
    assert!(different.is_empty(), "run UPDATE=1 cargo test -p atlas9-analyze\n{}", different.join("\n"));
}
