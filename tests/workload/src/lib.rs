//! The workload of the benchmark: an API of as many resources as one likes, the same bytes each time.
//!
//! Each resource has 13 fields (one enum, one nested type, one reference to the resource before it, one list), five standard
//! operations and one action, with cursor pagination, filters and shared errors. The layout is that of a package that grew to
//! the size: namespaces of a hundred resources, each a folder, with four resources a file.

mod atlas;
mod names;
mod proto;

use std::io;
use std::path::Path;

use names::Named;

/// How many resources a namespace has.
const NAMESPACE: usize = 100;

/// How many resources a file has.
const FILE: usize = 4;

/// Files by their paths, relative to the package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(Vec<(String, String)>);

impl Files {
    /// The API in the language of atlas9.
    pub fn atlas(resources: usize) -> Files {
        atlas::package(resources)
    }

    /// The same API for buf.
    pub fn proto(resources: usize) -> Files {
        proto::module(resources)
    }

    /// Paths and texts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many bytes the files have.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|(_, text)| text.len()).sum()
    }

    /// Writes the files into a folder, which is emptied first.
    ///
    /// # Errors
    /// When the folder cannot be emptied or written to.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        for (path, text) in self.iter() {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, text)?;
        }
        Ok(())
    }

    fn add(&mut self, path: impl Into<String>, text: String) {
        self.0.push((path.into(), text));
    }
}

/// The resources of each file, with its number in its namespace.
fn pages(resources: usize) -> impl Iterator<Item = (usize, Vec<Named>)> {
    let starts = (0..resources.div_ceil(NAMESPACE)).flat_map(move |space| {
        let end = ((space + 1) * NAMESPACE).min(resources);
        (space * NAMESPACE..end).step_by(FILE).map(move |start| start..(start + FILE).min(end))
    });
    starts.map(|range| (range.start % NAMESPACE / FILE, range.map(Named::new).collect()))
}
