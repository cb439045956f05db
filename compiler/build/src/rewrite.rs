//! Writes files of a package anew that people wrote: all or none, and only over what was read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atlas9_driver::diagnostics::{Diagnostic, codes};

use crate::apply::{Changes, apply};

/// A file and what it is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// The way to it.
    pub path: PathBuf,
    /// What was read of it; nothing where there was no file.
    pub before: Option<String>,
    /// What it is to hold.
    pub after: String,
}

/// Writes the files, all or none.
///
/// # Errors
/// When one of them is read-only, is not what was read any more, or cannot be written; then nothing has changed.
pub fn rewrite(base: &Path, files: &[Rewrite]) -> Result<(), Vec<Diagnostic>> {
    let mut changes = Changes::default();
    let mut wrong = Vec::new();
    for file in files {
        match target(file) {
            Ok(path) => changes.write.push((path, file.after.clone().into_bytes())),
            Err(why) => wrong.push(unwritable(&file.path, &why)),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    apply(base, &changes).map_err(|(path, error)| vec![unwritable(&path, &error.to_string())])
}

/// Where the text goes: a link stays one, and the file that it leads to is written.
fn target(file: &Rewrite) -> Result<PathBuf, String> {
    let Some(before) = &file.before else { return Ok(file.path.clone()) };
    let said = |error: io::Error| error.to_string();
    let path = fs::canonicalize(&file.path).map_err(said)?;
    // It would be replaced all the same, as its folder allows; whoever protected it did not want that.
    if fs::metadata(&path).map_err(said)?.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    match fs::read(&path).map_err(said)? == before.as_bytes() {
        true => Ok(path),
        false => Err("it was changed since it was read".to_owned()),
    }
}

fn unwritable(path: &Path, why: &str) -> Diagnostic {
    let shown = path.strip_prefix(".").unwrap_or(path).display().to_string();
    Diagnostic::error(codes::E0009, format!("cannot write `{shown}`: {why}"))
        .in_path(shown)
        .help("check the permissions of the file and its folder, and run it again; nothing was changed")
}
