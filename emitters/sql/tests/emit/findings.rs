//! What a database cannot hold is an error at the declaration, with a way out, and nothing is made.

use crate::support::{emit, service};
use atlas9_diagnostics::find_code;

/// The emitter finds exactly this.
fn check(schema: &str, expected: &[(&str, &str)]) {
    let emitted = emit(schema, &["sqlite", "postgres"]);
    let found: Vec<(&str, &str)> =
        emitted.diagnostics.iter().map(|finding| (finding.code.as_ref(), finding.message.as_str())).collect();
    assert_eq!(found, expected);
    assert!(emitted.diagnostics.iter().all(|finding| finding.help.is_some() && finding.span.is_some()));
    assert_eq!(emitted.files.is_empty(), !expected.is_empty());
}

fn find(declarations: &str, expected: &[(&str, &str)]) {
    check(&service(declarations), expected);
}

#[test]
fn pages_keep_their_word() {
    for name in ["E0703", "E0704", "E0705", "E0706", "E0715"] {
        let page = find_code(name).map_or("", |code| code.page);
        let blocks: Vec<&str> =
            page.split("```atlas\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        let [incorrect, correct] = blocks.as_slice() else { panic!("{name} has two blocks") };
        let codes: Vec<String> = emit(incorrect, &["sqlite", "postgres"])
            .diagnostics
            .iter()
            .map(|found| found.code.to_string())
            .collect();
        assert_eq!(codes, [name]);
        check(correct, &[]);
    }
}

#[test]
fn names_that_clash() {
    find(
        "resource Book { id: uuid @key price: Price price_amount: int operations { get public } }
         type Price { amount: int }",
        &[("E0701", "`price_amount` and `price.amount` would both be the column `price_amount`")],
    );
    find(
        "resource Book { id: uuid @key row: Row operations { get public } }
         type Row { version: int }",
        &[("E0701", "`row.version` and the version of every row would both be the column `row_version`")],
    );
    find(
        "resource Book { id: uuid @key xmin: int operations { get public } }",
        &[("E0701", "every table in PostgreSQL has a column `xmin` already")],
    );
    find(
        "resource SqliteThing { id: uuid @key operations { get public } }",
        &[("E0701", "table names that begin with `sqlite_` belong to SQLite")],
    );
}

#[test]
fn references_that_nothing_can_keep() {
    find(
        "resource Author { id: uuid @key operations { get public } }
         resource Book { id: uuid @key credits: [Credit] operations { get public } }
         type Credit { author_id: ref Author }",
        &[("E0703", "a reference to `Author` inside a value that is stored as JSON cannot be kept valid")],
    );
}

#[test]
fn tables_of_lists_that_clash() {
    find(
        "resource Author { id: uuid @key operations { get public } }
         resource Book { id: uuid @key author_ids: [ref Author] operations { get public } }
         resource BooksAuthorId { id: uuid @key operations { get public } }",
        &[("E0701", "`BooksAuthorId` and `Book.author_ids` would both be the table `books_author_ids`")],
    );
    find(
        "resource Author { id: uuid @key operations { get public } }
         resource Book { id: uuid @key pkey: [ref Author] operations { get public } }",
        &[("E0701", "the table of `Book.pkey` and an index of `Book` would both be called `books_pkey`")],
    );
    let long = "a".repeat(60);
    find(
        &format!(
            "resource Author {{ id: uuid @key operations {{ get public }} }}
             resource Book {{ id: uuid @key {long}: [ref Author] operations {{ get public }} }}"
        ),
        &[("E0705", &format!("PostgreSQL cuts names at 63 bytes, and `books_{long}` has 66"))],
    );
}

#[test]
fn tables_that_are_too_wide() {
    let types: String = (0..12).map(|n| format!("type T{n} {{ a: T{m} b: T{m} }}\n", m = n + 1)).collect();
    find(
        &format!(
            "resource Wide {{ id: uuid @key all: T0 operations {{ get public }} }}
             {types}
             type T12 {{ x: int }}"
        ),
        &[("E0702", "a table cannot have 1600 columns or more")],
    );
}
