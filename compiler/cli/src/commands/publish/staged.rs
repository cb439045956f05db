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
    /// The text of a file of the package.
    ///
    /// # Errors
    /// When the package has no such file, in words.
    pub fn text(&self, path: &str) -> Result<&str, String> {
        self.output.files.get(path).ok_or_else(|| format!("the package has no {path}"))
    }
}
