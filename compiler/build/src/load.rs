//! Reads a package and those that it needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use atlas9_driver::config::{Config, FILE_NAME, matcher};
use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::{Package, PackageFile, unreadable};

use crate::walk::{Reach, walk};

/// A package that was read, and where it and those that it needs lie.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its folder.
    pub root: PathBuf,
    /// What was read.
    pub package: Package,
    /// Where each member of the package lies, in their order.
    pub places: Vec<Place>,
}

/// Where one of the packages lies.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its folder.
    pub root: PathBuf,
    /// The folders that hold its schema.
    pub schema: Vec<PathBuf>,
    /// The folder as the system knows it, so that a package is read once, whichever way leads to it.
    pub(crate) whole: PathBuf,
}

impl Loaded {
    /// What to watch for changes: each `atlas.yaml`, and the folders that hold the schemas.
    pub fn watched(&self) -> Vec<PathBuf> {
        let each = |place: &Place| {
            std::iter::once(place.root.join(FILE_NAME)).chain(place.schema.clone()).collect::<Vec<_>>()
        };
        self.places.iter().flat_map(each).collect()
    }
}

/// Reads the package in `root`, and those that it needs. Files that cannot be read are among the package's diagnostics.
///
/// # Errors
/// When its `atlas.yaml` itself cannot be read.
pub fn load(root: &Path) -> Result<Loaded, Diagnostic> {
    let bytes = read(&root.join(FILE_NAME))?;
    let package = Package::new(&bytes, &folder_name(root));
    let mut loaded = Loaded { root: root.to_owned(), package, places: vec![Place::of(root.to_owned())] };
    let mut next = 0;
    while next < loaded.places.len() {
        loaded.schema(next);
        loaded.dependencies(next);
        next += 1;
    }
    loaded.package.settle();
    Ok(loaded)
}

impl Place {
    fn of(root: PathBuf) -> Place {
        let whole = root.canonicalize().unwrap_or_else(|_| root.clone());
        Place { root, schema: Vec::new(), whole }
    }
}

impl Loaded {
    /// Reads the files of a member's schema.
    fn schema(&mut self, index: usize) {
        let (member, place) = (&mut self.package.members[index], &mut self.places[index]);
        let globs = matcher(&member.config);
        let bases: BTreeSet<String> = member.config.schema.value.iter().map(|glob| base(glob)).collect();
        let mut found = BTreeSet::new();
        let mut failed = Vec::new();
        for base in &bases {
            if let Some(other) = other_package(&place.root, base) {
                failed.push(foreign(&member.config, base, &other));
                continue;
            }
            let folder = place.root.join(base);
            if let Err((path, error)) = walk(&folder, base, Reach::Package, &mut found) {
                failed.push(unreadable(&path.display().to_string(), &error.to_string()));
            }
            place.schema.push(folder);
        }
        for name in found.into_iter().filter(|name| globs.is_match(name)) {
            match read(&place.root.join(&name)) {
                Ok(bytes) => member.files.push(PackageFile { name, bytes }),
                Err(error) => failed.push(error),
            }
        }
        self.package.diagnostics.extend(failed);
    }
}

/// The nearest folder of another package that a folder of this one lies in.
fn other_package(root: &Path, folder: &str) -> Option<String> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    let mut above = ends.filter_map(|end| folder.get(..end)).filter(|above| !above.is_empty());
    above.find(|above| root.join(above).join(FILE_NAME).is_file()).map(str::to_owned)
}

fn foreign(config: &Config, folder: &str, other: &str) -> Diagnostic {
    let mut wrong =
        Diagnostic::error(codes::E0027, format!("`{folder}` is part of another package, in `{other}`"))
            .help("name the other package below `dependencies`");
    wrong.span = config.schema.span;
    wrong
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    fs::read(path).map_err(|error| unreadable(&path.display().to_string(), &error.to_string()))
}

/// The folder that every match of a glob lies in: what stands before the first wildcard.
fn base(glob: &str) -> String {
    let parts: Vec<&str> = glob.trim_start_matches("./").split('/').collect();
    let folders = parts.split_last().map_or(&[][..], |(_, folders)| folders);
    let plain = folders.iter().take_while(|part| !part.contains(['*', '?', '[', '{', '\\']));
    plain.copied().collect::<Vec<_>>().join("/")
}

pub(crate) fn folder_name(root: &Path) -> String {
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
