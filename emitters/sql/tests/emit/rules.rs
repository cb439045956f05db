//! Conditions of the schema as checks: what the language means, in both dialects, or nothing.

use crate::support::{service, up};

/// The check of a rule over the fields, in SQLite and in PostgreSQL.
fn check(condition: &str, sqlite: Option<&str>, postgres: Option<&str>) {
    let schema = service(&format!(
        "resource Thing {{
             id: uuid @key
             flag: bool
             maybe: bool?
             small: int32
             price: decimal(9, 2)
             exact: decimal(12, 4)?
             ratio: float64
             name: string
             nick: string?
             day: date
             begins: timestamp
             ends: timestamp?
             state: State
             tags: [string]
             span: duration
             size: Size?
             operations {{ get public }}
             rules {{ r: {condition} \"Must hold.\" }}
         }}
         enum State {{ open shut }}
         type Size {{ width: int32 height: int32? }}"
    ));
    for (database, expected) in [("sqlite", sqlite), ("postgres", postgres)] {
        let text = up(&schema, database);
        let line =
            text.lines().find_map(|line| line.trim().strip_prefix("CONSTRAINT things_r_check CHECK ("));
        let found = line.map(|line| line.trim_end_matches(',').trim_end_matches(')'));
        let expected = expected.map(|expected| expected.trim_end_matches(')'));
        assert_eq!(found, expected, "{condition} in {database}");
    }
}

fn same(condition: &str, both: &str) {
    check(condition, Some(both), Some(both));
}

#[test]
fn words_and_brackets() {
    same("flag or small > 3 and small < 9", "flag OR small > 3 AND small < 9");
    same("(flag or small > 3) and not (small = 7)", "(flag OR small > 3) AND NOT (small = 7)");
    same("state in [open, shut]", "state IN ('open', 'shut')");
    check("flag = true", Some("flag = 1"), Some("flag = true"));
}

#[test]
fn null_is_a_value_and_nothing_is_unknown() {
    same("nick != null", "nick IS NOT NULL");
    same("maybe", "maybe IS TRUE");
    same("ends > begins", "(ends > begins) IS TRUE");
    same("nick in [\"a\", \"b\"]", "(nick IN ('a', 'b')) IS TRUE");
    same("size != null", "size_width IS NOT NULL");
    check("nick = name", Some("nick IS name"), Some("nick IS NOT DISTINCT FROM name"));
    check("nick != name", Some("nick IS NOT name"), Some("nick IS DISTINCT FROM name"));
}

#[test]
fn decimals_are_whole_numbers_in_sqlite() {
    check("price >= 1.5", Some("price >= 150"), Some("price >= 1.5"));
    check("price < exact", Some("(price * 100 < exact) IS TRUE"), Some("(price < exact) IS TRUE"));
    check("price + 1 > 2.25", Some("price + 100 > 225"), Some("price + 1 > 2.25"));
}

#[test]
fn types_of_the_databases() {
    check("small + small > 3", Some("small + small > 3"), Some("small::bigint + small::bigint > 3"));
    check("-small > 3", Some("- small > 3"), Some("- small::bigint > 3"));
    check("length(tags) < 3", Some("json_array_length(tags) < 3"), Some("jsonb_array_length(tags) < 3"));
    same("length(name) < 3", "length(name) < 3");
    same("begins > \"2026-01-01T00:00:00Z\"", "begins > '2026-01-01T00:00:00.000000Z'");
    same("ratio < 0.5", "ratio < 0.5");
}

#[test]
fn what_sql_cannot_say_is_left_to_the_server() {
    check("begins <= now", None, None);
    check("flag or begins <= now", None, None);
    check("span != \"PT1H\"", None, None);
}
