//! Where things are in the repository.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

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

/// The folder of built programs, with those of these packages as they are now.
fn built_by(packages: &[&'static str]) -> &'static Path {
    static READY: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let mut ready = READY.lock().unwrap_or_else(PoisonError::into_inner);
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !ready.contains(package)).collect();
    if !missing.is_empty() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let named = missing.iter().flat_map(|package| ["-p", package]);
        run(std::process::Command::new(cargo).args(["build", "--quiet"]).args(named).current_dir(root()));
        ready.extend(missing);
    }
    built()
}

/// The `atlas9` command and the compiled bookstore.
pub fn programs() -> (PathBuf, PathBuf) {
    let built = built_by(&["atlas9", "bookstore"]);
    (built.join("atlas9"), built.join("bookstore"))
}

/// The compiled second service of the tests.
pub fn library() -> PathBuf {
    built_by(&["library"]).join("library")
}

/// The compiled service with tenants.
pub fn tenants() -> PathBuf {
    built_by(&["tenants"]).join("tenants")
}

/// The benchmark.
pub fn bench() -> PathBuf {
    built_by(&["atlas9-workload"]).join("bench")
}

/// The comparison with a hand-written server.
pub fn load() -> PathBuf {
    built_by(&["atlas9-load"]).join("atlas9-load")
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

/// Copies a folder over another; what is there and not in the first one, such as installed packages, stays.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        match path.is_dir() {
            true if path.ends_with("node_modules") || path.ends_with("dist") => {}
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).expect("the file can be copied")),
        }
    }
}
