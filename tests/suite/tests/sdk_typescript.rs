//! The TypeScript SDK: compiled strictly for every case, and run against both servers.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use atlas9_suite::command::run;
use atlas9_suite::place::{bookstore, copy, generate, root, scratch};
use atlas9_suite::server::TOKEN;
use atlas9_suite::tools;

use crate::cases::packages;
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

/// The scenarios of `tests/run/matrix`.
pub fn matrix() -> Command {
    let mut node = Command::new("node");
    node.arg(built().join("dist/matrix.js"));
    node
}

/// The programs of `tests/run/sdk-typescript`, compiled with the SDK of the bookstore.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let program = scratch("sdk-run");
        copy(&root().join("tests/run/sdk-typescript"), &program);
        let out = program.join("out");
        generate(&bookstore(), &out, &["sdk-typescript"]);
        copy(&out.join("generated/sdk-typescript"), &program.join("sdk"));
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
