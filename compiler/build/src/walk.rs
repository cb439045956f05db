//! The files below a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atlas9_driver::config::FILE_NAME;
use atlas9_driver::diagnostics::Diagnostic;
use atlas9_driver::{below, unreadable};

/// The paths of every `.atlas` file below a folder that is no package.
///
/// # Errors
/// When a folder cannot be read.
pub fn below_folder(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut found = BTreeSet::new();
    walk(folder, "", Reach::Everything, &mut found)
        .map_err(|(path, error)| unreadable(&path.display().to_string(), &error.to_string()))?;
    Ok(found.iter().filter(|name| name.ends_with(".atlas")).map(|name| folder.join(name)).collect())
}

/// How far a walk goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Folders with an `atlas.yaml` of their own are other packages, and left out.
    Package,
    Everything,
}

/// The names, relative to the package, of every file below a folder; none where the folder is missing. Hidden folders and
/// those of tools' output are left out; links to folders are not followed, since they can form a ring.
pub(crate) fn walk(
    folder: &Path,
    name: &str,
    reach: Reach,
    found: &mut BTreeSet<String>,
) -> Result<(), (PathBuf, io::Error)> {
    let other = reach == Reach::Package && !name.is_empty() && folder.join(FILE_NAME).is_file();
    let entries = match fs::read_dir(folder) {
        _ if other => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| (folder.to_owned(), error))?,
    };
    for entry in entries {
        let entry = entry.map_err(|error| (folder.to_owned(), error))?;
        let own = entry.file_name().to_string_lossy().into_owned();
        let shown = below(name, &own);
        if !entry.file_type().map_err(|error| (entry.path(), error))?.is_dir() {
            found.insert(shown);
        } else if !own.starts_with('.') && !["target", "node_modules"].contains(&own.as_str()) {
            walk(&entry.path(), &shown, reach, found)?;
        }
    }
    Ok(())
}
