//! Emitters beside one another: what one embeds of the other.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;

use atlas9_driver::ir::Ir;
use atlas9_driver::{
    CheckOptions, Checked, Emission, Package, PackageFile, Target, check, emit, survey, targets,
};

const SCHEMA: &str = "namespace shop
service Shop { version \"1.0.0\" }
resource Book { id: uuid @key operations { get public } }
";

fn checked(config: &str, schema: &str) -> Checked {
    let mut package = Package::new(config.as_bytes(), "shop");
    package.members[0].files.push(PackageFile { name: "shop.atlas".to_owned(), bytes: schema.into() });
    check(package, &CheckOptions { no_lints: true, ..CheckOptions::default() })
}

/// What a run makes of a package with that `emit:`; of all emitters, or of those in `only`.
fn run(emitters: &str, only: &[&str]) -> Emission {
    let checked = checked(&format!("name: shop\nemit:\n{emitters}"), SCHEMA);
    let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
    let targets = targets(&checked.config, &only).expect("the emitters are configured");
    emitted(checked.ir.as_ref().unwrap_or_else(|| panic!("{:#?}", checked.diagnostics)), &targets)
}

/// What the targets make; what `check` says of them without it is the same.
fn emitted(ir: &Ir, targets: &[Target]) -> Emission {
    let emission = emit(ir, targets);
    assert_eq!(survey(ir, targets), emission.diagnostics);
    emission
}

#[test]
fn a_server_embeds_the_same_whatever_else_is_generated() {
    let service = |only: &[&str]| {
        let emission = run("  openapi:\n  rust-server:\n  sql: { out: db }\n", only);
        let output = emission.outputs.into_iter().find(|output| output.emitter == "rust-server");
        let files = output.expect("the server is made").files;
        files.get("shop/service.rs").expect("it has the service").to_owned()
    };
    let all = service(&[]);
    assert!(all.contains("include_str!(\"../../../db/sqlite/0001_create.up.sql\")"), "{all}");
    assert!(all.contains("include_str!(\"../../openapi/openapi.json\")"), "{all}");
    assert_eq!(service(&["rust-server"]), all);
}

#[test]
fn what_is_embedded_is_written() {
    let found = |emitters: &str| {
        let found: Vec<_> =
            run(emitters, &[]).diagnostics.into_iter().map(|finding| finding.message).collect();
        found.join("\n")
    };
    assert_eq!(found("  rust-server:\n  sql:\n"), "");
    assert_eq!(
        found("  rust-server:\n  sql: { databases: [sqlite] }\n"),
        "`rust-server` embeds `postgres/0001_create.up.sql`, which `sql` does not write"
    );
    assert_eq!(found("  rust-server: { databases: [sqlite] }\n  sql: { databases: [sqlite] }\n"), "");
}

#[test]
fn a_survey_says_what_a_run_would() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let cases = std::fs::read_dir(cases).expect("there are cases").flatten();
    let cases = cases.filter_map(|entry| std::fs::read_to_string(entry.path()).ok());
    for text in cases.chain([SCHEMA.to_owned()]) {
        each_target(&text);
    }
}

#[test]
fn a_survey_refuses_what_a_run_would() {
    let refused = |members: &str| {
        let book = format!("resource Book {{ id: uuid @key {members} operations {{ get public }} }}");
        assert!(each_target(&format!("namespace shop service Shop {{ version \"1.0.0\" }}\n{book}")) > 0);
    };
    refused("price: decimal(28, 2)");
    refused("cmin: int32");
    refused(&format!("{}: int32", "long_".repeat(20)));
}

/// How many targets, each alone, refuse the schema.
fn each_target(schema: &str) -> usize {
    let checked = checked("name: shop", schema);
    let ir = checked.ir.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    let targets = targets(&checked.config, &[]).expect("all run");
    targets
        .into_iter()
        .filter(|target| !emitted(&ir, std::slice::from_ref(target)).diagnostics.is_empty())
        .count()
}
