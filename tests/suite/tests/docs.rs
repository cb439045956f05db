//! The reference page: valid HTML for every case, calls that compile, and a walk through it in a browser.

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_suite::command::{run, said};
use atlas9_suite::place::{generate, root, scratch};
use atlas9_suite::server::TOKEN;
use atlas9_suite::tools;

use crate::cases::packages;
use crate::sdk_go;
use crate::sdk_rust;
use crate::servers::{compiled, serve};

/// The pages of all cases.
fn pages() -> Vec<(String, PathBuf)> {
    let made = packages().into_iter().map(|(name, package)| {
        let out = scratch("docs").join(&name);
        generate(&package, &out, &["docs"]);
        (name, out.join("generated/docs/index.html"))
    });
    made.collect()
}

#[test]
fn every_page_is_valid_html() {
    let paths = pages().into_iter().map(|(_, path)| path);
    let config = root().join("tests/suite/tools/html.json");
    let judged = said(tools::node("html-validate").arg("--config").arg(config).args(paths));
    assert_eq!(judged.status, 0, "{}{}", judged.out, judged.err);
}

#[test]
fn the_typescript_calls_of_every_page_compile() {
    for (name, package) in packages() {
        let out = scratch("docs_calls").join(&name);
        generate(&package, &out, &["docs", "sdk-typescript"]);
        let page = fs::read_to_string(out.join("generated/docs/index.html")).expect("the page is there");
        let sdk = out.join("generated/sdk-typescript");
        let client = code_of(&page, "data-t=\"typescript\"");
        let (made, class) =
            client.first().and_then(|line| line.split_once(" = new ")).expect("a client is made");
        let class = class.split('(').next().expect("a class is named");
        let mut text = format!("import {{ {class} }} from \"./index.js\";\n{}\n", client.concat());
        let calls = code_of(&page, "data-l=\"typescript\"");
        assert!(!calls.is_empty(), "{name} has no calls");
        for call in calls {
            // Each by itself, for all of them call the same things by the same names.
            text.push_str(&format!("export async function _{}(): Promise<unknown> {{\n", text.len()));
            let kept = call.strip_prefix("const ").and_then(|rest| rest.split_once(" = "));
            let answer = kept.map_or_else(|| "undefined".to_owned(), |(variable, _)| variable.to_owned());
            text.push_str(&format!("{call}\nreturn {answer};\n}}\n"));
        }
        assert!(made.starts_with("const "), "{made}");
        fs::write(sdk.join("src/calls.ts"), text).expect("the file can be written");
        run(tools::node("tsc").args(["--noEmit", "--project"]).arg(sdk.join("tsconfig.json")));
    }
}

#[test]
fn the_go_calls_of_every_page_compile_and_are_formatted() {
    let work = scratch("docs_calls_go");
    let made = packages().into_iter().map(|(name, package)| {
        let out = work.join(&name);
        generate(&package, &out, &["docs", "sdk-go"]);
        let page = fs::read_to_string(out.join("generated/docs/index.html")).expect("the page is there");
        let sdk = out.join("generated/sdk-go");
        fs::write(sdk.join("calls_test.go"), go_calls(&sdk, &page)).expect("the file can be written");
        sdk
    });
    let modules: Vec<PathBuf> = made.collect();
    assert_eq!(run(tools::go("gofmt").arg("-l").args(&modules)), "", "gofmt would change these");
    sdk_go::check_all(&work, &modules, "go", &["vet"]);
}

#[test]
fn the_rust_calls_of_every_page_compile_and_are_formatted() {
    sdk_rust::check_calls();
}

/// A file of tests around calls; each is in a block of its own, for all of them call the same things by the same names.
const GO_CALLS: &str = "package PACKAGE_test

import (
\t\"context\"
\t\"encoding/json\"
\t\"fmt\"
\t\"time\"

\t\"MODULE\"
\t\"MODULE/api\"
\t\"MODULE/filter\"
\t\"MODULE/opt\"
\t\"MODULE/option\"
)

var (
\t_ api.Call
\t_ filter.Condition
\t_ fmt.State
\t_ json.Number
\t_ opt.Value[int]
\t_ option.Option
\t_ time.Time
)

func _(ctx context.Context) error {
\tCLIENT
\tif err != nil {
\t\treturn err
\t}
CALLS\treturn nil
}
";

fn go_calls(module: &Path, page: &str) -> String {
    let manifest = fs::read_to_string(module.join("go.mod")).expect("the module has a manifest");
    let path = manifest.lines().find_map(|line| line.strip_prefix("module ")).expect("a module is named");
    let client = code_of(page, "data-t=\"go\"").concat();
    let made = client.strip_prefix("client, err := ").expect("a client is made");
    let package = made.split('.').next().expect("a package is named");
    let calls = code_of(page, "data-l=\"go\"");
    assert!(!calls.is_empty(), "{path} has no calls");
    let block = |call: &String| {
        let kept = call.split_once(" := ").map(|(kept, _)| kept).filter(|kept| !kept.starts_with("for "));
        let used = kept.map_or_else(String::new, |kept| match kept.contains(',') {
            true => format!("\n_, _ = {kept}"),
            false => format!("\n_ = {kept}"),
        });
        format!("\t{{\n\t\t{}\n\t}}\n", format!("{call}{used}").replace('\n', "\n\t\t"))
    };
    let calls: String = calls.iter().map(block).collect();
    let parts =
        [("PACKAGE", package), ("MODULE", path), ("CLIENT", client.as_str()), ("CALLS", calls.as_str())];
    parts.iter().fold(GO_CALLS.to_owned(), |text, (place, part)| text.replace(place, part))
}

/// What stands in the boxes of code that have the attribute.
pub fn code_of(page: &str, attribute: &str) -> Vec<String> {
    let boxes = page
        .split("<figure")
        .skip(1)
        .filter(|figure| figure.split('>').next().is_some_and(|tag| tag.contains(attribute)));
    let code = boxes.filter_map(|figure| {
        let (_, rest) = figure.split_once("<code>")?;
        Some(rest.split_once("</code>")?.0)
    });
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    code.map(|code| marks.iter().fold(code.to_owned(), |text, (mark, letter)| text.replace(mark, letter)))
        .collect()
}

#[test]
fn the_page_works_in_a_browser_on_both_servers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    walk(&serve(&database("serve")).url, &scratch("docs_pictures").join("serve"));
    walk(&compiled(&database("compiled")).url, &scratch("docs_pictures").join("compiled"));
}

fn walk(url: &str, pictures: &Path) {
    fs::create_dir_all(pictures).expect("the folder can be made");
    let script = root().join("tests/suite/tools/docs_page.mjs");
    let walked = said(tools::node_script(&script).args([url, TOKEN]).arg(pictures));
    assert_eq!(walked.status, 0, "{url}: {}{}", walked.out, walked.err);
}
