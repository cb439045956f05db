//! Finds the packages that a package names, each once, whichever way leads to it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atlas9_driver::config::{DependencyConfig, FILE_NAME};
use atlas9_driver::diagnostics::{Diagnostic, codes};
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
    let meta = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            missing(dependency, format!("there is no folder `{shown}`"))
        }
        _ => unreadable(&path.display().to_string(), &error.to_string()),
    })?;
    if !meta.is_dir() {
        return Err(missing(dependency, format!("`{shown}` is a file, not the folder of a package")));
    }
    if !path.join(FILE_NAME).is_file() {
        return Err(Diagnostic::error(
            codes::E0015,
            format!("`{shown}` has no {FILE_NAME}, so it is no package"),
        )
        .at(dependency.value, "not a package")
        .help("name the folder that has the atlas.yaml, or make this one a package with `atlas9 init`"));
    }
    path.canonicalize().map_err(|error| unreadable(&path.display().to_string(), &error.to_string()))
}

fn missing(dependency: &DependencyConfig, message: String) -> Diagnostic {
    Diagnostic::error(codes::E0014, message)
        .at(dependency.value, "seen from the folder of this atlas.yaml")
        .help("correct the path, or remove the dependency")
}
