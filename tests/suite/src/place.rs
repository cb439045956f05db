//! Where things are in the repository.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::command::run;

/// The top of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the suite lies two folders deep")
}

/// The folder of built programs, which this test's own program lies in too.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let test = std::env::current_exe().expect("a running program has a path");
        test.ancestors().nth(2).expect("a test lies in deps").to_owned()
    })
}

/// The target folder.
pub fn target() -> &'static Path {
    built().parent().expect("built programs lie in the target folder")
}

/// A folder for what tests make and is worth looking at afterwards.
pub fn scratch(name: &str) -> PathBuf {
    target().join("suite").join(name)
}

/// The `atlas9` command and the compiled bookstore, built as they are now.
pub fn programs() -> (PathBuf, PathBuf) {
    static READY: OnceLock<()> = OnceLock::new();
    READY.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        run(std::process::Command::new(cargo)
            .args(["build", "--quiet", "-p", "atlas9", "-p", "bookstore"])
            .current_dir(root()));
    });
    (built().join("atlas9"), built().join("bookstore"))
}

/// The compiled second service of the tests.
pub fn library() -> PathBuf {
    static READY: OnceLock<()> = OnceLock::new();
    READY.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let args = ["build", "--quiet", "-p", "library"];
        run(std::process::Command::new(cargo).args(args).current_dir(root()));
    });
    built().join("library")
}

/// The benchmark.
pub fn bench() -> PathBuf {
    static READY: OnceLock<()> = OnceLock::new();
    READY.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let args = ["build", "--quiet", "-p", "atlas9-workload"];
        run(std::process::Command::new(cargo).args(args).current_dir(root()));
    });
    built().join("bench")
}

/// The `atlas9` command.
pub fn atlas9() -> std::process::Command {
    let mut command = std::process::Command::new(programs().0);
    command.current_dir(root()).env_remove("ATLAS9_DATABASE_URL").env("NO_COLOR", "1");
    command
}

/// Generates a package into a folder that holds nothing else: what an earlier run left there is another version's.
pub fn generate(package: &Path, out: &Path, only: &[&str]) {
    let _ = std::fs::remove_dir_all(out);
    let mut command = atlas9();
    command.arg("generate").arg(package).arg("--out").arg(out);
    if !only.is_empty() {
        command.arg("--only").args(only);
    }
    run(&mut command);
}

/// The bookstore example.
pub fn bookstore() -> PathBuf {
    root().join("examples/bookstore")
}
