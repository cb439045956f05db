//! Applies fixes to the files of a package, in memory, until there is nothing left to fix.

mod edits;
mod renamed;

use std::collections::{BTreeMap, BTreeSet};

use atlas9_diagnostics::{Diagnostic, FileId};

use self::edits::{Change, Texts, apart, applied};
pub(crate) use self::renamed::renamed;
use crate::check::{CheckOptions, Checked, check};
use crate::package::Package;

/// The most rounds: a fix may bring another finding with a fix, but two that undo each other must not go on for ever.
const MAX_ROUNDS: usize = 20;

/// What fixing came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The files that changed, by name.
    pub files: Vec<FixedFile>,
    /// How many findings were fixed.
    pub count: usize,
    /// What could not be fixed, each with the reason, in words.
    pub left_out: Vec<String>,
}

/// A file that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// Its path from the package's folder.
    pub name: String,
    /// Its text before.
    pub before: String,
    /// Its text now.
    pub after: String,
}

/// Fixes what `told` says is to be told of a checked package, the safe ones, or the unsafe ones too. Files of other packages are left
/// alone. A fix that would leave the package with errors is not taken.
pub fn fix(
    package: &Package,
    options: &CheckOptions,
    unsafe_too: bool,
    told: &dyn Fn(&Checked) -> Vec<Diagnostic>,
) -> Fixed {
    let texts: Texts = own_texts(package);
    let mut fixing = Fixing {
        package,
        options,
        unsafe_too,
        texts: texts.clone(),
        refused: BTreeSet::new(),
        unrenamed: Vec::new(),
    };
    let mut fixed = Fixed::default();
    let mut rounds = 0;
    while let Some(changes) = fixing.next(told) {
        if rounds == MAX_ROUNDS {
            fixed.left_out.push(format!("stopped after {MAX_ROUNDS} rounds: fixes undo one another"));
            break;
        }
        rounds += 1;
        fixed.count += fixing.take(&changes, &mut fixed.left_out);
    }
    fixed.left_out.append(&mut fixing.unrenamed);
    fixed.files = fixing.files(&texts);
    fixed
}

fn own_texts(package: &Package) -> Texts {
    // What is not UTF-8 is an error, with which nothing is fixed.
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    package.own().files.iter().map(|file| (file.name.clone(), text(&file.bytes))).collect()
}

struct Fixing<'a> {
    package: &'a Package,
    options: &'a CheckOptions,
    unsafe_too: bool,
    texts: Texts,
    /// Fixes that are not to be tried again.
    refused: BTreeSet<String>,
    /// What was said in the last round of names that could not be given.
    unrenamed: Vec<String>,
}

impl Fixing<'_> {
    /// The changes of the next round, no two of which touch; nothing where there are none.
    fn next(&mut self, told: &dyn Fn(&Checked) -> Vec<Diagnostic>) -> Option<Vec<Change>> {
        let checked = self.check(&self.texts);
        checked.ir.as_ref()?;
        let found = told(&checked);
        self.unrenamed = renamed::refusals(&checked, &found);
        let changes = found.iter().filter_map(|finding| Change::of(&checked.sources, &self.texts, finding));
        let wanted =
            changes.filter(|change| (change.safe || self.unsafe_too) && !self.refused.contains(&change.name));
        let changes = apart(wanted.collect());
        (!changes.is_empty()).then_some(changes)
    }

    /// Makes the changes, without those that leave errors; how many were made.
    fn take(&mut self, changes: &[Change], left_out: &mut Vec<String>) -> usize {
        let mut taken: Vec<&Change> = Vec::new();
        let all: Vec<&Change> = changes.iter().collect();
        let mut waiting = vec![all.as_slice()];
        while let Some(some) = waiting.pop() {
            let together: Vec<&Change> = taken.iter().chain(some).copied().collect();
            match self.errors(&applied(&self.texts, &together)) {
                None => taken = together,
                Some(why) => match some {
                    [one] => {
                        self.refused.insert(one.name.clone());
                        left_out.push(format!("did not fix {}, which would leave an error: {why}", one.what));
                    }
                    some => {
                        let (first, rest) = some.split_at(some.len() / 2);
                        waiting.extend([rest, first]);
                    }
                },
            }
        }
        self.texts = applied(&self.texts, &taken);
        taken.len()
    }

    /// The first error of the language in these texts.
    fn errors(&self, texts: &Texts) -> Option<String> {
        let checked = self.check_plain(texts);
        if checked.ir.is_some() {
            return None;
        }
        let error = checked.diagnostics.first();
        Some(error.map_or_else(String::new, |error| format!("{} [{}]", error.message, error.code)))
    }

    fn check(&self, texts: &Texts) -> Checked {
        let options = CheckOptions { renames: self.unsafe_too, ..self.options.clone() };
        check(with(self.package, texts), &options)
    }

    fn check_plain(&self, texts: &Texts) -> Checked {
        check(with(self.package, texts), &CheckOptions { no_lints: true, ..self.options.clone() })
    }

    /// The files that changed. One that was laid out as `atlas9 fmt` does it is so again.
    fn files(&self, before: &Texts) -> Vec<FixedFile> {
        let changed = self.texts.iter().filter_map(|(name, after)| {
            let before = before.get(name).filter(|before| *before != after)?;
            let after = match formatted(before).as_ref() == Some(before) {
                true => formatted(after).unwrap_or_else(|| after.clone()),
                false => after.clone(),
            };
            Some(FixedFile { name: name.clone(), before: before.clone(), after })
        });
        changed.collect()
    }
}

/// The text as it is laid out; nothing where it has errors.
fn formatted(text: &str) -> Option<String> {
    let (formatted, wrong) = atlas9_syntax::format(FileId(0), text);
    wrong.is_empty().then_some(formatted)
}

/// The package with other texts.
fn with(package: &Package, texts: &BTreeMap<String, String>) -> Package {
    let mut package = package.clone();
    if let Some(own) = package.members.first_mut() {
        for file in &mut own.files {
            if let Some(text) = texts.get(&file.name) {
                file.bytes = text.clone().into_bytes();
            }
        }
    }
    package
}
