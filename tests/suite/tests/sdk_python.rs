//! The Python SDK: held to Python's strict tools for every case, and run against the bookstore.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use atlas9_suite::command::run;
use atlas9_suite::place::{bookstore, copy, generate, root, scratch};
use atlas9_suite::tools;

use crate::cases::packages;
use crate::docs::code_of;
use crate::names;

/// The oldest Python that packages promise to run on.
const OLDEST: &str = "3.10";

#[test]
fn the_sdk_of_every_case_passes_mypy() {
    let sdks = sdks();
    let mut mypy = tools::python("mypy");
    mypy.args(["--strict", "--python-version", OLDEST, "--no-error-summary", "--cache-dir"]);
    mypy.arg(scratch("sdk-python-mypy")).env("MYPYPATH", paths(sdks)).current_dir(scratch("sdk-python"));
    mypy.args(sdks.iter().flat_map(|sdk| ["-p", &sdk.module]));
    run(&mut mypy);
}

#[test]
fn the_sdk_of_every_case_passes_pyright_and_its_types_are_complete() {
    let sdks = sdks();
    let project = scratch("sdk-python");
    let relative = |sdk: &Sdk| sdk.folder.strip_prefix(&project).expect("below the project").join("src");
    let sources: Vec<String> = sdks.iter().map(|sdk| format!("\"{}\"", relative(sdk).display())).collect();
    let environments = sources.iter().map(|source| format!("{{\"root\": {source}}}"));
    let environments: Vec<String> = environments.collect();
    let config = format!(
        "{{\"typeCheckingMode\": \"strict\", \"pythonVersion\": \"{OLDEST}\", \"include\": [{}], \"executionEnvironments\": [{}]}}\n",
        sources.join(", "),
        environments.join(", ")
    );
    let project = project.join("pyrightconfig.json");
    fs::write(&project, config).expect("the file can be written");
    let mut pyright = tools::node("pyright");
    run(pyright.arg("--warnings").arg("--pythonpath").arg(python()).arg("--project").arg(&project));
    let mut complete = tools::node("pyright");
    complete.args(["--verifytypes", "bookstore", "--ignoreexternal", "--pythonpath"]).arg(python());
    run(complete.current_dir(scratch("sdk-python")).env("PYTHONPATH", paths(sdks)));
}

#[test]
fn the_sdk_of_every_case_passes_ruff() {
    let folders: Vec<&Path> = sdks().iter().map(|sdk| sdk.folder.as_path()).collect();
    run(tools::python("ruff").args(["check", "--quiet"]).args(&folders));
    run(tools::python("ruff").args(["format", "--check", "--quiet"]).args(&folders));
}

#[test]
fn packages_are_imported_without_a_warning_and_without_what_they_need_later() {
    let sdks = sdks();
    let script = sdks.iter().map(|sdk| format!("import {}\n", sdk.module)).collect::<String>()
        + "import sys\n"
        + "late = {'httpx', 'asyncio', 'json', 'decimal', 'logging'} & set(sys.modules)\n"
        + "assert not late, late\n"
        + &sdks.iter().map(|sdk| format!("from {} import *\n", sdk.module)).collect::<String>();
    run(tools::python("python").args(["-W", "error", "-c", &script]).env("PYTHONPATH", paths(sdks)));
}

#[test]
fn a_package_passes_its_own_tests() {
    let sdk = &sdks()[0];
    let mut tests = tools::python("python");
    tests.args(["-W", "error", "-m", "unittest", "discover", "-q", "tests"]);
    run(tests.current_dir(&sdk.folder).env("PYTHONPATH", sdk.folder.join("src")));
    let mut mypy = tools::python("mypy");
    mypy.args(["--strict", "--no-error-summary", "tests", "--cache-dir"]).arg(scratch("sdk-python-mypy"));
    run(mypy.current_dir(&sdk.folder).env("MYPYPATH", sdk.folder.join("src")));
}

#[test]
fn the_calls_of_every_page_and_readme_pass_mypy() {
    let sdks = sdks();
    let folder = scratch("sdk-python-calls");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for ((name, package), sdk) in packages().into_iter().zip(sdks) {
        let out = scratch("sdk-python-docs").join(&name);
        generate(&package, &out, &["docs"]);
        let page = fs::read_to_string(out.join("generated/docs/index.html")).expect("the page is there");
        let module = &sdk.module;
        let made = code_of(&page, "data-t=\"python\"").concat();
        let mut text = format!(
            "from datetime import date, datetime\nfrom decimal import Decimal\n\nfrom {module} import *\n\n{made}\n"
        );
        let calls = code_of(&page, "data-l=\"python\"");
        assert!(!calls.is_empty(), "{name} has no calls");
        for (at, call) in calls.iter().enumerate() {
            // Each by itself, for all of them call the same things by the same names.
            text.push_str(&format!("\n\ndef call_{at}() -> None:\n    {}\n", call.replace('\n', "\n    ")));
        }
        fs::write(folder.join(format!("calls_of_{name}.py")), text).expect("the file can be written");
        let readme = fs::read_to_string(sdk.folder.join("README.md")).expect("there is a README");
        let blocks = readme.split("```python\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
        let blocks: String = blocks.collect();
        fs::write(folder.join(format!("readme_of_{name}.py")), blocks).expect("the file can be written");
    }
    let mut mypy = tools::python("mypy");
    mypy.args(["--strict", "--python-version", OLDEST, "--no-error-summary", "--cache-dir"]);
    run(mypy.arg(scratch("sdk-python-mypy")).arg(&folder).env("MYPYPATH", paths(sdks)));
}

#[test]
fn values_keep_their_names_on_the_wire_and_themselves() {
    let sdk = sdks().iter().find(|sdk| sdk.module == "nasty_names").expect("there is such a case");
    let program = root().join("tests/run/sdk-python/names/values.py");
    let source = sdk.folder.join("src");
    let mut mypy = tools::python("mypy");
    mypy.args(["--strict", "--no-error-summary", "--cache-dir"])
        .arg(scratch("sdk-python-mypy"))
        .arg(&program);
    run(mypy.env("MYPYPATH", &source));
    names::run_with_values(
        tools::python("python").args(["-W", "error"]).arg(&program).env("PYTHONPATH", &source),
    );
}

/// The scenarios of `tests/run/matrix`, each call in a thread.
pub fn matrix() -> Command {
    program("threads")
}

/// The same with the client for asyncio.
pub fn matrix_of_coroutines() -> Command {
    program("coroutines")
}

fn program(way: &str) -> Command {
    static CHECKED: OnceLock<PathBuf> = OnceLock::new();
    let folder = CHECKED.get_or_init(|| {
        let folder = scratch("sdk-python-run");
        let _ = fs::remove_dir_all(&folder);
        copy(&root().join("tests/run/sdk-python"), &folder);
        generate(&bookstore(), &folder.join("out"), &["sdk-python"]);
        copy(&folder.join("out/generated/sdk-python/src"), &folder.join("sdk"));
        let mut mypy = tools::python("mypy");
        mypy.args(["--strict", "--no-error-summary", "main.py", "--cache-dir"])
            .arg(scratch("sdk-python-mypy"));
        run(mypy.current_dir(&folder).env("MYPYPATH", folder.join("sdk")));
        for check in [["check", "--quiet"], ["format", "--check"]] {
            run(tools::python("ruff").args(check).args(["--exclude", "out,sdk"]).arg(&folder));
        }
        folder
    });
    let mut python = tools::python("python");
    python.arg(folder.join("main.py")).arg(way).env("PYTHONPATH", folder.join("sdk"));
    python
}

/// A generated package.
struct Sdk {
    /// Its folder.
    folder: PathBuf,
    /// What it is imported as.
    module: String,
}

/// The packages of all cases; the first one is the bookstore's.
fn sdks() -> &'static [Sdk] {
    static MADE: OnceLock<Vec<Sdk>> = OnceLock::new();
    MADE.get_or_init(|| {
        let made = |(name, package): (String, PathBuf)| {
            let out = scratch("sdk-python").join(&name);
            generate(&package, &out, &["sdk-python"]);
            let folder = out.join("generated/sdk-python");
            let mut modules = fs::read_dir(folder.join("src")).expect("the folder can be read");
            let module =
                modules.next().expect("there is a module").expect("the folder can be read").file_name();
            Sdk { folder, module: module.to_string_lossy().into_owned() }
        };
        packages().into_iter().map(made).collect()
    })
}

/// Where the packages are imported from.
fn paths(sdks: &[Sdk]) -> std::ffi::OsString {
    std::env::join_paths(sdks.iter().map(|sdk| sdk.folder.join("src"))).expect("paths without colons")
}

/// The interpreter that has what the packages depend on.
fn python() -> std::ffi::OsString {
    tools::python("python").get_program().to_owned()
}
