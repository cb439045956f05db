//! How long a generated server takes to compile, the crates that it depends on excluded.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use atlas9_workload::Files;

use crate::args::Compile;
use crate::measure::{Measured, Program};
use crate::text;

const MAIN: &str = "\
//! The server of the workload.

mod workload {
    include!(concat!(env!(\"OUT_DIR\"), \"/atlas9/rust-server/workload/mod.rs\"));
}

fn main() {
    println!(\"{}\", workload::SERVICE.name);
}
";

/// One size.
struct Row {
    resources: usize,
    /// Bytes of generated Rust.
    bytes: u64,
    check: Measured,
    build: Measured,
}

/// Measures and prints the table.
///
/// # Errors
/// When a package cannot be written or does not compile.
pub fn run(compile: &Compile) -> Result<(), String> {
    let mut rows = Vec::new();
    for resources in &compile.sizes {
        rows.push(row(compile, *resources)?);
    }
    print!("{}", table(&rows));
    Ok(())
}

fn row(compile: &Compile, resources: usize) -> Result<Row, String> {
    let folder = compile.out.join(format!("compile-{resources}"));
    let target = compile.out.join("compile-target");
    write(&compile.repository, &folder, resources)?;
    let main = folder.join("src/main.rs");
    let cargo = |command: &'static str| {
        let program = Program::new(Path::new("cargo")).args([command, "--quiet", "--manifest-path"]);
        program.arg(folder.join("Cargo.toml")).arg("--target-dir").arg(&target)
    };
    // Only the crate itself is compiled anew.
    let touch = || fs::write(&main, MAIN).map_err(text);
    let check = cargo("check").measured_after(compile.runs, touch)?;
    let build = cargo("build").measured_after(compile.runs, touch)?;
    Ok(Row { resources, bytes: generated(&target)?, check, build })
}

fn write(repository: &Path, folder: &Path, resources: usize) -> Result<(), String> {
    Files::atlas(resources).write(folder).map_err(text)?;
    let repository = repository.canonicalize().map_err(text)?;
    let manifest = format!(
        "[package]\nname = \"workload\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\natlas9-server = {{ path = {server:?} }}\n\n\
         [build-dependencies]\natlas9-build = {{ path = {build:?} }}\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.\"*\"]\ndebug = false\n\n\
         # Incremental builds would compile next to nothing.\n[profile.dev.package.workload]\nincremental = false\n\n\
         [workspace]\n",
        server = repository.join("stdlib/server"),
        build = repository.join("compiler/build"),
    );
    fs::create_dir_all(folder.join("src")).map_err(text)?;
    let build = "//! Generates the server.\n\nfn main() {\n    atlas9_build::compile(\".\");\n}\n";
    for (path, content) in [("Cargo.toml", manifest.as_str()), ("build.rs", build), ("src/main.rs", MAIN)] {
        fs::write(folder.join(path), content).map_err(text)?;
    }
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(text)?;
    Ok(())
}

/// Bytes of the Rust that the newest build script wrote.
fn generated(target: &Path) -> Result<u64, String> {
    let scripts = fs::read_dir(target.join("debug/build")).map_err(text)?.flatten();
    let outputs = scripts.map(|script| script.path().join("out/atlas9/rust-server/workload"));
    let newest = outputs.filter_map(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path))).max();
    newest.map_or(Ok(0), |(_, path)| size(path))
}

fn size(path: PathBuf) -> Result<u64, String> {
    if path.is_file() {
        return Ok(fs::metadata(path).map_err(text)?.len());
    }
    fs::read_dir(path).map_err(text)?.map(|entry| size(entry.map_err(text)?.path())).sum()
}

fn table(rows: &[Row]) -> String {
    let mut table = "\
| resources | generated Rust | `cargo check` | a resource more | memory | `cargo build` | a resource more | memory |
|---:|---:|---:|---:|---:|---:|---:|---:|
"
    .to_owned();
    let mut before: Option<&Row> = None;
    for row in rows {
        let more = |of: fn(&Row) -> Duration| match before {
            Some(before) => {
                let added = row.resources.saturating_sub(before.resources).max(1) as f64;
                format!("{:.0} ms", (of(row).as_secs_f64() - of(before).as_secs_f64()) / added * 1e3)
            }
            None => String::new(),
        };
        let seconds = |time: Duration| format!("{:.1} s", time.as_secs_f64());
        let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
        table.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
            row.resources,
            megabytes(row.bytes),
            seconds(row.check.time),
            more(|row| row.check.time),
            megabytes(row.check.memory),
            seconds(row.build.time),
            more(|row| row.build.time),
            megabytes(row.build.memory),
        ));
        before = Some(row);
    }
    table
}
