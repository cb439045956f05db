//! Finds the packages that a package names, each once, whichever way leads to it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atlas9_driver::config::{DependencyConfig, FILE_NAME};
use atlas9_driver::diagnostics::{Diagnostic, codes, nearest};
use atlas9_driver::{below, unreadable};

use crate::load::{Loaded, Place, folder_name, read};
use crate::shown::without_detours;

impl Loaded {
    /// Finds the packages that a member names; new ones become members, to be read in their turn.
    pub(crate) fn dependencies(&mut self, from: usize) {
        let named = self.package.members[from].config.dependencies.clone();
        for (name, dependency) in named {
            match self.dependency(from, &dependency) {
                Ok(to) => self.package.need(from, &name, to),
                Err(wrong) => self.package.lose(from, wrong),
            }
        }
    }

    /// The member in that folder.
    fn dependency(&mut self, from: usize, dependency: &DependencyConfig) -> Result<usize, Diagnostic> {
        let path = self.places[from].root.join(&dependency.path.value);
        let whole = folder(&path, dependency)?;
        if let Some(known) = self.places.iter().position(|place| place.whole == whole) {
            return Ok(known);
        }
        let bytes = read(&path.join(FILE_NAME))?;
        let at = self.shortest(&below(&self.package.members[from].folder, &dependency.path.value), &whole);
        self.places.push(Place { root: self.root.join(&at), schema: Vec::new(), whole });
        Ok(self.package.add(&at, &bytes, &folder_name(&path)))
    }

    /// The way from the package to a folder without detours: `../units` rather than `../common/../units`, unless links make
    /// these two places.
    fn shortest(&self, way: &str, whole: &Path) -> String {
        let short = without_detours(way);
        let same = self.root.join(&short).canonicalize().is_ok_and(|path| path == whole);
        if same { short } else { way.to_owned() }
    }
}

/// The folder of a dependency as the system knows it.
fn folder(path: &Path, dependency: &DependencyConfig) -> Result<PathBuf, Diagnostic> {
    let shown = &dependency.path.value;
    let unreadable = |error: io::Error| unreadable(&path.display().to_string(), &error.to_string());
    let meta = match fs::metadata(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Err(missing(path, dependency, format!("there is no folder `{shown}`")));
        }
        meta => meta.map_err(unreadable)?,
    };
    if !meta.is_dir() {
        return Err(missing(path, dependency, format!("`{shown}` is a file, not the folder of a package")));
    }
    if !is_package(path) {
        return Err(no_package(path, dependency));
    }
    path.canonicalize().map_err(unreadable)
}

fn is_package(path: &Path) -> bool {
    path.join(FILE_NAME).is_file()
}

fn missing(path: &Path, dependency: &DependencyConfig, message: String) -> Diagnostic {
    let near = beside(path, dependency).or_else(|| above(path, dependency));
    Diagnostic::error(codes::E0014, message)
        .at(dependency.value, "seen from the folder of this atlas.yaml")
        .help(near.map_or_else(|| "correct the path, or remove the dependency".to_owned(), did_you_mean))
}

fn no_package(path: &Path, dependency: &DependencyConfig) -> Diagnostic {
    let message = format!("`{}` has no {FILE_NAME}, so it is no package", dependency.path.value);
    let otherwise = "name the folder that has the atlas.yaml, or make this one a package with `atlas9 init`";
    let near = above(path, dependency);
    Diagnostic::error(codes::E0015, message)
        .at(dependency.value, "not a package")
        .help(near.map_or_else(|| otherwise.to_owned(), did_you_mean))
}

fn did_you_mean(name: String) -> String {
    format!("did you mean `{name}`?")
}

/// A package beside the folder that has nearly its name.
fn beside(path: &Path, dependency: &DependencyConfig) -> Option<String> {
    let (folder, name) = dependency.path.value.rsplit_once('/').unwrap_or((".", &dependency.path.value));
    let entries = fs::read_dir(path.parent()?).ok()?.flatten().map(|entry| entry.path());
    let packages = entries.filter(|path| is_package(path));
    let mut names: Vec<String> =
        packages.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    names.sort();
    nearest(name, names.iter().map(String::as_str)).map(|near| format!("{folder}/{near}"))
}

/// The folder above, where that is a package.
fn above(path: &Path, dependency: &DependencyConfig) -> Option<String> {
    let (above, _) = dependency.path.value.rsplit_once('/')?;
    path.parent().filter(|parent| is_package(parent)).map(|_| above.to_owned())
}
