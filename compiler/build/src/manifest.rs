//! The list of what was written, so that stale files go and edited ones are seen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The manifest's file in each output folder.
pub const FILE_NAME: &str = ".atlas9-manifest.json";

/// What one emitter wrote to a folder: SHA-256 of each file, in hexadecimal, by its path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub emitter: String,
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest of a folder. One that is missing or unreadable is empty: then every file that differs counts as
    /// edited, and none is lost.
    pub fn read(folder: &Path) -> Manifest {
        let text = fs::read(folder.join(FILE_NAME)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        // Strings and a map of strings: nothing in it can fail to be JSON.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// True when `bytes` are what was written to `path` the last time.
    pub fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.files.get(path).is_some_and(|known| *known == hash(bytes))
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
