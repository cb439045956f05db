//! All lints over many resources with many faults: ten thousand are looked at, and each says what it says among a few.

use std::collections::BTreeMap;

use atlas9_driver::{CheckOptions, Date, Package, PackageFile, check};

/// Resources of a file.
const FILE: usize = 500;

#[test]
fn ten_thousand_resources_are_told_what_a_few_are() {
    let (few, more, many) = (findings(200), findings(400), findings(10_000));
    assert!(more.len() > 30, "only {} lints find something: {:?}", more.len(), more.keys());
    for (lint, count) in &many {
        let count_of = |found: &BTreeMap<String, usize>| found.get(lint).copied().unwrap_or_default();
        // What is told once for the package, or once for a circle, stays as it is; all else grows with the resources.
        let each = (count_of(&more) - count_of(&few)) / 200;
        assert_eq!(*count, count_of(&more) + each * 9_600, "{lint}");
    }
}

/// How often each lint finds something in so many resources.
fn findings(resources: usize) -> BTreeMap<String, usize> {
    let mut package = Package::new(b"name: shop\nlints: { all: warn }\n", "shop");
    for file in 0..resources.div_ceil(FILE) {
        let within = file * FILE..resources.min((file + 1) * FILE);
        let text = format!("namespace shop\n\n{}", within.map(resource).collect::<String>());
        package.members[0]
            .files
            .push(PackageFile { name: format!("{file}.atlas"), bytes: text.into_bytes() });
    }
    let service = "namespace shop\n\nservice Shop {\n    version \"1.4.0\"\n    auth bearer { everything \"All.\" }\n}\n";
    package.members[0].files.push(PackageFile { name: "service.atlas".to_owned(), bytes: service.into() });
    let options = CheckOptions { today: Date::parse("2026-11-21"), ..CheckOptions::default() };
    let checked = check(package, &options);
    assert_eq!(checked.counts.files, resources.div_ceil(FILE) + 1);
    assert!(checked.ir.is_some(), "{:?}", checked.diagnostics.first());
    let mut found = BTreeMap::new();
    for finding in checked.diagnostics {
        *found.entry(finding.code.into_owned()).or_default() += 1;
    }
    found
}

/// A resource, its state and its error, each with faults. Each refers to the one before it, the first to itself.
fn resource(number: usize) -> String {
    let before = number.saturating_sub(1);
    format!(
        "resource Thing{number} {{
    id: uuid @key
    thingName: string
    price: float64
    other_id: uuid
    previous_id: ref Thing{before}?
    thing{before}_id: uuid?
    password: string(8..=80)
    status: Status{number}
    old: string? @deprecated(since: \"1.4.0\", sunset: 2026-12-01, use: older, \"Old.\")
    older: string(..=9) @deprecated(sunset: 2026-01-01)
    created: timestamp
    sold: bool? = false
    kind: int32 @allow(float_money, \"Unused.\")
    operations {{
        list filter(price, password) sort(created, older)
        create
        update
        delete soft(keep: 30d)
        action publishIt(newTitle: string) -> Thing{number}
            moves status DRAFT -> published
        query all_things() -> [Thing{number}]
    }}
    storage {{
        index (price)
        index (price, sold)
        index (sold)
    }}
}}

enum Status{number} {{
    DRAFT
    published
}}

error Failed{number}: unavailable {{
    message \"SQL failed.\"
    stack_trace: string
}}

"
    )
}
