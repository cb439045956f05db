//! Writes generated files: all or none, only what changed, and never over an edit.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use atlas9_driver::Output;
use atlas9_driver::diagnostics::{Diagnostic, codes};

use crate::apply::{Changes, Failure, apply};
use crate::manifest::{FILE_NAME, Manifest, hash};

/// How to write.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions {
    /// True to give up edits of generated files.
    pub overwrite: bool,
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
/// When a generated file was edited, or something cannot be written; then nothing has changed on disk.
pub fn write(base: &Path, outputs: &[Output], options: WriteOptions) -> Result<Report, Vec<Diagnostic>> {
    let plan = plan(base, outputs)?;
    if !plan.edited.is_empty() && !options.overwrite {
        return Err(plan.edited.iter().map(|path| edited(path)).collect());
    }
    apply(base, &plan.changes).map_err(|failure| vec![unwritable(&failure)])?;
    Ok(plan.report)
}

/// What `write` would change, each as a complaint; empty when all is up to date.
///
/// # Errors
/// When the folders cannot be read.
pub fn compare(base: &Path, outputs: &[Output]) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let report = plan(base, outputs)?.report;
    let changed = report.written.iter().map(|path| stale(path, "is not what the schema gives now"));
    Ok(changed.chain(report.removed.iter().map(|path| stale(path, "is generated no more"))).collect())
}

/// What has to happen in the folders.
#[derive(Default)]
struct Plan {
    changes: Changes,
    report: Report,
    /// Files that somebody changed, as they are shown.
    edited: Vec<String>,
}

fn plan(base: &Path, outputs: &[Output]) -> Result<Plan, Vec<Diagnostic>> {
    let mut plan = Plan::default();
    for output in outputs {
        let folder = Folder { path: base.join(&output.out), out: &output.out };
        folder.plan(output, &mut plan).map_err(|failure| vec![unwritable(&failure)])?;
    }
    Ok(plan)
}

struct Folder<'a> {
    path: PathBuf,
    out: &'a str,
}

impl Folder<'_> {
    fn plan(&self, output: &Output, plan: &mut Plan) -> Result<(), Failure> {
        let before = Manifest::read(&self.path);
        let mut after = Manifest { emitter: output.emitter.to_owned(), ..Manifest::default() };
        for (path, text) in output.files.iter() {
            after.files.insert(path.as_str().to_owned(), hash(text.as_bytes()));
            self.plan_file(path.as_str(), text, &before, plan)?;
        }
        for path in before.files.keys().filter(|path| !after.files.contains_key(*path)) {
            self.plan_removal(path, &before, plan)?;
        }
        self.plan_manifest(&after, plan)
    }

    fn plan_file(&self, path: &str, text: &str, before: &Manifest, plan: &mut Plan) -> Result<(), Failure> {
        let full = self.path.join(path);
        let shown = self.shown(path);
        match read_if_there(&full)? {
            Some(bytes) if bytes == text.as_bytes() => {
                plan.report.unchanged += 1;
                return Ok(());
            }
            Some(bytes) if !before.wrote(path, &bytes) => plan.edited.push(shown.clone()),
            _ => {}
        }
        plan.changes.write.push((full, text.to_owned()));
        plan.report.written.push(shown);
        Ok(())
    }

    fn plan_removal(&self, path: &str, before: &Manifest, plan: &mut Plan) -> Result<(), Failure> {
        // Anybody can edit the manifest: it must not lead to a removal outside the folder.
        if Path::new(path).components().any(|part| !matches!(part, Component::Normal(_))) {
            return Ok(());
        }
        let full = self.path.join(path);
        let Some(bytes) = read_if_there(&full)? else { return Ok(()) };
        if !before.wrote(path, &bytes) {
            plan.edited.push(self.shown(path));
        }
        plan.changes.remove.push(full);
        plan.report.removed.push(self.shown(path));
        Ok(())
    }

    fn plan_manifest(&self, after: &Manifest, plan: &mut Plan) -> Result<(), Failure> {
        let full = self.path.join(FILE_NAME);
        let text = after.text();
        if read_if_there(&full)?.is_none_or(|bytes| bytes != text.as_bytes()) {
            plan.changes.write.push((full, text));
        }
        Ok(())
    }

    fn shown(&self, path: &str) -> String {
        match self.out {
            "" => path.to_owned(),
            out => format!("{out}/{path}"),
        }
    }
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err((path.to_owned(), error)),
    }
}

fn edited(path: &str) -> Diagnostic {
    Diagnostic::error(
        codes::E0010,
        format!("`{path}` is not what atlas9 wrote there, and would be overwritten"),
    )
    .in_path(path)
    .help(
        "move the edit to the schema or to a file of your own, delete this file and generate again;\n\
             `atlas9 generate --overwrite` gives the edit up",
    )
}

fn stale(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(codes::E0011, format!("`{path}` {why}")).in_path(path).help("run `atlas9 generate`")
}

fn unwritable((path, error): &Failure) -> Diagnostic {
    let path = path.display().to_string();
    Diagnostic::error(codes::E0009, format!("cannot write `{path}`: {error}"))
        .in_path(path)
        .help("check the permissions and the free space, or write elsewhere with `generate --out DIR`")
}
