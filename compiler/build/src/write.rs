//! Writes generated files: all or none, only what changed, and never over an edit.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use atlas9_driver::Output;
use atlas9_driver::diagnostics::{Diagnostic, codes};

use crate::apply::{Changes, Failure, apply};
use crate::manifest::{Entry, FILE_NAME, Manifest, below, hash};

/// How to write.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions<'a> {
    /// The package that the outputs are made from.
    pub package: &'a str,
    /// True where the folder is that package's own: then what lies there is its own under any name.
    pub home: bool,
    /// True to give up edits of generated files, and what another package generated.
    pub overwrite: bool,
    /// Which emitters the outputs are of.
    pub scope: Scope,
}

/// Which emitters a run is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Every one that the package runs: what others wrote before is generated no more.
    #[default]
    All,
    /// Those that were named: what others wrote stays.
    Named,
}

/// What a run of writing did. Paths are relative to the base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or changed.
    pub written: Vec<String>,
    /// How many files are as they were.
    pub unchanged: usize,
    /// Files that are generated no more.
    pub removed: Vec<String>,
}

/// Writes the outputs below `base`. A file that is as it should be is not touched, so that its time of change stands.
///
/// # Errors
/// When a generated file was edited, another package generates into this folder, or something cannot be written; then nothing has changed on disk.
pub fn write(base: &Path, outputs: &[Output], options: WriteOptions<'_>) -> Result<Report, Vec<Diagnostic>> {
    let plan = plan(base, outputs, options)?;
    if !plan.edited.is_empty() && !options.overwrite {
        return Err(plan.edited.iter().map(|path| edited(base, path)).collect());
    }
    apply(base, &plan.changes).map_err(|failure| vec![unwritable(&failure)])?;
    Ok(plan.report)
}

/// What `write` would change, each as a complaint; empty when all is up to date.
///
/// # Errors
/// When the folders cannot be read, or another package generates there.
pub fn compare(
    base: &Path,
    outputs: &[Output],
    options: WriteOptions<'_>,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let report = plan(base, outputs, options)?.report;
    let changed = report.written.iter().map(|path| stale(base, path, "is not what the schema gives now"));
    Ok(changed.chain(report.removed.iter().map(|path| stale(base, path, "is generated no more"))).collect())
}

/// True when there is something to compare with what an emitter writes into the folder `out`: the manifest knows the
/// emitter, or the folder has files, so that taking the manifest away makes nothing look right.
#[must_use]
pub fn was_generated(base: &Path, emitter: &str, out: &str) -> bool {
    Manifest::read(base).emitters.contains_key(emitter) || has_files(&base.join(out))
}

fn has_files(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => has_files(&entry.path()),
        _ => true,
    })
}

/// What has to happen in the folders.
#[derive(Default)]
struct Plan {
    changes: Changes,
    report: Report,
    /// Files that somebody changed, as they are shown.
    edited: Vec<String>,
}

fn plan(base: &Path, outputs: &[Output], options: WriteOptions<'_>) -> Result<Plan, Vec<Diagnostic>> {
    let before = Manifest::read(base);
    let named = !before.package.is_empty() && before.paths().next().is_some();
    if named && before.package != options.package && !options.home && !options.overwrite {
        return Err(vec![taken(base, &before.package, options.package)]);
    }
    let known = before.paths().collect();
    let mut planner = Planner { base, before: &before, known, plan: Plan::default() };
    planner.all(outputs, options).map_err(|failure| vec![unwritable(&failure)])?;
    Ok(planner.plan)
}

struct Planner<'a> {
    base: &'a Path,
    before: &'a Manifest,
    /// The paths that were written, each with the hash of what was.
    known: BTreeSet<(String, &'a str)>,
    plan: Plan,
}

impl Planner<'_> {
    fn all(&mut self, outputs: &[Output], options: WriteOptions<'_>) -> Result<(), Failure> {
        let emitters = match options.scope {
            Scope::All => BTreeMap::new(),
            Scope::Named => self.before.emitters.clone(),
        };
        let mut after = Manifest { package: options.package.to_owned(), emitters };
        for output in outputs {
            let mut entry = Entry { out: output.out.clone(), ..Entry::default() };
            for (path, bytes) in output.files.bytes() {
                entry.files.insert(path.as_str().to_owned(), hash(bytes));
                self.file(below(&output.out, path.as_str()), bytes)?;
            }
            after.emitters.insert(output.emitter.clone(), entry);
        }
        let kept: BTreeSet<String> = after.paths().map(|(path, _)| path).collect();
        let gone: BTreeSet<String> = self.before.paths().map(|(path, _)| path).collect();
        for path in gone.difference(&kept) {
            self.removal(path)?;
        }
        self.manifest(&after)
    }

    fn file(&mut self, path: String, wanted: &[u8]) -> Result<(), Failure> {
        let full = self.base.join(&path);
        match read_if_there(&full)? {
            Some(bytes) if bytes == wanted => {
                self.plan.report.unchanged += 1;
                return Ok(());
            }
            Some(bytes) if !self.wrote(&path, &bytes) => self.plan.edited.push(path.clone()),
            _ => {}
        }
        self.plan.changes.write.push((full, wanted.to_owned()));
        self.plan.report.written.push(path);
        Ok(())
    }

    fn removal(&mut self, path: &str) -> Result<(), Failure> {
        let full = self.base.join(path);
        let Some(bytes) = read_if_there(&full)? else { return Ok(()) };
        if !self.wrote(path, &bytes) {
            self.plan.edited.push(path.to_owned());
        }
        self.plan.changes.remove.push(full);
        self.plan.report.removed.push(path.to_owned());
        Ok(())
    }

    fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.known.contains(&(path.to_owned(), hash(bytes).as_str()))
    }

    fn manifest(&mut self, after: &Manifest) -> Result<(), Failure> {
        let full = self.base.join(FILE_NAME);
        let text = after.text();
        if read_if_there(&full)?.is_none_or(|bytes| bytes != text.as_bytes()) {
            self.plan.changes.write.push((full, text.into_bytes()));
        }
        Ok(())
    }
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        // Nothing is below a file either.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err((path.to_owned(), error)),
    }
}

fn taken(base: &Path, other: &str, package: &str) -> Diagnostic {
    let shown = base.display();
    Diagnostic::error(
        codes::E0023,
        format!("`{shown}` has what the package `{other}` generated, and `{package}` would remove it"),
    )
    .in_path(shown.to_string())
    .help(format!(
        "generate into another folder with `--out DIR`;\nif `{other}` was only renamed, `--overwrite` takes the folder over"
    ))
}

fn edited(base: &Path, path: &str) -> Diagnostic {
    Diagnostic::error(
        codes::E0010,
        format!("`{path}` is not what atlas9 wrote there, and would be overwritten"),
    )
    .in_path(place(base, path))
    .help(
        "move the edit to the schema or to a file of your own, delete this file and generate again;\n\
             `atlas9 generate --overwrite` gives the edit up",
    )
}

fn stale(base: &Path, path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(codes::E0011, format!("`{path}` {why}"))
        .in_path(place(base, path))
        .help("run `atlas9 generate`")
}

/// The way to a file from where the command runs.
fn place(base: &Path, path: &str) -> String {
    let base = base.strip_prefix(".").unwrap_or(base);
    base.join(path).display().to_string()
}

fn unwritable((path, error): &Failure) -> Diagnostic {
    let path = path.display().to_string();
    Diagnostic::error(codes::E0009, format!("cannot write `{path}`: {error}"))
        .in_path(path)
        .help("check the permissions and the free space, or write elsewhere with `generate --out DIR`")
}
