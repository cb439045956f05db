//! How generated code names what it does not define itself.
//!
//! A schema may declare a type called `Option` or `Field`. So every name from outside is asked for here: it is imported
//! and short where the file defines nothing of that name, and a full path where it does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Names that every Rust file sees without an import, and where they come from.
const PRELUDE: [(&str, &str); 21] = [
    ("Box", "std::boxed::Box"),
    ("Clone", "std::clone::Clone"),
    ("Copy", "std::marker::Copy"),
    ("Default", "std::default::Default"),
    ("Eq", "std::cmp::Eq"),
    ("Err", "std::result::Result::Err"),
    ("Fn", "std::ops::Fn"),
    ("FnOnce", "std::ops::FnOnce"),
    ("From", "std::convert::From"),
    ("Into", "std::convert::Into"),
    ("IntoIterator", "std::iter::IntoIterator"),
    ("None", "std::option::Option::None"),
    ("Ok", "std::result::Result::Ok"),
    ("Option", "std::option::Option"),
    ("PartialEq", "std::cmp::PartialEq"),
    ("Result", "std::result::Result"),
    ("Send", "std::marker::Send"),
    ("Some", "std::option::Option::Some"),
    ("String", "std::string::String"),
    ("Sync", "std::marker::Sync"),
    ("Vec", "std::vec::Vec"),
];

/// The names of one generated file.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The file's own module, `super::types` as its neighbours see it.
    home: String,
    taken: BTreeSet<String>,
    /// Imported names and their modules.
    imported: RefCell<BTreeMap<String, String>>,
}

impl Scope {
    /// The file of a module, as its neighbours call it, that defines these names.
    pub fn new(home: &str, taken: impl IntoIterator<Item = String>) -> Scope {
        Scope { home: home.to_owned(), taken: taken.into_iter().collect(), imported: RefCell::default() }
    }

    /// Something that every Rust file sees without an import: `Option`, `Ok`, `String`.
    pub fn prelude(&self, name: &str) -> String {
        let origin = PRELUDE.iter().find(|(known, _)| *known == name).map(|(_, origin)| origin);
        // A file that defines a type `Result` says `Err` in full as well, which nobody has to think about then.
        let hidden = origin.is_some_and(|origin| origin.split("::").any(|part| self.taken.contains(part)));
        match origin {
            Some(origin) if hidden => full(origin),
            _ => name.to_owned(),
        }
    }

    /// Something of a module, imported where the file has no other use for the name.
    pub fn item(&self, module: &str, name: &str) -> String {
        if module == self.home {
            return name.to_owned();
        }
        let known = PRELUDE.iter().any(|(known, _)| *known == name);
        if !known && !self.taken.contains(name) {
            let mut imported = self.imported.borrow_mut();
            if imported.entry(name.to_owned()).or_insert_with(|| module.to_owned()) == module {
                return name.to_owned();
            }
        }
        full(&format!("{module}::{name}"))
    }

    /// What was asked for and is imported: the names by their modules, as far as they are `written`.
    pub fn imports(&self, written: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
        let mut modules: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, module) in self.imported.borrow().iter().filter(|(name, _)| written(name)) {
            modules.entry(module.clone()).or_default().push(name.clone());
        }
        modules
    }
}

/// A whole path; one that does not begin here begins with `::`, so that no module of the user's can be meant.
fn full(path: &str) -> String {
    let own = path.starts_with("super::") || path.starts_with("crate::");
    if own { path.to_owned() } else { format!("::{path}") }
}
