//! The chapters of the reference keep their word: what they show as right checks clean, what they show as wrong is answered as
//! they show it, both are laid out as `atlas9 fmt` does, and their index names every chapter and every error. `UPDATE=1 cargo test`
//! writes layout and answers anew.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use atlas9_analyze::{analyze_texts, analyze_texts_at};
use atlas9_diagnostics::{ALL_CODES, Color, text};
use atlas9_ir::Ir;
use layout::laid_out;
use model::said as model_of;

#[path = "blocks/layout.rs"]
mod layout;
#[path = "earlier/model.rs"]
mod model;

const RIGHT: &str = "```atlas\n";
const WRONG: &str = "```atlas error\n";
/// What the block that is shown as right before was in that version.
const EARLIER: &str = "```atlas at ";
const ANSWER: &str = "```text\n";
const END: &str = "```\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference")
}

/// Every chapter with its text.
fn chapters() -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder()).expect("reads").map(|entry| entry.expect("reads").path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).expect("reads"))).collect()
}

/// What stands above a block without a namespace, so that chapters need not repeat it.
const ABOVE: &str = "namespace example\n\n";

fn whole(block: &str) -> String {
    match block.contains("namespace ") {
        true => block.to_owned(),
        false => format!("{ABOVE}{block}"),
    }
}

/// The block as `atlas9 fmt` lays it out.
fn formatted(block: &str) -> String {
    let (whole, laid_out) = (whole(block), laid_out(&whole(block)));
    let added = if whole == block { "" } else { ABOVE };
    laid_out.strip_prefix(added).unwrap_or(&laid_out).to_owned()
}

/// True when the one block is what the other was in that version.
fn was(now: &str, version: &str, then: &str) -> bool {
    let (now, then) = (whole(now), whole(then));
    let (_, earlier, _) = analyze_texts_at(&[("example.atlas", &now)], version);
    let (_, then, _) = analyze_texts(&[("example.atlas", &then)]);
    // That version stood in `atlas.yaml` too.
    let then = then.map(|then| Ir { version: version.to_owned(), ..then });
    earlier.zip(then).is_some_and(|(earlier, then)| model_of(&earlier) == model_of(&then))
}

/// What the compiler says of a block.
fn said(block: &str) -> String {
    let whole = whole(block);
    let files = [("example.atlas", whole.as_str())];
    let at = block.lines().find_map(|line| line.strip_prefix("// atlas9 generate --at "));
    let (sources, _, diagnostics) =
        at.map_or_else(|| analyze_texts(&files), |version| analyze_texts_at(&files, version));
    let shown = text(&sources, &diagnostics, Color::Off);
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// The chapter with the answers of now; what it shows as right and is not goes to `broken`.
fn renewed(path: &Path, chapter: &str, broken: &mut Vec<String>) -> String {
    let mut made = String::new();
    let mut rest = chapter;
    let mut right = String::new();
    while let Some(at) = rest.find("```") {
        let (before, block) = rest.split_at(at);
        made.push_str(before);
        let (info, body) = block.split_once('\n').expect("a fence ends its line");
        let (body, after) =
            body.split_once(END).unwrap_or_else(|| panic!("{}: an open block", path.display()));
        let info = format!("{info}\n");
        let schema = info == RIGHT || info == WRONG || info.starts_with(EARLIER);
        let body = &if schema { formatted(body) } else { body.to_owned() };
        write!(made, "{info}{body}{END}").expect("writes");
        rest = after;
        if let Some(version) = info.trim_end().strip_prefix(EARLIER)
            && !was(&right, version, body)
        {
            broken.push(format!("{}: this is not what it was in {version}\n{body}", path.display()));
        }
        if info == RIGHT {
            right.clone_from(body);
            let answer = said(body);
            if !answer.is_empty() {
                broken.push(format!("{}\n{body}\n{answer}\n", path.display()));
            }
        } else if info == WRONG {
            let old = after.strip_prefix('\n').and_then(|after| after.strip_prefix(ANSWER));
            let old = old.unwrap_or_else(|| panic!("{}: no answer behind\n{body}", path.display()));
            let answer = said(body);
            if answer.is_empty() {
                broken.push(format!("{}: this is no error\n{body}", path.display()));
            }
            write!(made, "\n{ANSWER}{answer}\n{END}").expect("writes");
            rest = old.split_once(END).expect("the answer ends").1;
        }
    }
    made + rest
}

/// Compares, or writes where asked to; only what differs, since the list of errors is a chapter too.
fn check(path: &Path, now: &str, then: &str) {
    if now != then && std::env::var_os("UPDATE").is_some() {
        fs::write(path, now).expect("writes");
        return;
    }
    assert!(now == then, "{}: run UPDATE=1 cargo test -p atlas9-analyze\n{now}", path.display());
}

#[test]
fn chapters_are_answered_as_they_say() {
    let chapters = chapters();
    assert!(chapters.len() > 10);
    let mut broken = Vec::new();
    for (path, chapter) in chapters {
        let now = renewed(&path, &chapter, &mut broken);
        check(&path, &now, &chapter);
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_index_names_every_chapter() {
    let index = fs::read_to_string(folder().join("README.md")).expect("reads");
    for (path, _) in chapters() {
        let name = path.file_name().expect("a name").to_string_lossy();
        assert!(name == "README.md" || index.contains(&format!("({name})")), "{name}");
    }
}

#[test]
fn the_list_of_errors_is_complete() {
    let path = folder().join("errors.md");
    let then = fs::read_to_string(&path).expect("reads");
    let (head, _) = then.split_once("\n| code |").expect("a table");
    let mut now = format!("{head}\n| code | what is wrong |\n|---|---|\n");
    for code in ALL_CODES {
        writeln!(now, "| [{0}](errors/{0}.md) | {1} |", code.name, code.summary()).expect("writes");
    }
    check(&path, &now, &then);
}

/// The words of the language that stand in quotes.
fn words(grammar: &str) -> BTreeSet<&str> {
    let quoted = grammar.split('"').skip(1).step_by(2);
    quoted.filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())).collect()
}

#[test]
fn the_grammar_has_the_words_of_the_parser() {
    let page = fs::read_to_string(folder().join("grammar.md")).expect("reads");
    let parser = fs::read_to_string(folder().join("../syntax/src/atlas.pest")).expect("reads");
    let parser: String = parser.lines().filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n");
    assert_eq!(words(&page), words(&parser.replace("\\\"", "")));
}
