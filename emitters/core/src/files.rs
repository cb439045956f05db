//! Files in memory, in order, none outside its folder.

use std::collections::BTreeMap;
use std::fmt;

/// A path below the output folder, `/` between its parts. Made of plain names only, so that no schema leads outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelativePath(String);

/// Why a path cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPath {
    /// The path as it was asked for.
    pub path: String,
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a path below the output folder", self.path.escape_debug())
    }
}

impl std::error::Error for BadPath {}

impl RelativePath {
    /// A checked path.
    ///
    /// # Errors
    /// When a part is empty, `.`, `..`, longer than 255 bytes, or has a character outside letters, digits and `._-@+`.
    pub fn new(path: &str) -> Result<RelativePath, BadPath> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-@+".contains(c);
        let good = |part: &str| {
            !part.is_empty() && part != "." && part != ".." && part.len() <= 255 && part.chars().all(plain)
        };
        match path.split('/').all(good) {
            true => Ok(RelativePath(path.to_owned())),
            false => Err(BadPath { path: path.to_owned() }),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Files by path, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    files: BTreeMap<RelativePath, Content>,
}

/// What a file holds: emitters here write text, those of others may write anything.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

impl Content {
    fn text(&self) -> Option<&str> {
        match self {
            Content::Text(text) => Some(text),
            Content::Bytes(_) => None,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }
}

impl Files {
    /// No files.
    pub fn new() -> Files {
        Files::default()
    }

    /// Adds a file; one that is there already is replaced.
    ///
    /// # Errors
    /// When the path is not one below the folder.
    pub fn insert(&mut self, path: &str, text: impl Into<String>) -> Result<(), BadPath> {
        self.files.insert(RelativePath::new(path)?, Content::Text(text.into()));
        Ok(())
    }

    /// Adds a file that need not be text; one that is there already is replaced.
    pub fn insert_bytes(&mut self, path: RelativePath, bytes: Vec<u8>) {
        self.files.insert(path, Content::Bytes(bytes));
    }

    /// True when there is a file of that path.
    pub fn contains(&self, path: &RelativePath) -> bool {
        self.files.contains_key(path)
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        RelativePath::new(path).ok().and_then(|path| self.files.get(&path)).and_then(Content::text)
    }

    /// The files that are text, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&RelativePath, &str)> {
        self.files.iter().filter_map(|(path, content)| Some((path, content.text()?)))
    }

    /// All files with their bytes, in order of path.
    pub fn bytes(&self) -> impl ExactSizeIterator<Item = (&RelativePath, &[u8])> {
        self.files.iter().map(|(path, content)| (path, content.bytes()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_outside() {
        let check = |path: &str, good: bool| assert_eq!(RelativePath::new(path).is_ok(), good, "{path:?}");
        check("src/books.ts", true);
        check(".npmignore", true);
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/./b", "a\\b", "a\0b", "C:x", "a b", "a/"]
        {
            check(bad, false);
        }
    }
}
