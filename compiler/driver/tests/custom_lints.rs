//! Custom lints: each file in `custom_lints/` is an `atlas.yaml`, a schema with `//~ name` behind every line that a finding is
//! expected at, and what is said. `UPDATE=1 cargo test` writes the last part anew.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_driver::diagnostics::{Color, Diagnostic, find_code, text};
use atlas9_driver::{CheckOptions, Checked, Package, PackageFile, check};
use atlas9_lints::custom::{CustomKind, Expression, FILTERS, Fact, TESTS, facts};

const MARKER: &str = " //~ ";

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/custom_lints");
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    paths
}

/// A schema without its marks.
fn unmarked(schema: &str) -> String {
    schema.lines().map(|line| format!("{}\n", line.split(MARKER).next().unwrap_or_default())).collect()
}

fn checked(config: &str, schema: &str) -> Checked {
    let mut package = Package::new(config.as_bytes(), "shop");
    let bytes = unmarked(schema).into_bytes();
    package.members[0].files.push(PackageFile { name: "shop.atlas".to_owned(), bytes });
    check(package, &CheckOptions::default())
}

/// `3 key_not_uuid` for every mark.
fn expected(schema: &str) -> Vec<String> {
    let lines = schema.lines().enumerate();
    let marked = lines.filter_map(|(index, line)| Some((index + 1, line.split_once(MARKER)?.1)));
    marked
        .flat_map(|(line, names)| names.split_whitespace().map(move |name| format!("{line} {name}")))
        .collect()
}

/// The same for every finding that is a lint's.
fn found(checked: &Checked) -> Vec<String> {
    let at = |found: &Diagnostic| {
        let span = found.span.filter(|_| !found.code.starts_with('E'))?;
        let line = checked.sources.get(span.file)?.position(span.start as usize).line;
        Some(format!("{line} {}", found.code))
    };
    checked.diagnostics.iter().filter_map(at).collect()
}

#[test]
fn every_case_finds_what_is_marked_and_says_what_it_said() {
    let update = std::env::var_os("UPDATE").is_some();
    for path in cases() {
        let case = fs::read_to_string(&path).expect("the case can be read");
        let (config, rest) = case.split_once("=== schema\n").expect("a schema");
        let (schema, before) = rest.split_once("=== output\n").expect("the output");
        let checked = checked(config, schema);
        let shown = text(&checked.sources, &checked.diagnostics, Color::Off);
        let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
        let now = format!("{}\n", lines.join("\n").trim_end());
        let name = path.display();
        assert_eq!(found(&checked), expected(schema), "{name}\n{now}");
        if update {
            fs::write(&path, format!("{config}=== schema\n{schema}=== output\n{now}"))
                .expect("it can be written");
        } else {
            assert!(now == before, "{name}: run UPDATE=1 cargo test -p atlas9-driver custom\n{now}");
        }
    }
}

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference/custom-lints.md")
}

fn row(fact: &Fact) -> String {
    let kinds: Vec<&str> = fact.of.iter().map(|kind| kind.word()).collect();
    let every = CustomKind::parse("any").len();
    let of = if kinds.len() == every { "all".to_owned() } else { kinds.join(", ") };
    format!("| `{}` | {} | {of} | {} |\n", fact.name, fact.holds.words(), cell(fact.meaning))
}

/// The page with other rows in the first table below that heading.
fn with_rows(page: &str, heading: &str, rows: &str) -> String {
    let (before, rest) = page.split_once(&format!("\n{heading}\n")).expect(heading);
    let (head, rest) = rest.split_once("|---|\n").expect("a table");
    let old: usize = rest.split_inclusive('\n').take_while(|line| line.starts_with('|')).map(str::len).sum();
    format!("{before}\n{heading}\n{head}|---|\n{rows}{}", &rest[old..])
}

/// What stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_page_has_every_fact_filter_test_and_kind() {
    let page = fs::read_to_string(reference()).expect("the page can be read");
    let pairs = |pairs: &[(&str, &str)]| -> String {
        pairs.iter().map(|(name, meaning)| format!("| `{name}` | {} |\n", cell(meaning))).collect()
    };
    let mut now = with_rows(&page, "## Facts", &facts().map(row).collect::<String>());
    now = with_rows(&now, "## Filters", &pairs(FILTERS));
    now = with_rows(&now, "## Tests", &pairs(TESTS));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(reference(), &now).expect("the page can be written");
    } else {
        assert!(now == page, "run UPDATE=1 cargo test -p atlas9-driver custom\n{now}");
    }
    let (_, kinds) = now.split_once("## What `match` takes").expect("the heading");
    let kinds = kinds.split("\n## ").next().unwrap_or_default();
    let missing = CustomKind::words().into_iter().find(|kind| !kinds.contains(&format!("`{kind}`")));
    assert_eq!(missing, None, "a kind that the page does not have");
}

/// What the tables and the page show in backticks behind a colon is an expression that can be read.
#[test]
fn examples_of_facts_filters_and_tests_can_be_read() {
    let meanings = FILTERS.iter().chain(TESTS).map(|(_, meaning)| *meaning);
    let meanings = meanings.chain(facts().map(|fact| fact.meaning));
    let examples: Vec<&str> = meanings
        .filter_map(|meaning| meaning.split_once(": `")?.1.strip_suffix("`."))
        .filter(|example| !example.contains('`'))
        .filter(|example| example.contains(['|', ' ']) || example.starts_with("owner."))
        .collect();
    assert!(examples.len() > 10, "{examples:?}");
    for example in examples {
        let read = Expression::compile(example, CustomKind::parse("any"));
        assert!(read.is_ok(), "{example}: {:?}", read.err());
    }
}

/// The package of a lint with that condition, over one field.
fn asked(condition: &str) -> Checked {
    let config = format!(
        "name: shop\ncustom_lints:\n  strange:\n    match: field\n    where: {}\n    message: found\n",
        serde_json::to_string(condition).expect("a text")
    );
    checked(&config, "namespace shop\n\n/// A book.\ntype Book {\n  pages: int?\n}\n")
}

/// However large, deep, slow or odd: an answer or an error, never a panic, and soon.
#[test]
fn strange_expressions_harm_nobody() {
    let began = std::time::Instant::now();
    let repeated = |part: &str| part.repeat(1000 / part.len());
    let large = "name|list|join('0123456789')|".repeat(20) + "length";
    for condition in [
        repeated("("),
        repeated("not ") + "key",
        repeated("-") + "1",
        repeated("key+") + "1",
        repeated("["),
        "key".to_owned() + &repeated(".key"),
        repeated("'"),
        repeated("é"),
        "key".repeat(100_000),
        "'a' * 100000000 == name".to_owned(),
        "('a' * 100000)|replace('a', 'b' * 100000) == name".to_owned(),
        large,
        "name is matching('(a{1000}){1000}')".to_owned(),
        "name is matching(name ~ '(' )".to_owned(),
        "name is matching('(a+)+$' * 10)".to_owned(),
        "1 / 0 == 1".to_owned(),
        "9223372036854775807 * 9223372036854775807 * 9223372036854775807 == 1".to_owned(),
        "name[99999999999999999999]".to_owned(),
        "name < 3".to_owned(),
        "\u{0}\u{1b}[31m".to_owned(),
        "annotations.a.b.c".to_owned(),
        "fields|map('nothing')|list".to_owned(),
        "[name, name]|map('nothing')|list".to_owned(),
    ] {
        let checked = asked(&condition);
        let shown: String = condition.chars().take(40).collect();
        let errors = checked.diagnostics.iter().filter(|found| found.code.starts_with("E00")).count();
        let told = checked.diagnostics.iter().any(|found| found.code == "strange");
        assert!(errors <= 1000 && (errors == 0 || !told), "{shown}: {:#?}", checked.diagnostics);
        assert!(checked.diagnostics.iter().all(|found| found.help.is_some()), "{shown}");
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn what_a_schema_says_stays_on_one_line_of_a_message() {
    let config =
        "name: shop\ncustom_lints:\n  told:\n    match: type\n    where: docs\n    message: \"{{ docs }}\"\n";
    let docs = format!("/// One\n/// two {}\n", "x".repeat(5000));
    let checked = checked(config, &format!("namespace shop\n\n{docs}type Book {{\n  pages: int?\n}}\n"));
    let Some(told) = checked.diagnostics.iter().find(|found| found.code == "told") else {
        panic!("not told")
    };
    assert!(told.message.starts_with("One two x") && told.message.chars().count() == 1000, "{told:?}");
    assert_eq!(told.symbol.as_deref(), Some("Book"));
    assert!(told.help.as_deref().is_some_and(|help| help.contains("atlas.yaml:3")), "{told:?}");
}

/// The first lint of the page says what the page says it does.
#[test]
fn the_page_shows_what_is_said() {
    let page = fs::read_to_string(reference()).expect("the page can be read");
    let block =
        |fence: &str| page.split_once(fence).and_then(|(_, rest)| rest.split("```").next()).expect(fence);
    let checked = checked(block("```yaml\n"), "namespace shop\n\nresource Book {\n  id: int @key\n}\n");
    let shown = text(&checked.sources, &checked.diagnostics, Color::Off);
    let lines: String = shown.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert!(lines.contains(block("```text\n")), "{lines}");
}

/// The page of each error shows what raises it and what does not.
#[test]
fn pages_of_errors_keep_their_word() {
    for code in ["E0060", "E0061", "E0062", "E0063"] {
        let page = find_code(code).expect("the code").page;
        let blocks: Vec<&str> =
            page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        let codes = |config: &str| {
            let found = checked(config, "namespace shop\n").diagnostics;
            found.iter().map(|found| found.code.to_string()).collect::<Vec<_>>()
        };
        let [incorrect, correct] = blocks.as_slice() else { panic!("{code}: two blocks are expected") };
        assert!(codes(incorrect).iter().all(|found| found == code) && !codes(incorrect).is_empty(), "{code}");
        assert_eq!(codes(correct), [""; 0], "{code}");
    }
}

/// Ten thousand declarations are asked one after the other, whatever a lint wants to know of their owner.
#[test]
fn many_declarations_take_their_time_and_no_more() {
    let config = "name: shop\ncustom_lints:\n  wide:\n    match: any\n    where: \"owner.docs and annotations.a.b\"\n    message: wide\n  \
                  first:\n    match: field\n    where: \"name is matching('^f9{4}$') and owner.name == 'T'\"\n    message: found\n";
    let fields: String = (0..10_000).map(|at| format!("  f{at}: int?\n")).collect();
    let began = std::time::Instant::now();
    let checked = checked(config, &format!("namespace shop\ntype T {{\n{fields}}}\n"));
    let told: Vec<_> = checked.diagnostics.iter().filter(|found| found.code == "first").collect();
    assert_eq!(told.len(), 1);
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
}
