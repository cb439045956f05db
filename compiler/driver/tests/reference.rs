//! The chapter on packages has every key of `atlas.yaml`, and shows nothing that is not read. `UPDATE=1 cargo test` writes its
//! tables anew.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_driver::config::{BESIDE_OPTIONS, Effective, KEYS, KeySpec, effective, read};
use atlas9_driver::diagnostics::{Diagnostic, SourceMap};
use atlas9_driver::{EMITTERS, lint_tables};
use atlas9_emitters_core::{OptionKind, OptionSpec};

const HEAD: &str = "| key | where it is left out | what it says |";

fn reference(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference").join(file)
}

fn text(file: &str) -> String {
    fs::read_to_string(reference(file)).expect("the chapter can be read")
}

/// The chapter with another table, the first one below that heading.
fn with_table(page: &str, heading: &str, table: &str) -> String {
    let (before, rest) = page.split_once(&format!("\n{heading}\n")).expect(heading);
    let (between, rest) = rest.split_once("\n|").expect("a table");
    let (_, after) = rest.split_once("\n\n").expect("something behind the table");
    format!("{before}\n{heading}\n{between}\n{table}\n{after}")
}

fn of_keys(keys: &[KeySpec]) -> String {
    let rows = keys.iter().map(|key| format!("| `{}` | {} | {} |\n", key.name, key.default, key.meaning));
    format!("{HEAD}\n|---|---|---|\n{}", rows.collect::<String>())
}

fn of_options(options: &[OptionSpec]) -> String {
    let rows = options.iter().map(|option| {
        let default = if option.default.is_empty() { "" } else { &format!("`{}` ", option.default) };
        format!("| `{}` | {} | {default}| {} |\n", option.name, taken(option.kind), option.meaning)
    });
    let head = "| option | takes | where it is left out | what it says |\n|---|---|---|---|\n";
    format!("{head}{}", rows.collect::<String>())
}

fn taken(kind: OptionKind) -> String {
    let all = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match kind {
        OptionKind::Bool => all(&["true", "false"]),
        OptionKind::Text => "a text".to_owned(),
        OptionKind::OneOf(words) => format!("one of {}", all(words)),
        OptionKind::SomeOf(words) => format!("some of {}", all(words)),
    }
}

fn of_groups() -> String {
    let (rows, _) = configured("");
    let levels = rows.iter().filter(|row| ["allow", "warn", "deny"].contains(&row.value.as_str()));
    let groups = levels.filter_map(|row| Some((row.key.strip_prefix("lints.")?, &row.value)));
    let rows = groups.map(|(group, level)| format!("| `{group}` | `{level}` |\n"));
    format!("| group | level in the profile `default` |\n|---|---|\n{}", rows.collect::<String>())
}

#[test]
fn the_page_has_every_key_and_every_option() {
    let then = text("packages.md");
    let mut now = with_table(&then, "## atlas.yaml", &of_keys(KEYS));
    now = with_table(&now, "### `emit`", &of_keys(BESIDE_OPTIONS));
    now = with_table(&now, "### `lints`", &of_groups());
    for emitter in EMITTERS {
        now = with_table(&now, &format!("#### `{}`", emitter.name()), &of_options(emitter.options()));
    }
    if now != then && std::env::var_os("UPDATE").is_some() {
        fs::write(reference("packages.md"), &now).expect("the chapter can be written");
    } else {
        assert!(now == then, "run UPDATE=1 cargo test -p atlas9-driver\n{now}");
    }
    let headings = then.lines().filter(|line| line.starts_with("#### `"));
    assert_eq!(headings.count(), EMITTERS.len(), "a heading for each emitter, and no other");
    let keys = then.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'));
    assert_eq!(keys.collect::<Vec<_>>(), KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
}

/// What a configuration says in the end, and the complaints.
fn configured(text: &str) -> (Vec<Effective>, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let file = sources.add("atlas.yaml", text.to_owned());
    let (config, complaints) = read(file, text, "shop");
    (effective(&config, &sources), complaints)
}

/// The blocks of a chapter in that language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    page.match_indices(&fence).filter_map(|(at, _)| page[at + fence.len()..].split("```").next()).collect()
}

#[test]
fn the_configuration_is_printed_as_the_page_shows() {
    let page = text("packages.md");
    let (rows, _) = configured(blocks(&page, "yaml")[0]);
    let printed: Vec<String> =
        rows.iter().map(|row| format!("{} {} {}", row.key, row.value, row.origin)).collect();
    let shown: Vec<String> = blocks(&page, "text")
        .into_iter()
        .find(|block| block.contains(" default"))
        .expect("it is shown")
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(shown.iter().find(|line| !printed.contains(line)), None, "{printed:#?}");
}

#[test]
fn what_is_shown_is_read() {
    for file in ["packages.md", "external.md", "custom-lints.md"] {
        let page = text(file);
        assert!(!blocks(&page, "yaml").is_empty(), "{file}");
        for block in blocks(&page, "yaml") {
            assert_eq!(configured(block).1, [], "{file}\n{block}");
        }
    }
}

#[test]
fn the_keys_are_those_that_are_read() {
    let unknown = |key: &str| configured(&format!("{key}:\n")).1.iter().any(|it| it.code == *"E0003");
    assert!(unknown("nmae"));
    assert_eq!(KEYS.iter().map(|key| key.name).find(|key| unknown(key)), None);
}

/// What stands beside options is ours, and no option: its value has another form, and its default is told.
#[test]
fn what_stands_beside_options_is_read() {
    let (rows, complaints) = configured("emit:\n  mermaid:\nlinters:\n  owners:\n");
    assert_eq!(complaints, []);
    let of = |name: &str| {
        let keys = rows.iter().filter_map(|row| row.key.strip_prefix(name));
        keys.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of("emit.mermaid."), BESIDE_OPTIONS.iter().map(|key| key.name).collect::<Vec<_>>());
    assert_eq!(of("linters.owners."), ["timeout"]);
}

/// The list of lints with a way to the page of each.
fn lists_of_lints() -> String {
    let mut group = "";
    let mut page = String::new();
    let tables = lint_tables();
    for line in tables.lines() {
        group = line.strip_prefix("### ").unwrap_or(group);
        let name = line.strip_prefix("| `").and_then(|rest| rest.split_once('`'));
        page.push_str(&match name {
            Some((name, rest)) => format!("| [`{name}`](../../lints/src/{group}/{name}.md){rest}"),
            None => line.to_owned(),
        });
        page.push('\n');
    }
    page
}

#[test]
fn the_chapter_on_lints_has_every_lint() {
    let then = text("lints.md");
    let (head, _) = then.split_once("## Lints\n").expect("a list");
    let now = format!("{head}{}", lists_of_lints());
    if now != then && std::env::var_os("UPDATE").is_some() {
        fs::write(reference("lints.md"), &now).expect("the chapter can be written");
    } else {
        assert!(now == then, "run UPDATE=1 cargo test -p atlas9-driver\n{now}");
    }
}
