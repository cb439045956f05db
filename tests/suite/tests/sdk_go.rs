//! The Go SDK: held to Go's strict tools for every case, and run against the bookstore.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use atlas9_suite::command::run;
use atlas9_suite::place::{bookstore, copy, generate, root, scratch};
use atlas9_suite::tools;

use crate::cases::packages;
use crate::names;

#[test]
fn the_sdk_of_every_case_passes_gofmt_vet_and_staticcheck() {
    let modules = modules();
    let work = scratch("sdk-go");
    assert_eq!(run(tools::go("gofmt").arg("-l").args(&modules)), "", "gofmt would change these");
    check_all(&work, &modules, "go", &["vet"]);
    check_all(&work, &modules, "staticcheck", &["-checks", "all,-ST1000,-ST1003,-ST1020,-ST1021,-ST1022"]);
}

/// Runs a tool over several modules at once, from a workspace.
pub fn check_all(work: &Path, modules: &[PathBuf], tool: &str, arguments: &[&str]) {
    let patterns = modules.iter().map(|module| format!("{}/...", module.display()));
    run(in_workspace(work, modules, tool).args(arguments).args(patterns));
}

/// A tool in a workspace of several modules.
fn in_workspace(work: &Path, modules: &[PathBuf], tool: &str) -> Command {
    let used = modules.iter().map(|module| format!("\t{}\n", module.display()));
    let file = format!("go 1.25\n\nuse (\n{})\n", used.collect::<String>());
    fs::write(work.join("go.work"), file).expect("the file can be written");
    let mut command = tools::go(tool);
    command.current_dir(work).env("GOWORK", work.join("go.work"));
    command
}

#[test]
fn a_module_needs_nothing_and_passes_its_own_tests() {
    let module = scratch("sdk-go-own");
    generate(&bookstore(), &module, &["sdk-go"]);
    let module = module.join("generated/sdk-go");
    run(tools::go("go").args(["mod", "tidy", "-diff"]).current_dir(&module));
    run(tools::go("go").args(["test", "-race", "./..."]).current_dir(&module));
}

#[test]
fn the_examples_of_every_readme_do_what_they_say() {
    let work = scratch("sdk-go-examples");
    let made = packages().into_iter().map(|(name, package)| {
        let out = work.join(&name);
        generate(&package, &out, &["sdk-go"]);
        out.join("generated/sdk-go")
    });
    let modules: Vec<PathBuf> = made.collect();
    let said =
        run(in_workspace(&work, &modules, "go").args(["test", "-v", "-run", "Example"]).args(&modules));
    let written = modules.iter().map(|module| {
        let examples = fs::read_to_string(module.join("example_test.go")).expect("there are examples");
        examples.matches("\nfunc Example").count()
    });
    assert_eq!(said.matches("--- PASS: Example").count(), written.sum::<usize>(), "{said}");
}

#[test]
fn the_runtime_passes_gofmt_vet_and_staticcheck() {
    let runtime = root().join("emitters/sdk-go/runtime");
    assert_eq!(run(tools::go("gofmt").arg("-l").arg(&runtime)), "", "gofmt would change these");
    run(tools::go("go").args(["vet", "./..."]).current_dir(&runtime));
    run(tools::go("staticcheck").arg("./...").current_dir(&runtime));
}

#[test]
fn values_of_nasty_names_come_back_as_they_were() {
    names::run_with_values(tools::go("go").args(["test", "-count=1", "./names"]).current_dir(programs()));
}

/// The scenarios of `tests/run/matrix`.
pub fn matrix() -> Command {
    run(tools::go("go").args(["build", "-race", "-o", "matrix", "."]).current_dir(programs()));
    Command::new(programs().join("matrix"))
}

/// The programs of `tests/run/sdk-go`, beside the SDKs that they use.
fn programs() -> &'static Path {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    READY.get_or_init(|| {
        let folder = scratch("sdk-go-run");
        let _ = fs::remove_dir_all(&folder);
        copy(&root().join("tests/run/sdk-go"), &folder);
        for (name, package) in [("sdk", bookstore()), ("nastynames", names::package())] {
            let out = folder.join("out").join(name);
            generate(&package, &out, &["sdk-go"]);
            copy(&out.join("generated/sdk-go"), &folder.join(name));
        }
        let _ = fs::remove_dir_all(folder.join("out"));
        let clean = run(tools::go("gofmt").arg("-l").arg(&folder));
        assert_eq!(clean, "", "gofmt would change these");
        run(tools::go("staticcheck").arg("./...").current_dir(&folder));
        folder
    })
}

/// The modules of all cases. Without the line that says that they are generated: tools pass over some of what that stands on.
fn modules() -> Vec<PathBuf> {
    let module = |(name, package): (String, PathBuf)| {
        let out = scratch("sdk-go").join(&name);
        generate(&package, &out, &["sdk-go"]);
        let module = out.join("generated/sdk-go");
        generated(&module).iter().for_each(|file| drop_origin(file));
        module
    };
    packages().into_iter().map(module).collect()
}

/// The files of the package itself.
fn generated(module: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(module).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "go")).collect()
}

fn drop_origin(file: &Path) {
    let text = fs::read_to_string(file).expect("the file can be read");
    let (origin, rest) = text.split_once("\n\n").expect("a file begins with its origin");
    assert!(origin.starts_with("// Code generated by atlas9 sdk-go"), "{origin}");
    fs::write(file, rest).expect("the file can be written");
}
