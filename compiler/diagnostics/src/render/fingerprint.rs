//! What a finding is known by from one run to the next, whatever lines are added above it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::file_of;
use crate::{Diagnostic, SourceMap};

/// Gives each finding its fingerprint; no two of a run are the same.
pub(super) struct Fingerprints<'a> {
    sources: &'a SourceMap,
    seen: BTreeMap<String, usize>,
}

impl<'a> Fingerprints<'a> {
    /// For the findings of one run, which are asked for in order.
    pub fn new(sources: &'a SourceMap) -> Fingerprints<'a> {
        Fingerprints { sources, seen: BTreeMap::new() }
    }

    /// 32 hexadecimal digits of what is wrong, the file, the declaration and the text of the first line, without its
    /// indentation; what is the same in all of that is told apart by its order.
    pub fn of(&mut self, diagnostic: &Diagnostic) -> String {
        let what = [
            &diagnostic.code,
            file_of(self.sources, diagnostic).unwrap_or(""),
            diagnostic.symbol.as_deref().unwrap_or(""),
            // A finding without a line is what it says.
            self.line(diagnostic).unwrap_or(&diagnostic.message),
        ]
        .join("\0");
        let count = self.seen.entry(what.clone()).or_default();
        *count += 1;
        let digest = Sha256::digest(format!("{what}\0{count}"));
        digest.iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn line(&self, diagnostic: &Diagnostic) -> Option<&'a str> {
        let span = diagnostic.span?;
        let file = self.sources.get(span.file)?;
        let line = file.line_index(span.start as usize);
        let range = file.line_start(line)?..file.line_start(line + 1)?;
        file.text().get(range).map(str::trim)
    }
}
