//! Every cell of the server's contract is shown by a step of a case, which plays on both servers and both databases: the table
//! `tests/run/http/contract.txt` says by which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use atlas9_suite::http::{Case, Step};
use atlas9_suite::place::root;

/// Folders with cases.
const FOLDERS: [&str; 7] =
    ["", "compiled", "serve", "library", "library/compiled", "library/serve", "tenants"];

/// A line of the table.
struct Row<'t> {
    operation: &'t str,
    status: &'t str,
    headers: Vec<String>,
    what: &'t str,
    file: &'t str,
    step: &'t str,
}

#[test]
fn every_cell_of_the_contract_is_shown() {
    let (text, cases) = (table(), cases());
    let (mut wrong, mut named, mut known) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for row in rows(&text) {
        if !known.insert((row.operation, row.status, row.what)) {
            wrong.push(format!("[{}] {} {} stands there twice", row.operation, row.status, row.what));
        }
        named.insert(row.file);
        wrong.extend(unlike(&row, &cases).map(|why| format!("[{}] {}: {why}", row.operation, row.what)));
    }
    let forgotten = cases.keys().filter(|file| !named.contains(file.as_str()));
    wrong.extend(forgotten.map(|file| format!("{file}.http has no row")));
    assert!(wrong.is_empty(), "tests/run/http/contract.txt:\n{}", wrong.join("\n"));
}

/// What a step does not show of its row.
fn unlike(row: &Row<'_>, cases: &BTreeMap<String, Vec<Step>>) -> Option<String> {
    if row.file.ends_with(".rs") {
        let source = std::fs::read_to_string(root().join(row.file)).unwrap_or_default();
        let there = source.contains(&format!("fn {}(", row.step));
        return (!there).then(|| format!("{} has no test `{}`", row.file, row.step));
    }
    let steps = cases.get(row.file).into_iter().flatten();
    let Some(step) = steps.into_iter().find(|step| step.title == row.step) else {
        return Some(format!("{}.http has no step `{}`", row.file, row.step));
    };
    if step.status.to_string() != row.status {
        return Some(format!("`{}` expects {}, not {}", row.step, step.status, row.status));
    }
    let shows =
        |name: &String| step.expected_headers.iter().any(|(known, value)| known == name && value != "<none>");
    let missing = row.headers.iter().find(|name| !shows(name))?;
    Some(format!("`{}` expects no header `{missing}`", row.step))
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let (mut found, mut operation) = (Vec::new(), "");
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => operation = name,
            None => found.push(row(operation, line)),
        }
    }
    assert!(found.len() > 200, "the table has only {} rows", found.len());
    found
}

fn row<'t>(operation: &'t str, line: &'t str) -> Row<'t> {
    let cells: Vec<&str> = line.splitn(3, "  ").map(str::trim).collect();
    let [answer, what, step] = cells[..] else { panic!("a row has three cells: {line}") };
    let (file, step) = step.split_once(": ").unwrap_or_else(|| panic!("no step in {line}"));
    let mut answer = answer.split(' ');
    let status = answer.next().unwrap_or_default();
    Row { operation, status, headers: answer.map(str::to_lowercase).collect(), what, file, step }
}

/// The steps of every file, by its path without the ending.
fn cases() -> BTreeMap<String, Vec<Step>> {
    let each = FOLDERS.iter().flat_map(|folder| {
        let cases = Case::all(&here().join(folder));
        cases
            .into_iter()
            .map(move |case| (Path::new(folder).join(case.name).display().to_string(), case.steps))
    });
    let found: BTreeMap<_, _> = each.collect();
    let files = walk(&here());
    assert_eq!(files, found.len(), "a folder with cases is not known here");
    found
}

/// How many cases there are below a folder.
fn walk(folder: &Path) -> usize {
    let entries =
        std::fs::read_dir(folder).expect("the folder can be read").flatten().map(|entry| entry.path());
    entries
        .map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                usize::from(path.extension().is_some_and(|end| end == "http"))
            }
        })
        .sum()
}

fn table() -> String {
    std::fs::read_to_string(here().join("contract.txt")).expect("the table is there")
}

fn here() -> PathBuf {
    root().join("tests/run/http")
}
