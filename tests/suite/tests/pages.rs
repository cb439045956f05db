//! The pages of errors that need a package or an emitter: their examples raise what they explain.

use std::fs;

use atlas9_suite::command::said;
use atlas9_suite::place::{atlas9, root};
use serde_json::Value;

#[test]
fn examples_of_configuration_and_emitters_raise_their_error() {
    let mut seen = 0;
    for entry in fs::read_dir(root().join("compiler/reference/errors")).expect("the pages can be read") {
        let path = entry.expect("the pages can be read").path();
        let code = path.file_stem().expect("a page has a name").to_string_lossy().into_owned();
        if !code.starts_with("E00") && !code.starts_with("E07") {
            continue;
        }
        let page = fs::read_to_string(&path).expect("the page can be read");
        let Some(incorrect) = block(&page, "## Incorrect") else { continue };
        seen += 1;
        assert_eq!(codes(incorrect), std::slice::from_ref(&code), "{code}, Incorrect");
        let correct = block(&page, "## Correct").unwrap_or_else(|| panic!("{code} has no Correct"));
        assert_eq!(codes(correct), [""; 0], "{code}, Correct");
    }
    assert!(seen >= 20, "only {seen} pages with examples");
}

/// The language and text of the first block behind a heading.
fn block<'a>(page: &'a str, heading: &str) -> Option<(&'a str, &'a str)> {
    let (_, rest) = page.split_once(&format!("{heading}\n"))?;
    let (_, rest) = rest.split_once("```")?;
    rest.split("\n```").next()?.split_once('\n')
}

/// The packages beside the one that the pages are about.
const BESIDE: [(&str, &str, &str); 5] = [
    (
        "common",
        "dependencies: {units: ../units}",
        "type Weight = int32(0..)\n\nresource Person {\n    id: uuid @key\n}\n",
    ),
    ("units", "", "type Gram = int32(0..)\n"),
    ("orders", "dependencies: {shop: ../shop}", ""),
    ("prices", "dependencies: {common: common}", ""),
    ("prices/common", "name: common", ""),
];

/// The codes of the errors that `check` finds in a package with this one block.
fn codes((language, text): (&str, &str)) -> Vec<String> {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let write = |folder: &str, config: &str, schema: &str| {
        let folder = parent.path().join(folder);
        fs::create_dir_all(folder.join("schema")).expect("the folder can be made");
        fs::write(folder.join("atlas.yaml"), format!("{config}\n")).expect("the file can be written");
        fs::write(folder.join("schema.atlas"), format!("{schema}\n")).expect("the file can be written");
    };
    for (folder, config, schema) in BESIDE {
        write(folder, config, &format!("namespace {}\n\n{schema}", folder.replace('/', ".")));
    }
    let (config, schema) = match language {
        "yaml" => (
            text,
            "namespace shop\n\nservice Shop { version \"1.0.0\" }\n\nresource Pen {\n    id: uuid @key\n    operations { list get }\n}\n",
        ),
        _ => ("name: shop\ndependencies: {common: ../common}\n", text),
    };
    write("shop", config, schema);
    let said = said(atlas9().args(["check", "--format", "json"]).arg(parent.path().join("shop")));
    let findings: Value =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}\n{}{}", said.out, said.err));
    let errors = findings.as_array().into_iter().flatten().filter(|finding| finding["level"] == "error");
    let mut codes: Vec<String> =
        errors.map(|finding| finding["code"].as_str().unwrap_or("").to_owned()).collect();
    codes.dedup();
    codes
}
