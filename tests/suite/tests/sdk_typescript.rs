//! The TypeScript SDK: compiled strictly for every case, judged as it is published, and run against both servers.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use atlas9_suite::command::run;
use atlas9_suite::place::{bookstore, copy, generate, root, scratch};
use atlas9_suite::server::TOKEN;
use atlas9_suite::tools;

use crate::cases::packages;
use crate::names;
use crate::servers::{compiled, serve};

/// Stricter than the package's own settings: what users may have set for their own code.
const STRICT: [&str; 9] = [
    "--strict",
    "--exactOptionalPropertyTypes",
    "--noUncheckedIndexedAccess",
    "--verbatimModuleSyntax",
    "--isolatedDeclarations",
    "--noImplicitOverride",
    "--noUnusedLocals",
    "--noUnusedParameters",
    "--noEmit",
];

#[test]
fn the_sdk_of_every_case_compiles_strictly() {
    for (name, package) in packages() {
        let out = scratch("sdk").join(&name);
        generate(&package, &out, &["sdk-typescript"]);
        let sdk = out.join("generated/sdk-typescript");
        run(tools::node("tsc").args(STRICT).arg("--project").arg(sdk.join("tsconfig.json")));
    }
}

#[test]
fn the_client_does_what_curl_does_against_both_servers() {
    let program = built();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    for server in [serve(&database("serve")), compiled(&database("compiled"))] {
        run(npm(program, &["test", "--silent"]).env("BASE_URL", &server.url).env("TOKEN", TOKEN));
    }
}

#[test]
fn values_of_nasty_names_come_back_as_they_were() {
    names::run_with_values(&mut npm(built(), &["run", "names", "--silent"]));
}

#[test]
fn a_package_passes_publint_and_its_types_are_right_for_every_import() {
    let packed = scratch("sdk-packed");
    fs::create_dir_all(&packed).expect("the folder can be made");
    for package in JUDGED {
        let mut pack =
            npm(&built().join(package), &["pack", "--ignore-scripts", "--silent", "--pack-destination"]);
        let said = run(pack.arg(&packed));
        let package = packed.join(said.trim());
        let judged = run(tools::node("publint").arg("--strict").arg(&package));
        assert!(judged.contains("All good!"), "{judged}");
        run(tools::node("attw").args(["--profile", "node16"]).arg(&package));
    }
}

#[test]
fn a_package_passes_the_strict_rules_of_typescript_eslint() {
    let folder = scratch("sdk-rules");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    // Where the rules look for what they are made of.
    symlink(tools::node_modules(), folder.join("node_modules")).expect("a link can be made");
    let rules = root().join("emitters/sdk-typescript/runtime/eslint.config.mjs");
    fs::copy(rules, folder.join("eslint.config.mjs")).expect("the rules can be copied");
    for package in JUDGED {
        let from = built().join(package);
        copy(&from.join("src"), &folder.join(package).join("src"));
        fs::copy(from.join("tsconfig.json"), folder.join(package).join("tsconfig.json"))
            .expect("it can be copied");
    }
    run(tools::node("eslint").args(["--max-warnings", "0"]).args(JUDGED).current_dir(&folder));
}

/// The scenarios of `tests/run/matrix`.
pub fn matrix() -> Command {
    let mut node = Command::new("node");
    node.arg(built().join("dist/matrix.js"));
    node
}

/// The packages beside the programs: one that people would publish, and one of names that break generators.
const JUDGED: [&str; 2] = ["sdk", "names"];

/// The programs of `tests/run/sdk-typescript`, compiled with the SDKs that they use.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let program = scratch("sdk-run");
        copy(&root().join("tests/run/sdk-typescript"), &program);
        for (folder, package) in JUDGED.into_iter().zip([bookstore(), names::package()]) {
            let (out, sdk) = (program.join("out"), program.join(folder));
            generate(&package, &out, &["sdk-typescript"]);
            let _ = fs::remove_dir_all(&sdk);
            copy(&out.join("generated/sdk-typescript"), &sdk);
        }
        run(&mut npm(&program, &["install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]));
        run(&mut npm(&program, &["run", "build", "--silent"]));
        program
    })
}

fn npm(folder: &Path, args: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(args).current_dir(folder);
    npm
}
