//! The tables of two schemas as a whole, so that a change of the SQL is seen in review.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use crate::support::emit_all;

const BOOKSTORE: [(&str, &str); 4] = [
    ("service.atlas", include_str!("../../../../examples/bookstore/schema/service.atlas")),
    ("authors.atlas", include_str!("../../../../examples/bookstore/schema/authors.atlas")),
    ("books.atlas", include_str!("../../../../examples/bookstore/schema/books.atlas")),
    ("reviews.atlas", include_str!("../../../../examples/bookstore/schema/reviews.atlas")),
];

const TENANTS: [(&str, &str); 1] = [("tenants.atlas", include_str!("../fixtures/tenants.atlas"))];

const SEARCH: [(&str, &str); 1] = [("search.atlas", include_str!("../fixtures/search.atlas"))];

/// A file that is made of a schema is the one in `golden`. `UPDATE=1 cargo test` writes it.
fn check(schema: &[(&str, &str)], path: &str, golden: &str) {
    let emitted = emit_all(schema, &["sqlite", "postgres"]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let made = emitted.files.get(path).expect("the file is made");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(golden);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, made).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        made, expected,
        "the SQL has changed; look at it, then run: UPDATE=1 cargo test -p atlas9-emit-sql"
    );
}

#[test]
fn sqlite() {
    check(&BOOKSTORE, "sqlite/0001_create.up.sql", "bookstore.sqlite.sql");
    check(&TENANTS, "sqlite/0001_create.up.sql", "tenants.sqlite.sql");
    check(&SEARCH, "sqlite/0001_create.up.sql", "search.sqlite.sql");
}

#[test]
fn postgres() {
    check(&BOOKSTORE, "postgres/0001_create.up.sql", "bookstore.postgres.sql");
    check(&TENANTS, "postgres/0001_create.up.sql", "tenants.postgres.sql");
    check(&SEARCH, "postgres/0001_create.up.sql", "search.postgres.sql");
}

#[test]
fn down_goes_the_other_way() {
    let emitted = emit_all(&BOOKSTORE, &["sqlite"]);
    let down = emitted.files.get("sqlite/0001_create.down.sql").expect("the file is made");
    let drops: Vec<&str> = down.lines().filter(|line| line.starts_with("DROP")).collect();
    let expected = [
        "DROP TABLE reviews;",
        "DROP TABLE books;",
        "DROP TABLE atlas9_books_search;",
        "DROP TABLE atlas9_books_search_rows;",
        "DROP TABLE authors;",
    ];
    assert_eq!(drops, expected);
    assert_eq!(emitted.files.len(), 2, "only what is asked for");
}
