//! What has to change in a package's files when something that it declares gets another name.
//!
//! The passes note what each name in use stands for ([`crate::meanings`]), so that no place can be forgotten. What comes out is analysed
//! again all the same: no edit is given after which a name would stand for something else, or more of the API would differ than names.

mod declared;
mod moved;
mod shape;

use atlas9_diagnostics::{Diagnostic, Edit, FileId, Level, Rename, SourceMap, Span};
use atlas9_ir::Ir;
use atlas9_syntax::ast::File;
use foldhash::{HashMap, HashSet};

use crate::context::Sink;
use crate::meanings::{Meaning, Meanings};
use crate::packages::Packages;
use crate::{PackageInfo, finished, passes};
use declared::Declared;
use moved::Moved;

/// The edits, in the package's own files, that give declarations and members of the package `of` other names, one answer for each of
/// `renames`. Those that are given hold together as well as each by itself.
///
/// # Errors
/// Why a name cannot be given, in words: what stands there is no declaration of the package, was renamed before, or would clash or
/// change more than names.
pub fn renames(
    sources: &SourceMap,
    files: &[File],
    packages: &[PackageInfo],
    of: usize,
    renames: &[Rename],
) -> Vec<Result<Vec<Edit>, String>> {
    if renames.is_empty() {
        return Vec::new();
    }
    match Renaming::new(sources, files, packages, of) {
        Ok(renaming) => renaming.answers(renames),
        Err(why) => renames.iter().map(|_| Err(why.clone())).collect(),
    }
}

/// A package without errors.
struct Analysed {
    ir: Ir,
    meanings: HashMap<Span, Meaning>,
    declared: HashMap<Span, Declared>,
}

impl Analysed {
    fn new(
        sources: &SourceMap,
        files: &[File],
        packages: &[PackageInfo],
        of: usize,
    ) -> Result<Analysed, String> {
        let sink = Sink::default();
        let packages = Packages::new(sources, files, packages, of);
        let (cx, ir) = passes(sources, files, &packages, &sink, Meanings::wanted());
        let (meanings, declared) = (cx.meanings.all(), declared::all(&cx));
        match finished(sources, files, &sink, ir) {
            (Some(ir), _) => Ok(Analysed { ir, meanings, declared }),
            (None, found) => Err(first_error(&found).unwrap_or_default()),
        }
    }
}

fn first_error(found: &[Diagnostic]) -> Option<String> {
    let error = found.iter().find(|finding| finding.level == Level::Error)?;
    Some(format!("{} [{}]", error.message, error.code))
}

/// A name in use, and what it stands for.
type Use = (Span, Meaning);

struct Renaming<'r> {
    sources: &'r SourceMap,
    files: &'r [File],
    packages: &'r [PackageInfo],
    of: usize,
    now: Analysed,
    /// By the place of the declaration.
    uses: HashMap<Span, Vec<Use>>,
}

impl<'r> Renaming<'r> {
    fn new(
        sources: &'r SourceMap,
        files: &'r [File],
        packages: &'r [PackageInfo],
        of: usize,
    ) -> Result<Renaming<'r>, String> {
        let now = Analysed::new(sources, files, packages, of)
            .map_err(|error| format!("the package has an error: {error}"))?;
        let mut uses: HashMap<Span, Vec<Use>> = HashMap::default();
        for (place, meaning) in &now.meanings {
            uses.entry(meaning.declared()).or_default().push((*place, *meaning));
        }
        Ok(Renaming { sources, files, packages, of, now, uses })
    }

    fn answers(&self, renames: &[Rename]) -> Vec<Result<Vec<Edit>, String>> {
        let mut places = HashSet::default();
        let old: HashSet<&str> = renames.iter().map(|rename| self.sources.slice(rename.at)).collect();
        let answer = |rename: &Rename| {
            if !places.insert(rename.at) {
                return Err("it gets another name already".to_owned());
            }
            // Alone, it would meet the other one.
            if old.contains(rename.to.as_str()) {
                return Err(format!("`{}` is the name of something else until that is renamed", rename.to));
            }
            self.edits(rename)
        };
        let mut answers: Vec<Result<Vec<Edit>, String>> = renames.iter().map(answer).collect();
        self.settle(&mut answers);
        answers
    }

    /// The edits of one, by what is noted of names.
    fn edits(&self, rename: &Rename) -> Result<Vec<Edit>, String> {
        let declared =
            self.now.declared.get(&rename.at).ok_or("no declaration of the package stands there")?;
        let (old, new) = (declared.name.as_str(), rename.to.as_str());
        if declared.renamed {
            return Err(format!("`{old}` was renamed before, as its `@renamed` says"));
        }
        if !is_name(new) || old == new {
            return Err(format!("`{new}` cannot be its new name"));
        }
        let mut edits = vec![Edit { span: rename.at, text: new.to_owned() }];
        for (place, meaning) in self.uses.get(&rename.at).into_iter().flatten() {
            let (Some(was), Some(is)) = (meaning.called(old), meaning.called(new)) else {
                let place = self.sources.place(*place);
                return Err(format!("what is named after it in {place} has no name after `{new}`"));
            };
            if self.sources.slice(*place) != was {
                let place = self.sources.place(*place);
                return Err(format!("escapes hide where `{was}` stands in {place}"));
            }
            if was != is {
                edits.push(Edit { span: *place, text: is });
            }
        }
        edits.sort_by_key(|edit| edit.span);
        Ok(edits)
    }

    /// Refuses those that do not hold. All are tried together first, then fewer and fewer.
    fn settle(&self, answers: &mut [Result<Vec<Edit>, String>]) {
        let all: Vec<usize> = (0..answers.len()).filter(|index| answers[*index].is_ok()).collect();
        let mut taken: Vec<usize> = Vec::new();
        let mut waiting = vec![all.as_slice()];
        while let Some(some) = waiting.pop().filter(|some| !some.is_empty()) {
            let together: Vec<usize> = taken.iter().chain(some).copied().collect();
            let edits = together.iter().filter_map(|index| answers[*index].as_ref().ok());
            match (self.holds(edits.flatten()), some) {
                (Ok(()), _) => taken = together,
                (Err(why), [one]) => answers[*one] = Err(why),
                (Err(_), some) => {
                    let (first, rest) = some.split_at(some.len() / 2);
                    waiting.extend([rest, first]);
                }
            }
        }
    }

    /// Whether the package is the same after these edits but for names.
    fn holds<'e>(&self, edits: impl Iterator<Item = &'e Edit>) -> Result<(), String> {
        let moved = Moved::new(edits)?;
        let (sources, files) = self.after(&moved)?;
        let then = Analysed::new(&sources, &files, self.packages, self.of)
            .map_err(|error| format!("it would leave an error: {error}"))?;
        let to = |place| moved.place(place);
        let stays =
            |(place, meaning): (&Span, &Meaning)| then.meanings.get(&to(*place)) == Some(&meaning.moved(to));
        let other = self.now.meanings.iter().filter(|now| !stays(*now)).map(|(place, _)| *place).min();
        if let Some(place) = other {
            let (name, place) = (self.sources.slice(place), self.sources.place(place));
            return Err(format!("`{name}` in {place} would stand for something else"));
        }
        if then.meanings.len() != self.now.meanings.len() || then.declared.len() != self.now.declared.len() {
            return Err("something else would get another meaning".to_owned());
        }
        shape::same(&self.now.ir, &then.ir, &moved)
    }

    /// The files after the edits.
    fn after(&self, moved: &Moved<'_>) -> Result<(SourceMap, Vec<File>), String> {
        let mut sources = SourceMap::new();
        for (id, file) in self.sources.iter() {
            sources.add(file.name(), moved.text(id, file.text()));
        }
        let parsed = |file: &File| match moved.changes(file.id) {
            true => parsed(&sources, file.id),
            false => Ok(file.clone()),
        };
        let files = self.files.iter().map(parsed).collect::<Result<Vec<File>, String>>()?;
        Ok((sources, files))
    }
}

fn parsed(sources: &SourceMap, id: FileId) -> Result<File, String> {
    let (file, found) = atlas9_syntax::parse(id, sources.get(id).map_or("", |file| file.text()));
    match first_error(&found) {
        Some(error) => Err(format!("it would leave an error: {error}")),
        None => Ok(file),
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
