//! What the pages of the lints about shape have no room for: options, scopes of what fixes add, layout.

use atlas9_diagnostics::Diagnostic;
use atlas9_lints::{ALL_LINTS, Config, OptionValue, Setting};

use crate::support::fixed;

/// The findings of one lint with an option, and the schema after their fixes.
fn found(lint: &str, option: Option<(&str, OptionValue)>, schema: &str) -> (Vec<Diagnostic>, String) {
    let text = format!("namespace shop\n\n{schema}\n");
    let (sources, ir, wrong) = atlas9_analyze::analyze_texts(&[("shop.atlas", &text)]);
    assert_eq!(wrong, [], "{text}");
    let mut config = Config::default();
    config.set(ALL_LINTS, Setting::Allow).unwrap();
    config.set(lint, Setting::Warn).unwrap();
    if let Some((option, value)) = option {
        config.set_option(lint, option, value).unwrap();
    }
    let found = atlas9_lints::run(&ir.unwrap(), &sources, &config);
    let after = fixed(&text, &found);
    (found, after)
}

#[test]
fn words_are_chosen() {
    let words = |words: &[&str]| OptionValue::Words(words.iter().map(|&word| word.to_owned()).collect());
    let check = |lint: &str, option: &str, value: OptionValue, schema: &str, expected: [usize; 2]| {
        let counts = [None, Some((option, value))].map(|option| found(lint, option, schema).0.len());
        assert_eq!(counts, expected, "{lint}.{option}");
    };
    check("float_money", "money", words(&["worth"]), "type Line { price: float64 }", [1, 0]);
    check("float_money", "numbers", words(&[]), "type Line { price_ratio: float64 }", [0, 1]);
    check("timestamp_as_string", "days", words(&["day"]), "type Line { pay_day: string(..=10) }", [0, 1]);
    check("boolean_trap", "states", words(&["lent"]), "resource Book { id: uuid @key lent: bool }", [0, 1]);
    let nested = "resource A { id: uuid @key }\nresource B in A { id: uuid @key }";
    check("deep_nesting", "levels", OptionValue::Number(1), nested, [0, 1]);
    let query = "type Sum { n: int32 }\nresource A { id: uuid @key operations { query erase_all() -> Sum } }";
    check("unsafe_get", "writing", words(&["erase"]), query, [0, 1]);
}

#[test]
fn reads_are_added_for_whoever_reads() {
    let check = |lint: &str, operations: &str, expected: &str| {
        let schema = format!(
            "service Shop {{\n    version \"1.0.0\"\n    auth bearer {{ see \"See.\" change \"Change.\" }}\n}}\n\nresource Book \
             {{\n    id: uuid @key\n\n    operations {{\n{operations}\n    }}\n}}"
        );
        let (found, after) = found(lint, None, &schema);
        assert_eq!(found.len(), 1, "{schema}");
        assert!(after.contains(expected), "{after}");
    };
    let get = "resource_without_get";
    check(
        get,
        "        list requires see // all\n        delete requires change",
        "list requires see // all\n        get requires see\n        delete",
    );
    check(
        get,
        "        create requires change\n        delete public",
        "create requires change\n        get requires change",
    );
    check("resource_without_list", "        get public", "get public\n        list public");
}

#[test]
fn types_are_found_in_any_layout() {
    let check = |lint: &str, schema: &str, expected: &str| {
        let (_, after) = found(lint, None, schema);
        assert_eq!(after, format!("namespace shop\n\n{expected}\n"));
    };
    check(
        "timestamp_as_string",
        "type Bill {\n    paid_at\n        :string(1..=9)? // when\n    sent_at : int64 }",
        "type Bill {\n    paid_at\n        :timestamp? // when\n    sent_at : timestamp }",
    );
    // A default, a list and a comment in between are for their author to change.
    let kept = "type Bill { paid_at: int64 = 0 sent_at: [int64](..=9) made_at: // when\n    int64 }";
    check("timestamp_as_string", kept, kept);
    check("unanchored_pattern", "type A = string(/[()]{2}/)?", "type A = string(/^[()]{2}$/)?");
    check(
        "writable_state",
        "enum S { a b }\nresource A { id: uuid @key s:S=a @sensitive operations { create action go() moves s a -> b } }",
        "enum S { a b }\nresource A { id: uuid @key s:S=a @readonly @sensitive operations { create action go() moves s a -> b } }",
    );
}

#[test]
fn long_circles_are_told_briefly() {
    let link = |at: usize| {
        let next = (at + 1) % 900;
        format!("resource R{at} {{ id: uuid @key next_id: ref R{next} operations {{ create }} }}")
    };
    let schema: Vec<String> = (0..900).map(link).collect();
    let (found, _) = found("reference_cycle_of_required", None, &schema.join("\n"));
    let [only] = found.as_slice() else { panic!("one circle: {}", found.len()) };
    assert_eq!(only.symbol.as_deref(), Some("R0.next_id"));
    assert!(only.message.ends_with("which needs `R5`, which needs 894 more, which need `R0`"), "{only:?}");
    assert_eq!(only.labels.len(), 5);
}
