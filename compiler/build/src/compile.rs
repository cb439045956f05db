//! The generator in `build.rs`.

use std::env;
use std::path::{Path, PathBuf, absolute};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use atlas9_driver::config::FILE_NAME;
use atlas9_driver::diagnostics::{Diagnostic, Level, SourceMap, codes};
use atlas9_driver::{CheckOptions, OptionValue, Target, check, emit};

use crate::{Loaded, Scope, WriteOptions, find, load, shown, write};

/// True once this process has compiled a package.
static COMPILED: AtomicBool = AtomicBool::new(false);

/// What a build script generates: the server, and what it embeds.
const EMITTERS: [&str; 4] = ["docs", "openapi", "rust-server", "sql"];

/// Generates the server of a package into `OUT_DIR`, for a build script. `package` is relative to the crate.
///
/// Writes only what changed, and tells cargo which files and folders to watch. Errors of the schema become cargo's errors,
/// with file and line, and end the build script with status 1.
///
/// Take the server in with `include!(concat!(env!("OUT_DIR"), "/atlas9/rust-server/PACKAGE/mod.rs"))` in a module of its own.
///
/// Keep the schema in a folder of its own, such as `schema/`: where it lies right beside `Cargo.toml`, a file that is added
/// there is seen at the next change of another one only.
pub fn compile(package: impl AsRef<Path>) {
    let root: PathBuf = Path::new(".").join(package).components().collect();
    let out = env::var_os("OUT_DIR").map(PathBuf::from);
    let result = match out {
        Some(_) if COMPILED.swap(true, Ordering::Relaxed) => Err(Failed::from(two_packages(&root))),
        Some(out) => compile_to(&root, &out.join("atlas9")),
        None => Err(Failed::from(no_out_dir())),
    };
    if let Err(failed) = result {
        failed.lines().iter().for_each(|line| println!("cargo::error={line}"));
        process::exit(1);
    }
}

/// What is wrong, and the files that it points into.
struct Failed {
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
}

impl From<Diagnostic> for Failed {
    fn from(diagnostic: Diagnostic) -> Failed {
        Failed { sources: SourceMap::new(), diagnostics: vec![diagnostic] }
    }
}

impl Failed {
    /// A line for each error: cargo shows one line at a time.
    fn lines(&self) -> Vec<String> {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
        errors.map(|error| line(&self.sources, error)).collect()
    }
}

fn line(sources: &SourceMap, error: &Diagnostic) -> String {
    let place = error.span.and_then(|span| {
        let file = sources.get(span.file)?;
        let position = file.position(span.start as usize);
        Some(format!("{}:{}:{}: ", file.name(), position.line, position.column))
    });
    let help = error.help.as_ref().map(|help| format!("; {}", help.replace('\n', " ")));
    let text =
        [place.unwrap_or_default(), format!("{} [{}]", error.message, error.code), help.unwrap_or_default()]
            .concat();
    text.replace(['\n', '\r'], " ")
}

fn compile_to(root: &Path, out: &Path) -> Result<(), Failed> {
    let root = find(Some(root))?;
    let loaded = load(&root)?;
    watched(&loaded, out).iter().for_each(|path| println!("cargo::rerun-if-changed={}", path.display()));
    let checked = check(loaded.package, &CheckOptions { no_lints: true, ..CheckOptions::default() });
    let fail = |diagnostics| Failed { sources: shown(&root, &checked.sources), diagnostics };
    let Some(ir) = checked.ir.as_ref().filter(|_| !checked.has_errors()) else {
        return Err(fail(checked.diagnostics.clone()));
    };
    let emission = emit(ir, &targets(&checked.config));
    if emission.has_errors() {
        return Err(fail(emission.diagnostics));
    }
    // Nobody edits what lies in OUT_DIR, and a package that is renamed takes over what it wrote.
    let options = WriteOptions { package: &ir.package, home: true, overwrite: true, scope: Scope::All };
    write(out, &emission.outputs, options).map(drop).map_err(fail)
}

/// What cargo is to watch: every file that was read, and the folders in which new ones could appear. Cargo looks into a folder
/// to any depth, so the one that cargo itself builds in stands for those below it that are part of the schema; otherwise
/// every build would be the reason for the next one.
fn watched(loaded: &Loaded, out: &Path) -> Vec<PathBuf> {
    let out = out.parent().unwrap_or(out);
    // Both as they are named and as they are: the folder that cargo builds in may be a link.
    let named = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| named(path));
    let around = |path: &Path| named(out).starts_with(named(path)) || whole(out).starts_with(whole(path));
    let mut watched: Vec<PathBuf> = Vec::new();
    for (place, member) in loaded.places.iter().zip(&loaded.package.members) {
        watched.push(place.root.join(FILE_NAME));
        watched.extend(member.files.iter().map(|file| place.root.join(&file.name)));
        let (near, far): (Vec<_>, Vec<_>) = place.schema.iter().cloned().partition(|path| around(path));
        watched.extend(far);
        if !near.is_empty() {
            let tops = member.files.iter().filter_map(|file| file.name.split_once('/'));
            watched.extend(tops.map(|(top, _)| place.root.join(top)));
        }
    }
    watched.sort();
    watched.dedup();
    watched
}

/// The targets with the options of `atlas.yaml`, each in a folder of its own name.
fn targets(config: &atlas9_driver::Config) -> Vec<Target> {
    EMITTERS
        .iter()
        .filter_map(|name| {
            let mut target = Target::new(name, name)?;
            if let Some(given) = config.emit.get(*name) {
                target.options = given.options.clone();
            }
            if *name == "rust-server" {
                target.options.set("layout", OptionValue::Text("include".to_owned()));
            }
            Some(target)
        })
        .collect()
}

fn two_packages(root: &Path) -> Diagnostic {
    let message =
        format!("`{}` would be compiled over the package before it, in the same OUT_DIR", root.display());
    Diagnostic::error(codes::E0023, message)
        .help("give the server of each package a crate of its own; types that both use belong to a package that both depend on")
}

fn no_out_dir() -> Diagnostic {
    Diagnostic::error(codes::E0009, "OUT_DIR is not set")
        .help("call `atlas9_build::compile` from a build script")
}
