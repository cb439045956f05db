//! The bookstore example: its own Rust runs where the schema says so, and `serve` says what it cannot do.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use atlas9_suite::command::said;
use atlas9_suite::http::{Case, play};
use atlas9_suite::place::{programs, root, target};
use atlas9_suite::server::TOKEN;

use crate::servers::{compiled, serve};

#[test]
fn an_action_without_code_is_rust_in_the_compiled_server_and_501_in_serve() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    let check = |server: &str, url: &str| {
        let cases = Case::all(&root().join("tests/run/http").join(server));
        cases.iter().for_each(|case| drop(play(case, url, TOKEN)));
    };
    check("compiled", &compiled(&database("compiled")).url);
    check("serve", &serve(&database("serve")).url);
}

#[test]
fn a_build_script_tells_cargo_what_is_wrong_and_where() {
    programs();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let package = folder.path().join("package");
    fs::create_dir_all(package.join("schema")).expect("the folder can be made");
    fs::write(package.join("atlas.yaml"), "name: shop\nschema: schema/*.atlas\n")
        .expect("the file can be written");
    let schema = "namespace shop\n\nservice Shop { version \"1.0.0\" }\n\nresource Pen {\n    id: uuid @key\n    ink: strng\n    operations { list public }\n}\n";
    fs::write(package.join("schema/pens.atlas"), schema).expect("the file can be written");
    let build =
        || said(Command::new(build_script()).env("OUT_DIR", folder.path().join("out")).current_dir(&package));
    let wrong = build();
    assert_eq!(wrong.status, 1, "{wrong:?}");
    let line = wrong
        .out
        .lines()
        .find(|line| line.starts_with("cargo::error="))
        .unwrap_or_else(|| panic!("{wrong:?}"));
    assert!(
        line.contains("schema/pens.atlas:7:10") && line.contains("string") && !wrong.err.contains("panicked"),
        "{wrong:?}"
    );

    fs::write(package.join("schema/pens.atlas"), schema.replace("strng", "string(1..=9)"))
        .expect("the file can be written");
    let good = build();
    assert_eq!(good.status, 0, "{good:?}");
    assert!(good.out.contains("cargo::rerun-if-changed="), "{good:?}");
    assert!(folder.path().join("out/atlas9/rust-server/shop/mod.rs").exists(), "nothing was generated");
}

#[test]
fn a_build_script_watches_the_schema_and_not_what_cargo_writes() {
    programs();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let package = folder.path();
    let write = |name: &str, text: &str| {
        let path = package.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write("shop.atlas", "namespace shop\n\nservice Shop { version \"1.0.0\" }\n");
    write(
        "more/pens.atlas",
        "namespace shop\n\nresource Pen {\n    id: uuid @key\n    operations { list public }\n}\n",
    );
    let out = package.join("target/debug/build/shop/out");
    let check = |config: &str, expected: &[&str]| {
        write("atlas.yaml", config);
        let said = said(Command::new(build_script()).env("OUT_DIR", &out).current_dir(package));
        assert_eq!(said.status, 0, "{said:?}");
        let watched: Vec<&str> =
            said.out.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed=")).collect();
        assert_eq!(watched, expected);
    };
    // Everything lies beside the target folder, which changes at each build.
    let files = ["./atlas.yaml", "./more", "./more/pens.atlas", "./shop.atlas"];
    check("name: shop\n", &files);
    check("name: shop\nschema: [\"*.atlas\", \"more/*.atlas\"]\n", &files);
}

/// The bookstore's build script, which is nothing but a call of the library: cargo built it just now.
pub fn build_script() -> PathBuf {
    let built = fs::read_dir(target().join("debug/build")).expect("build scripts lie there");
    let scripts = built.filter_map(|entry| Some(entry.ok()?.path().join("build-script-build")));
    let ours = scripts.filter(|path| path.to_string_lossy().contains("/bookstore-") && path.exists());
    let time = |path: &PathBuf| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    ours.max_by_key(time).expect("the bookstore has a build script")
}
