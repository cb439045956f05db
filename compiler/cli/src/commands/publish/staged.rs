//! The package as it would be uploaded, in a folder of its own.

use std::path::PathBuf;

use atlas9_driver::Output;

/// A package that was written to be looked at by the registry's client.
pub struct Staged<'a> {
    /// Where it lies.
    pub folder: PathBuf,
    /// What was generated.
    pub output: &'a Output,
    /// The version of the service.
    pub version: &'a str,
}

impl Staged<'_> {
    /// True where the package has the file, generated or put there by hand.
    pub fn has(&self, path: &str) -> bool {
        self.output.files.get(path).is_some() || self.folder.join(path).is_file()
    }

    /// The text of a file of the package.
    ///
    /// # Errors
    /// When the package has no such file, in words.
    pub fn text(&self, path: &str) -> Result<&str, String> {
        self.output.files.get(path).ok_or_else(|| format!("the package has no {path}"))
    }
}
