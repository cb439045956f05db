//! Where the pages of a handbook lie, and how one leads to another.

use std::collections::BTreeMap;

use crate::explain::{Explained, ExplainedKind};

/// All pages by their names.
pub(super) struct Pages<'a> {
    folders: BTreeMap<&'a str, &'static str>,
    ending: &'static str,
}

/// The page that a way leads from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// The index, at the top.
    Index,
    /// A page in its folder.
    Page(&'a str),
    /// A document that holds everything.
    One,
}

impl<'a> Pages<'a> {
    /// Pages in files that end so.
    pub fn new(explained: &'a [Explained], ending: &'static str) -> Pages<'a> {
        let folders = explained.iter().map(|page| (page.name.as_str(), folder(page))).collect();
        Pages { folders, ending }
    }

    /// The file of a page.
    pub fn path(&self, page: &Explained) -> String {
        format!("{}/{}.{}", folder(page), page.name, self.ending)
    }

    /// The way to the page of a name; nothing where there is none, and from a page to itself.
    pub fn way(&self, name: &str, from: Place<'_>) -> Option<String> {
        let folder = self.folders.get(name).filter(|_| from != Place::Page(name))?;
        Some(match from {
            Place::Index => format!("{folder}/{name}.{}", self.ending),
            Place::Page(_) => format!("../{folder}/{name}.{}", self.ending),
            // Browsers and forges make the anchor of a heading of its words in lower case.
            Place::One => format!("#{}", name.to_lowercase()),
        })
    }

    /// The way from a page to the index.
    pub fn to_index(&self) -> String {
        format!("../index.{}", self.ending)
    }
}

/// A page's text; that of a lint says behind its first sentence where it belongs, how bad it is and what fixes it.
pub(super) fn text(page: &Explained) -> String {
    let Some(group) = page.group else { return page.page.clone() };
    let line = format!("Group: {group}. Level: {}. Fix: {}.", page.level, page.fix.unwrap_or("none"));
    page.page.replacen("\n## ", &format!("\n{line}\n\n## "), 1)
}

fn folder(page: &Explained) -> &'static str {
    match page.kind {
        ExplainedKind::Error => "errors",
        ExplainedKind::Lint => "lints",
    }
}
