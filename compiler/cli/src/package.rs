//! Finding, reading and checking the package that a command is about.

use std::path::{Path, PathBuf};

use atlas9_build::{find, load, shown};
use atlas9_driver::config::FILE_NAME;
use atlas9_driver::diagnostics::{Diagnostic, SourceMap};
use atlas9_driver::ir::Ir;
use atlas9_driver::{CheckOptions, Checked, check};

use crate::outcome::Failure;
use crate::progress::Progress;
use crate::reporter::Reporter;

/// A package that was read and checked.
pub struct Opened {
    /// Its folder.
    pub root: PathBuf,
    /// What was found.
    pub checked: Checked,
    /// The sources under the names that are shown.
    pub shown: SourceMap,
    /// Files and folders to watch.
    pub watched: Vec<PathBuf>,
}

/// Reads and checks a package, whatever is wrong with it.
pub fn open(path: Option<&Path>, options: &CheckOptions, reporter: &Reporter) -> Result<Opened, Failure> {
    let _progress = Progress::start(reporter, "checking");
    let root = find(path)?;
    let loaded = load(&root)?;
    let watched = loaded.watched();
    let checked = check(loaded.package, options);
    let shown = shown(&root, &checked.sources);
    let mut opened = Opened { root, checked, shown, watched };
    let mut diagnostics = std::mem::take(&mut opened.checked.diagnostics);
    opened.locate(&mut diagnostics);
    opened.checked.diagnostics = diagnostics;
    Ok(opened)
}

/// Reads and checks a package that something is to be made of, as it was in a version where one is named; its lints are `check`'s
/// business.
pub fn open_sound(path: Option<&Path>, at: Option<&str>, reporter: &Reporter) -> Result<Opened, Failure> {
    let options = CheckOptions { no_lints: true, at: at.map(str::to_owned), ..CheckOptions::default() };
    let mut opened = open(path, &options, reporter)?;
    if opened.checked.has_errors() {
        let diagnostics = std::mem::take(&mut opened.checked.diagnostics);
        return Err(opened.fail(diagnostics));
    }
    Ok(opened)
}

impl Opened {
    /// A failure whose diagnostics point into this package.
    pub fn fail(&self, diagnostics: Vec<Diagnostic>) -> Failure {
        Failure { sources: self.shown.clone(), diagnostics, ..Failure::default() }
    }

    /// Names `atlas.yaml` by the way to it: the pipeline does not know where the package lies.
    pub fn locate(&self, diagnostics: &mut [Diagnostic]) {
        for path in diagnostics.iter_mut().filter_map(|diagnostic| diagnostic.path.as_mut()) {
            if path == FILE_NAME {
                *path = self.way_to(path);
            }
        }
    }

    /// The way to a file of the package from where the command runs.
    pub fn way_to(&self, path: &str) -> String {
        self.root.strip_prefix(".").unwrap_or(&self.root).join(path).display().to_string()
    }

    /// The model.
    ///
    /// # Errors
    /// With everything that is wrong, where there is none.
    pub fn ir(&self) -> Result<&Ir, Failure> {
        self.checked.ir.as_ref().ok_or_else(|| self.fail(self.checked.diagnostics.clone()))
    }
}
