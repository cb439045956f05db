//! Finds a package and reads its files.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atlas9_driver::config::FILE_NAME;
use atlas9_driver::diagnostics::{Diagnostic, SourceMap, codes};
use atlas9_driver::{Package, PackageFile, matcher, unreadable};

/// A package that was read, and where it lies.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its folder.
    pub root: PathBuf,
    /// What was read.
    pub package: Package,
    /// `atlas.yaml` and the folders that hold the schema: what to watch for changes.
    pub watched: Vec<PathBuf>,
}

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

/// Reads the package in `root`. Files that cannot be read are among the package's diagnostics.
///
/// # Errors
/// When `atlas.yaml` itself cannot be read.
pub fn load(root: &Path) -> Result<Loaded, Diagnostic> {
    let config = root.join(FILE_NAME);
    let bytes =
        fs::read(&config).map_err(|error| unreadable(&config.display().to_string(), &error.to_string()))?;
    let mut package = Package::new(FILE_NAME, &bytes, &folder_name(root));
    let globs = matcher(&mut package);
    let bases: BTreeSet<String> = package.config.schema.value.iter().map(|glob| base(glob)).collect();
    let mut found = BTreeSet::new();
    for base in &bases {
        if let Err((path, error)) = walk(&root.join(base), base, &mut found) {
            package.diagnostics.push(unreadable(&path.display().to_string(), &error.to_string()));
        }
    }
    for name in found.into_iter().filter(|name| globs.is_match(name)) {
        let path = root.join(&name);
        match fs::read(&path) {
            Ok(bytes) => package.files.push(PackageFile { name, bytes }),
            Err(error) => {
                package.diagnostics.push(unreadable(&path.display().to_string(), &error.to_string()))
            }
        }
    }
    let watched = std::iter::once(config).chain(bases.iter().map(|base| root.join(base))).collect();
    Ok(Loaded { root: root.to_owned(), package, watched })
}

/// The folder that every match of a glob lies in: what stands before the first wildcard.
fn base(glob: &str) -> String {
    let parts: Vec<&str> = glob.trim_start_matches("./").split('/').collect();
    let folders = parts.split_last().map_or(&[][..], |(_, folders)| folders);
    let plain = folders.iter().take_while(|part| !part.contains(['*', '?', '[', '{', '\\']));
    plain.copied().collect::<Vec<_>>().join("/")
}

fn folder_name(root: &Path) -> String {
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The paths of every `.atlas` file below a folder that is no package.
///
/// # Errors
/// When a folder cannot be read.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut found = BTreeSet::new();
    walk(folder, "", &mut found)
        .map_err(|(path, error)| unreadable(&path.display().to_string(), &error.to_string()))?;
    Ok(found.iter().filter(|name| name.ends_with(".atlas")).map(|name| folder.join(name)).collect())
}

/// The names, relative to the package, of every file below a folder; none where the folder is missing. Hidden folders and
/// those of tools' output are left out; links to folders are not followed, since they can form a ring.
fn walk(folder: &Path, name: &str, found: &mut BTreeSet<String>) -> Result<(), (PathBuf, io::Error)> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| (folder.to_owned(), error))?,
    };
    for entry in entries {
        let entry = entry.map_err(|error| (folder.to_owned(), error))?;
        let own = entry.file_name().to_string_lossy().into_owned();
        let shown = if name.is_empty() { own.clone() } else { format!("{name}/{own}") };
        if !entry.file_type().map_err(|error| (entry.path(), error))?.is_dir() {
            found.insert(shown);
        } else if !own.starts_with('.') && !["target", "node_modules"].contains(&own.as_str()) {
            walk(&entry.path(), &shown, found)?;
        }
    }
    Ok(())
}

/// The sources with names that lead to them from the present folder, for what is shown to people.
#[must_use]
pub fn shown(root: &Path, sources: &SourceMap) -> SourceMap {
    let prefix = root.to_string_lossy().trim_end_matches('/').to_owned();
    if prefix == "." || prefix.is_empty() {
        return sources.clone();
    }
    sources
        .renamed(|name| if name.starts_with("std/") { name.to_owned() } else { format!("{prefix}/{name}") })
}
