//! Emitters beside one another: what one embeds of the other.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use atlas9_driver::{CheckOptions, Emission, Package, PackageFile, check, emit, targets};

const SCHEMA: &str = "namespace shop
service Shop { version \"1.0.0\" }
resource Book { id: uuid @key operations { get public } }
";

/// What a run makes of a package with that `emit:`; of all emitters, or of those in `only`.
fn run(emitters: &str, only: &[&str]) -> Emission {
    let config = format!("name: shop\nemit:\n{emitters}");
    let mut package = Package::new(config.as_bytes(), "shop");
    package.members[0].files.push(PackageFile { name: "shop.atlas".to_owned(), bytes: SCHEMA.into() });
    let checked = check(package, &CheckOptions { no_lints: true, ..CheckOptions::default() });
    let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
    let targets = targets(&checked.config, &only).expect("the emitters are configured");
    emit(checked.ir.as_ref().unwrap_or_else(|| panic!("{:#?}", checked.diagnostics)), &targets)
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
