//! The list of what was written, so that stale files go and edited ones are seen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The manifest's file in the package, or in the folder that `--out` names.
pub const FILE_NAME: &str = ".atlas9-manifest.json";

/// What one emitter wrote: SHA-256 of each file, in hexadecimal, by its path in the folder `out`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub out: String,
    pub files: BTreeMap<String, String>,
}

impl Entry {
    /// The files by their path from the base. Anybody can edit the manifest: what leads outside the base is not ours.
    pub fn paths(&self) -> impl Iterator<Item = (String, &str)> {
        self.files
            .iter()
            .map(|(path, hash)| (below(&self.out, path), hash.as_str()))
            .filter(|(path, _)| Path::new(path).components().all(|part| matches!(part, Component::Normal(_))))
    }
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The package that it was made from: another one would take it for its own, and for stale.
    pub package: String,
    /// The files, by emitter.
    pub emitters: BTreeMap<String, Entry>,
}

impl Manifest {
    /// The manifest of a folder. One that is missing or unreadable is empty: then every file that differs counts as
    /// edited, and none is lost.
    pub fn read(base: &Path) -> Manifest {
        let text = fs::read(base.join(FILE_NAME)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        // Strings and maps of strings: nothing in it can fail to be JSON.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Every file that was written, by its path from the base.
    pub fn paths(&self) -> impl Iterator<Item = (String, &str)> {
        self.emitters.values().flat_map(Entry::paths)
    }
}

/// A path in the folder `out`, from the base.
pub(crate) fn below(out: &str, path: &str) -> String {
    match out {
        "" => path.to_owned(),
        out => format!("{out}/{path}"),
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
