//! Changes files all or none: what fails half-way is put back as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A path and why it could not be read or written.
pub(crate) type Failure = (PathBuf, io::Error);

/// What is to be written and what is to go.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub write: Vec<(PathBuf, Vec<u8>)>,
    pub remove: Vec<PathBuf>,
}

/// Makes the changes. Folders below `base` that are empty afterwards go.
///
/// # Errors
/// With the first thing that failed; then the files and folders are what they were.
pub(crate) fn apply(base: &Path, changes: &Changes) -> Result<(), Failure> {
    let mut undo = Undo::default();
    match undo.make(changes) {
        Ok(()) => {
            undo.forget();
            remove_empty(base, &changes.remove);
            Ok(())
        }
        Err(failure) => {
            undo.put_back();
            Err(failure)
        }
    }
}

/// Puts `text` in the place of a file: a reader sees the old text or the new, and a failure leaves the old one whole.
///
/// # Errors
/// When the file or its folder cannot be written.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one: the file that it leads to is replaced.
    let path = fs::canonicalize(path)?;
    let new = beside(&path, "tmp");
    put(&new, &path, text.as_bytes()).and_then(|()| fs::rename(&new, &path)).inspect_err(|_| {
        let _ = fs::remove_file(&new);
    })
}

/// The name of a file that stands in for another for a moment.
fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".atlas9-{what}"));
    path.with_file_name(name)
}

/// Writes a file that nobody else has open and that is no link, with the permissions of the one that it replaces.
fn put(new: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    clear(new)?;
    io::Write::write_all(&mut fs::File::create_new(new)?, bytes)?;
    match fs::metadata(path) {
        Ok(meta) => fs::set_permissions(new, meta.permissions()),
        Err(_) => Ok(()),
    }
}

/// Takes away what a run that was killed left behind.
fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The way back.
#[derive(Default)]
struct Undo {
    /// Folders that were made, outermost first.
    folders: Vec<PathBuf>,
    /// Files that wait to be moved to their places.
    staged: Vec<PathBuf>,
    /// Files that were put where none was.
    created: Vec<PathBuf>,
    /// Where the old files are kept, and their places.
    kept: Vec<(PathBuf, PathBuf)>,
}

impl Undo {
    fn make(&mut self, changes: &Changes) -> Result<(), Failure> {
        for (path, bytes) in &changes.write {
            self.stage(path, bytes)?;
        }
        for path in &changes.remove {
            self.take_away(path).map_err(|error| (path.clone(), error))?;
        }
        for (path, _) in &changes.write {
            self.move_in(path).map_err(|error| (path.clone(), error))?;
        }
        Ok(())
    }

    fn stage(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(folder) = path.parent() {
            self.make_folder(folder)?;
        }
        let new = beside(path, "tmp");
        self.staged.push(new.clone());
        put(&new, path, bytes).map_err(|error| (path.to_owned(), error))
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let there = |above: &&Path| !above.as_os_str().is_empty() && !above.exists();
        let missing: Vec<&Path> = folder.ancestors().take_while(there).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| (folder.to_owned(), error))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    fn take_away(&mut self, path: &Path) -> io::Result<()> {
        let old = beside(path, "old");
        clear(&old)?;
        fs::rename(path, &old)?;
        self.kept.push((old, path.to_owned()));
        Ok(())
    }

    fn move_in(&mut self, path: &Path) -> io::Result<()> {
        if fs::symlink_metadata(path).is_ok() {
            let old = beside(path, "old");
            clear(&old)?;
            // A second name keeps the old file without a moment in which the place is empty; not every disk has them.
            fs::hard_link(path, &old).or_else(|_| {
                fs::copy(path, &old).map(drop).inspect_err(|_| {
                    let _ = fs::remove_file(&old);
                })
            })?;
            self.kept.push((old, path.to_owned()));
        } else {
            self.created.push(path.to_owned());
        }
        fs::rename(beside(path, "tmp"), path)
    }

    /// What cannot be put back is a file whose name says that it is the old one.
    fn put_back(&self) {
        self.staged.iter().chain(&self.created).for_each(|path| {
            let _ = fs::remove_file(path);
        });
        for (old, path) in self.kept.iter().rev() {
            if fs::rename(old, path).is_ok() {
                // Moving one name of a file over another of the same file leaves both.
                let _ = fs::remove_file(old);
            }
        }
        self.folders.iter().rev().for_each(|folder| {
            let _ = fs::remove_dir(folder);
        });
    }

    fn forget(&self) {
        self.kept.iter().for_each(|(old, _)| {
            let _ = fs::remove_file(old);
        });
    }
}

/// Deepest first; a folder with other files in it stays.
fn remove_empty(base: &Path, removed: &[PathBuf]) {
    let above = removed.iter().flat_map(|path| path.ancestors().skip(1).take_while(|above| *above != base));
    let folders: std::collections::BTreeSet<&Path> = above.collect();
    folders.into_iter().rev().for_each(|folder| {
        let _ = fs::remove_dir(folder);
    });
}
