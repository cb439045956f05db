//! Finds the package that a command is about.

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_driver::config::FILE_NAME;
use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::unreadable;

/// The folder of the package: `path` itself, or without one the nearest folder upward that has an `atlas.yaml`.
///
/// # Errors
/// When the path is not there, or there is no package.
pub fn find(path: Option<&Path>) -> Result<PathBuf, Diagnostic> {
    match path {
        Some(path) => given(path),
        None => nearest(),
    }
}

fn given(path: &Path) -> Result<PathBuf, Diagnostic> {
    let shown = path.display().to_string();
    let meta = fs::metadata(path).map_err(|error| unreadable(&shown, &error.to_string()))?;
    if meta.is_file() && path.file_name().is_some_and(|name| name == FILE_NAME) {
        return Ok(path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
            .to_owned());
    }
    if !meta.is_dir() {
        return Err(no_package(&shown, format!("`{shown}` is a file, not a package")));
    }
    match path.join(FILE_NAME).is_file() {
        true => Ok(path.to_owned()),
        false => Err(no_package(&shown, format!("`{shown}` has no {FILE_NAME}"))),
    }
}

fn nearest() -> Result<PathBuf, Diagnostic> {
    let here = std::env::current_dir().map_err(|error| unreadable(".", &error.to_string()))?;
    let mut up = PathBuf::from(".");
    for folder in here.ancestors() {
        if folder.join(FILE_NAME).is_file() {
            return Ok(up);
        }
        up = if up == Path::new(".") { PathBuf::from("..") } else { up.join("..") };
    }
    Err(no_package(".", format!("no {FILE_NAME} in this folder or above it")))
}

fn no_package(path: &str, message: String) -> Diagnostic {
    Diagnostic::error(codes::E0002, message)
        .in_path(path)
        .help("name the package's folder, or start one here with `atlas9 init`")
}
