//! What a file imports, under names that nothing in it hides.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use atlas9_emitters_core::Writer;

use crate::layout;

/// The imports of a file in the making.
#[derive(Clone, Debug)]
pub(crate) struct Imports {
    /// Names of members and of arguments in the file, which hide what is imported.
    members: BTreeSet<String>,
    /// Names that the package gives to its own.
    exported: BTreeSet<String>,
    /// The dots before a module of the package.
    dots: &'static str,
    found: Modules,
    /// What only those who check types need, and who runs the package may not have.
    typed: Modules,
}

impl Imports {
    /// Of a file with these members; `dots` lead from it to the top of the package.
    pub(super) fn new(members: BTreeSet<String>, exported: &BTreeSet<String>, dots: &'static str) -> Imports {
        Imports { members, exported: exported.clone(), dots, found: BTreeMap::new(), typed: BTreeMap::new() }
    }

    /// The name in this file of something of Python or of the runtime. Modules of the runtime begin with `core.`
    pub(crate) fn get(&mut self, module: &str, name: &str) -> String {
        let mut local = name.to_owned();
        while self.members.contains(&local) || self.exported.contains(&local) {
            local.push('_');
        }
        if module != "builtins" || local != name {
            self.insert(module, name, &local);
        }
        local
    }

    /// The name in this file of something that the package exports.
    pub(crate) fn own(&mut self, module: &str, name: &str) -> String {
        let mut local = name.to_owned();
        while self.members.contains(&local) {
            local.push('_');
        }
        self.insert(module, name, &local);
        local
    }

    /// The name in this file of something that only annotations refer to.
    pub(crate) fn typed(&mut self, module: &str, name: &str) -> String {
        self.get("typing", "TYPE_CHECKING");
        let mut local = name.to_owned();
        while self.members.contains(&local) || self.exported.contains(&local) {
            local.push('_');
        }
        self.typed.entry(self.path(module)).or_default().insert(name.to_owned(), local.clone());
        local
    }

    /// As [`Imports::own`], for what the file itself declares.
    pub(super) fn declared(&mut self, module: &str) {
        self.found.remove(&self.path(module));
    }

    fn insert(&mut self, module: &str, name: &str, local: &str) {
        let path = self.path(module);
        self.found.entry(path).or_default().insert(name.to_owned(), local.to_owned());
    }

    fn path(&self, module: &str) -> String {
        let ours =
            ["core", "errors", "models", "resources"].contains(&module.split('.').next().unwrap_or(""));
        if ours { format!("{}{module}", self.dots) } else { module.to_owned() }
    }

    /// Writes them, in the order of isort: Python's first, then the package's.
    pub(super) fn write(&self, w: &mut Writer) {
        w.line("from __future__ import annotations");
        for group in groups(&self.found) {
            w.blank();
            group.into_iter().for_each(|(module, names)| import_all(w, module, names));
        }
        if self.typed.is_empty() {
            return;
        }
        w.blank().line("if TYPE_CHECKING:").indented(|w| {
            for (at, group) in groups(&self.typed).into_iter().enumerate() {
                if at > 0 {
                    w.line("");
                }
                group.into_iter().for_each(|(module, names)| import_all(w, module, names));
            }
        });
    }
}

type Modules = BTreeMap<String, BTreeMap<String, String>>;

/// What is Python's, and what is the package's.
fn groups(all: &Modules) -> Vec<Vec<(&String, &BTreeMap<String, String>)>> {
    let (ours, pythons): (Vec<_>, Vec<_>) = all.iter().partition(|(module, _)| module.starts_with('.'));
    [pythons, ours].into_iter().filter(|group| !group.is_empty()).collect()
}

fn import_all(w: &mut Writer, module: &str, names: &BTreeMap<String, String>) {
    let mut names: Vec<(&String, &String)> = names.iter().collect();
    names.sort_by(|a, b| order(a.0, b.0));
    let shown = |(name, local): (&String, &String)| match name == local {
        true => name.clone(),
        false => format!("{name} as {local}"),
    };
    let names: Vec<String> = names.into_iter().map(shown).collect();
    import(w, module, &names);
}

/// `from module import a, b`
pub(super) fn import(w: &mut Writer, module: &str, names: &[String]) {
    let line = format!("from {module} import {}", names.join(", "));
    if layout::fits(w, &line) {
        w.line(line);
    } else {
        layout::list(w, &format!("from {module} import ("), names, ")");
    }
}

/// Constants, classes, and the rest, each in natural order.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    rank(a)
        .cmp(&rank(b))
        .then_with(|| natural(&a.to_lowercase(), &b.to_lowercase()))
        .then_with(|| natural(a, b))
}

fn rank(name: &str) -> u8 {
    let letters = |test: fn(&char) -> bool| name.chars().filter(|c| c.is_alphabetic()).all(|c| test(&c));
    match name {
        name if name.len() > 1 && letters(|c| c.is_uppercase()) => 0,
        name if name.starts_with(|c: char| c.is_uppercase()) => 1,
        _ => 2,
    }
}

/// As [`order`], but small letters come behind capitals: as `__all__` is sorted.
pub(super) fn order_of_all(a: &str, b: &str) -> Ordering {
    rank(a).cmp(&rank(b)).then_with(|| natural(a, b))
}

/// Runs of digits are compared as numbers.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (Some(first), Some(second)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len());
        };
        if first.is_ascii_digit() && second.is_ascii_digit() {
            let (left, rest_a) = digits(a);
            let (right, rest_b) = digits(b);
            let by_number = left.len().cmp(&right.len()).then_with(|| left.cmp(right));
            if by_number != Ordering::Equal {
                return by_number;
            }
            (a, b) = (rest_a, rest_b);
        } else if first != second {
            return first.cmp(&second);
        } else {
            let width = first.len_utf8();
            (a, b) = (a.get(width..).unwrap_or(""), b.get(width..).unwrap_or(""));
        }
    }
}

/// The number that the text begins with, without leading zeros, and what stands behind it.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (number.trim_start_matches('0'), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_as_isort_sorts_them() {
        let mut names = ["error_of", "Error10", "Error2", "UNSET", "error", "Any"];
        names.sort_by(|a, b| order(a, b));
        assert_eq!(names, ["UNSET", "Any", "Error2", "Error10", "error", "error_of"]);
    }

    #[test]
    fn what_is_hidden_has_another_name() {
        let mut imports =
            Imports::new(BTreeSet::from(["list".to_owned()]), &BTreeSet::from(["Any".to_owned()]), ".");
        assert_eq!(imports.get("builtins", "str"), "str");
        assert_eq!(imports.get("builtins", "list"), "list_");
        assert_eq!(imports.get("typing", "Any"), "Any_");
        assert_eq!(imports.get("core.unset", "UNSET"), "UNSET");
        let mut w = Writer::new("    ");
        imports.write(&mut w);
        let expected = "from __future__ import annotations\n\nfrom builtins import list as list_\nfrom typing import Any as Any_\n\nfrom .core.unset import UNSET\n";
        assert_eq!(w.finish(), expected);
    }
}
