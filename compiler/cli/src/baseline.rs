//! The file of a baseline: where it is, reading and writing it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atlas9_build::{Rewrite, rewrite};
use atlas9_driver::diagnostics::{Diagnostic, FileId, SourceMap, codes};
use atlas9_driver::{Baseline, unreadable};

use crate::outcome::Failure;
use crate::package::Opened;

/// A baseline and its file.
pub struct BaselineFile {
    /// Where it is.
    pub path: PathBuf,
    /// How it is shown.
    pub name: String,
    /// What it says.
    pub baseline: Baseline,
    /// The file among the sources that are shown; nothing where there is none yet.
    id: Option<FileId>,
    text: Option<String>,
}

/// What is done when there is no such file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// One that was named must be there.
    Error,
    /// It will be written.
    New,
}

impl BaselineFile {
    /// Reads the baseline of a package: the one that was given, or that `atlas.yaml` names, or the one under the usual name where that is there.
    pub fn open(
        opened: &mut Opened,
        given: Option<&Path>,
        missing: Missing,
    ) -> Result<BaselineFile, Failure> {
        let named = &opened.checked.config.baseline;
        let must = (given.is_some() || named.span.is_some()) && missing == Missing::Error;
        let path = given.map_or_else(|| opened.root.join(&named.value), Path::to_owned);
        let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
        let text = match fs::read(&path) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(|_| not_text(&name))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must => None,
            Err(error) => return Err(no_baseline(&name, &error, must).into()),
        };
        let Some(text) = text else {
            return Ok(BaselineFile { path, name, baseline: Baseline::default(), id: None, text: None });
        };
        // Both have the same files in the same order.
        opened.checked.sources.add(name.as_str(), text.as_str());
        let id = opened.shown.add(name.as_str(), text.as_str());
        match Baseline::read(id, &text) {
            Ok(baseline) => Ok(BaselineFile { path, name, baseline, id: Some(id), text: Some(text) }),
            Err(wrong) => Err(opened.fail(wrong)),
        }
    }

    /// Takes the findings away that it has, and adds a note where it has more than there are. What is not told, in words.
    pub fn cover(&self, opened: &Opened, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let covered = self.baseline.cover(&opened.checked.config, diagnostics);
        diagnostics.extend(self.id.and_then(|id| self.baseline.told(&covered, id)));
        (covered.hidden > 0).then(|| format!("{} in the baseline", covered.hidden))
    }

    /// Writes it, where it says something else than its file.
    pub fn write(&self) -> Result<(), Failure> {
        let after = self.baseline.text();
        if self.text.as_ref() == Some(&after) {
            return Ok(());
        }
        let base = self.path.parent().unwrap_or(Path::new("")).to_owned();
        let file = Rewrite { path: self.path.clone(), before: self.text.clone(), after };
        rewrite(&base, &[file]).map_err(|diagnostics| Failure {
            sources: SourceMap::new(),
            diagnostics,
            status: 2,
        })
    }
}

fn not_text(name: &str) -> Diagnostic {
    Diagnostic::error(codes::E0052, format!("the baseline is damaged: `{name}` is not UTF-8"))
        .in_path(name)
        .help("delete the file, and write it anew with `atlas9 lint --write-baseline`")
}

fn no_baseline(name: &str, error: &io::Error, must: bool) -> Diagnostic {
    let wrong = unreadable(name, &error.to_string());
    match must && error.kind() == io::ErrorKind::NotFound {
        true => wrong.help("`atlas9 lint --write-baseline` writes it; see that the name is right"),
        false => wrong,
    }
}
