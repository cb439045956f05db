//! Keys, references, indexes and flat structures.

use crate::support::{emit, service, up};

/// The lines of the tables that hold this word, trimmed.
fn check(declarations: &str, database: &str, word: &str, expected: &[&str]) {
    let text = up(&service(declarations), database);
    let found: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.contains(word))
        .map(|line| line.trim_end_matches(','))
        .collect();
    assert_eq!(found, expected);
}

const NESTED: &str = "
    resource Book { id: uuid @key operations { get public } }
    resource Review in Book { id: uuid @key operations { get public } }
    resource Answer in Review { id: uuid @key operations { get public } }";

#[test]
fn a_child_is_found_by_all_keys() {
    check(
        NESTED,
        "sqlite",
        "KEY",
        &[
            "CONSTRAINT books_pkey PRIMARY KEY (id)",
            "CONSTRAINT reviews_pkey PRIMARY KEY (book_id, id)",
            "CONSTRAINT reviews_book_id_fkey FOREIGN KEY (book_id) REFERENCES books (id) ON DELETE RESTRICT",
            "CONSTRAINT answers_pkey PRIMARY KEY (book_id, review_id, id)",
            "CONSTRAINT answers_review_id_fkey FOREIGN KEY (book_id, review_id) REFERENCES reviews (book_id, id) ON DELETE RESTRICT",
        ],
    );
}

const LISTS: &str = "
    resource Store { id: uuid @key operations { get public } }
    resource Book in Store {
        id: uuid @key
        author_ids: [ref Author] @on_delete(cascade)
        related: [ref Book]
        operations { get public }
    }
    resource Author { id: string(..=9) @key operations { get public } }";

#[test]
fn a_list_of_references_is_a_table() {
    check(
        LISTS,
        "sqlite",
        "_id ",
        &[
            "store_id    TEXT    NOT NULL",
            "store_id  TEXT    NOT NULL",
            "book_id   TEXT    NOT NULL",
            "author_id TEXT    NOT NULL",
            "store_id      TEXT    NOT NULL",
            "book_id       TEXT    NOT NULL",
            "other_book_id TEXT    NOT NULL",
        ],
    );
    check(
        LISTS,
        "postgres",
        "(",
        &[
            "CREATE TABLE stores (",
            "CONSTRAINT stores_pkey PRIMARY KEY (id)",
            "CREATE TABLE books (",
            "CONSTRAINT books_pkey PRIMARY KEY (store_id, id)",
            "CONSTRAINT books_id_key UNIQUE (id)",
            "CONSTRAINT books_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores (id) ON DELETE RESTRICT",
            "CREATE TABLE authors (",
            "CONSTRAINT authors_pkey PRIMARY KEY (id)",
            "CONSTRAINT authors_id_check CHECK (length(id) <= 9)",
            "CREATE TABLE books_author_ids (",
            "CONSTRAINT books_author_ids_pkey PRIMARY KEY (store_id, book_id, author_id)",
            "CONSTRAINT books_author_ids_book_id_fkey FOREIGN KEY (store_id, book_id) REFERENCES books (store_id, id) ON DELETE CASCADE",
            "CONSTRAINT books_author_ids_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors (id) ON DELETE CASCADE",
            "CONSTRAINT books_author_ids_position_check CHECK (position >= 0)",
            "CREATE INDEX books_author_ids_author_id_idx ON books_author_ids (author_id);",
            "CREATE TABLE books_related (",
            "CONSTRAINT books_related_pkey PRIMARY KEY (store_id, book_id, other_book_id)",
            "CONSTRAINT books_related_book_id_fkey FOREIGN KEY (store_id, book_id) REFERENCES books (store_id, id) ON DELETE CASCADE",
            "CONSTRAINT books_related_other_book_id_fkey FOREIGN KEY (other_book_id) REFERENCES books (id) ON DELETE RESTRICT",
            "CONSTRAINT books_related_position_check CHECK (position >= 0)",
            "CREATE INDEX books_related_other_book_id_idx ON books_related (other_book_id);",
        ],
    );
}

#[test]
fn a_child_that_is_referred_to_has_a_key_of_its_own() {
    let declarations = "
        resource Book { id: uuid @key operations { get public } }
        resource Copy in Book {
            number: int32 @key @unique
            operations { get public delete soft(keep: 30d) public }
        }
        resource Loan { id: uuid @key copy_id: ref Copy operations { get public } }";
    check(
        declarations,
        "postgres",
        "number",
        &[
            "number      integer     NOT NULL",
            "CONSTRAINT copies_pkey PRIMARY KEY (book_id, number)",
            "CONSTRAINT copies_number_key UNIQUE (number)",
            "CONSTRAINT loans_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copies (number) ON DELETE RESTRICT",
        ],
    );
}

#[test]
fn a_union_is_one_of_its_variants() {
    let declarations = "
        resource Order {
            id: uuid @key
            payment: Payment
            refund: Payment?
            operations { get public }
        }
        union Payment by method { card: Card transfer: Transfer }
        type Card { number: string(..=19) }
        type Transfer { iban: string(..=34) }";
    check(
        declarations,
        "sqlite",
        "method",
        &[
            "CONSTRAINT orders_payment_check CHECK ((json_extract(payment, '$.method') IN ('card', 'transfer')) IS TRUE)",
            "CONSTRAINT orders_refund_check CHECK (refund IS NULL OR (json_extract(refund, '$.method') IN ('card', 'transfer')) IS TRUE)",
        ],
    );
    check(
        declarations,
        "postgres",
        "payment",
        &[
            "payment     jsonb  NOT NULL",
            "CONSTRAINT orders_payment_check CHECK ((payment ->> 'method' IN ('card', 'transfer')) IS TRUE)",
        ],
    );
}

const CIRCLE: &str = "
    resource Hen { id: uuid @key egg_id: ref Egg? @on_delete(clear) operations { get public } }
    resource Egg { id: uuid @key hen_id: ref Hen @on_delete(cascade) operations { get public } }";

#[test]
fn tables_in_a_circle_are_tied_afterwards() {
    check(
        CIRCLE,
        "postgres",
        "REFERENCES",
        &[
            "CONSTRAINT hens_egg_id_fkey FOREIGN KEY (egg_id) REFERENCES eggs (id) ON DELETE SET NULL",
            "ADD CONSTRAINT eggs_hen_id_fkey FOREIGN KEY (hen_id) REFERENCES hens (id) ON DELETE CASCADE;",
        ],
    );
    let emitted = emit(&service(CIRCLE), &["sqlite", "postgres"]);
    let down =
        |database: &str| emitted.files.get(&format!("{database}/0001_create.down.sql")).unwrap_or_default();
    assert!(down("postgres").contains("ALTER TABLE eggs DROP CONSTRAINT eggs_hen_id_fkey;"));
    assert!(down("sqlite").contains("PRAGMA defer_foreign_keys = ON;"));
}

#[test]
fn no_index_begins_another() {
    check(
        "resource Author { id: uuid @key operations { get public } }
         resource Book {
             id: uuid @key
             isbn: string @unique
             author_id: ref Author
             year: int
             operations { get public delete soft(keep: 30d) public }
             storage { index (author_id, year) index (author_id) unique (year, isbn) index (year) index (id) }
         }",
        "postgres",
        "INDEX",
        &[
            "CREATE UNIQUE INDEX books_isbn_key ON books (isbn) WHERE deleted_at IS NULL;",
            "CREATE UNIQUE INDEX books_year_isbn_key ON books (year, isbn) WHERE deleted_at IS NULL;",
            "CREATE INDEX books_author_id_year_idx ON books (author_id, year);",
            "CREATE INDEX books_year_idx ON books (year);",
        ],
    );
}

/// Only PostgreSQL's indexes are short of room.
#[test]
fn an_index_stops_before_what_may_be_too_long() {
    let declarations = "resource Book {
             id: uuid @key   title: string(..=200)   isbn: string(/^[0-9]{13}$/)   summary: string(..=2000)   text: string
             storage { index (title, isbn) index (title, summary, isbn) index (text, title) }
             operations { get public }
         }";
    check(
        declarations,
        "postgres",
        "INDEX",
        &[
            "CREATE INDEX books_title_isbn_idx ON books (title, isbn);",
            "CREATE INDEX books_text_title_idx ON books USING hash (text);",
        ],
    );
    check(
        declarations,
        "sqlite",
        "INDEX",
        &[
            "CREATE INDEX books_title_isbn_idx ON books (title, isbn);",
            "CREATE INDEX books_title_summary_isbn_idx ON books (title, summary, isbn);",
            "CREATE INDEX books_text_title_idx ON books (text, title);",
        ],
    );
}

#[test]
fn an_optional_structure_is_there_as_a_whole() {
    check(
        "resource Box { id: uuid @key size: Size? operations { get public } }
         type Size { width: int32 height: int32 label: string? }",
        "postgres",
        "size_",
        &[
            "size_width  integer",
            "size_height integer",
            "size_label  text",
            "CONSTRAINT boxes_size_check CHECK ((size_width IS NULL) = (size_height IS NULL) AND (size_width IS NOT NULL OR size_label IS NULL))",
        ],
    );
}

#[test]
fn defaults_that_sql_can_say() {
    let declarations = "
        resource Thing {
            id: uuid @key
            text: string = \"it's \\\\ here\"
            flag: bool = true
            price: decimal(9, 2) = 1.5
            at: timestamp = now
            tags: [string] = [\"a\"]
            size: Size = { width: 2, unit: \"cm\" }
            operations { get public }
        }
        type Size { width: int32 unit: string = \"m\" }";
    check(
        declarations,
        "sqlite",
        "DEFAULT",
        &[
            r"text        TEXT    NOT NULL DEFAULT 'it''s \ here'",
            "flag        INTEGER NOT NULL DEFAULT 1",
            "price       INTEGER NOT NULL DEFAULT 150, -- in units of 0.01",
            "at          TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))",
            r#"tags        TEXT    NOT NULL DEFAULT '["a"]'"#,
            "size_width  INTEGER NOT NULL DEFAULT 2",
            "size_unit   TEXT    NOT NULL DEFAULT 'cm'",
            "row_version INTEGER NOT NULL DEFAULT 1",
        ],
    );
    check(
        declarations,
        "postgres",
        "here",
        &[r"text        text          NOT NULL DEFAULT E'it''s \\ here'"],
    );
}
