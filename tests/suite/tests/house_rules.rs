//! The example of lints of one's own: it is clean, and each of its rules finds what breaks it.

use std::fs;

use atlas9_suite::command::said;
use atlas9_suite::place::{atlas9, root};

use crate::openapi::copy_package;

#[test]
fn the_house_rules_example_is_clean() {
    let folder = root().join("examples/house-rules");
    let said = said(atlas9().args(["check", "--today", "2026-11-21", "--fail-on", "warning"]).arg(folder));
    assert_eq!(said.status, 0, "{}", said.err);
}

/// What breaks a rule, and what is said of it.
const BROKEN: &[(&str, &str, &str)] = &[
    (
        " @allow(key_not_uuid, \"Printed on each parcel since 1998.\")",
        "",
        "error[key_not_uuid]: the key `number` of `Parcel` is of type `string`",
    ),
    (
        "price:  Money",
        "price:  decimal(9, 2)",
        "warning[amount_without_currency]: `Tariff.price` is money, and of type `decimal`",
    ),
    ("postage_fee:  Money", "postage_fee:  int32", "warning[amount_without_currency]: `Parcel.postage_fee`"),
    (
        " @open(because: \"It hangs in each shop.\")",
        "",
        "warning[list_without_scope]: whoever has a token can list all of `Tariff`",
    ),
    (
        " @open(because: \"It hangs in each shop.\")",
        "public",
        "warning[list_without_scope]: everybody can list all of `Tariff`",
    ),
    (
        "weight.",
        "weight",
        "warning[docs_without_full_stop]: what is said of `Tariff` ends without a full stop",
    ),
    ("weight: ", "data: ", "warning[name_says_nothing]: `Parcel.data` does not say what it holds"),
    (" @team(name: \"billing\")", "", "error[team_missing]: nobody looks after `Tariff`"),
    ("\"billing\"", "\"biling\"", "error[team_missing]: there is no team `biling` to look after `Tariff`"),
];

#[test]
fn each_rule_finds_what_breaks_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_package(&root().join("examples/house-rules"), folder.path());
    let path = folder.path().join("schema/parcels.atlas");
    let schema = fs::read_to_string(&path).expect("the schema can be read");
    let config = fs::read_to_string(folder.path().join("atlas.yaml")).expect("the configuration can be read");
    for (from, to, expected) in BROKEN {
        assert!(schema.contains(from), "`{from}` is not there");
        fs::write(&path, schema.replace(from, to)).expect("the file can be written");
        let said = said(atlas9().args(["check", "--today", "2026-11-21"]).arg(folder.path()));
        assert!(said.err.contains(expected), "{from}: {expected}\n{}", said.err);
        assert_eq!(said.status, i32::from(expected.starts_with("error")), "{from}");
    }
    let rules = config.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
    let untold = rules.filter(|rule| !rule.starts_with(' ') && *rule != "openapi");
    let untold: Vec<_> =
        untold.filter(|rule| !BROKEN.iter().any(|(_, _, said)| said.contains(rule))).collect();
    assert_eq!(untold, [""; 0], "rules that nothing breaks");
}
