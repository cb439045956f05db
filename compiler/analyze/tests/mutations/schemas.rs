//! The valid schemas: the cases of the analyser and of the emitters, and the examples.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use atlas9_analyze::{PackageInfo, analyze, standard_library};
use atlas9_diagnostics::{Color, Diagnostic, SourceMap, Span, sort, text};
use atlas9_syntax::{ast, parse};

/// Files that are valid together.
pub struct Schema {
    pub name: String,
    /// The name and the text of each.
    pub files: Vec<(String, String)>,
}

/// The standard library, parsed once.
pub struct Base {
    sources: SourceMap,
    parsed: Vec<ast::File>,
}

impl Base {
    pub fn new() -> Base {
        let mut sources = SourceMap::new();
        let (parsed, _) = standard_library(&mut sources);
        Base { sources, parsed }
    }

    /// What is said of a schema in which a part of a file has been replaced.
    pub fn changed(&self, schema: &Schema, file: usize, range: &Range<usize>, with: &str) -> Changed {
        let (mut sources, mut parsed) = (self.sources.clone(), self.parsed.clone());
        let mut found = Vec::new();
        let mut place = Span::default();
        for (index, (name, text)) in schema.files.iter().enumerate() {
            let mut text = text.clone();
            if index == file {
                text.replace_range(range.clone(), with);
            }
            let id = sources.add(name, text);
            let (tree, problems) = parse(id, sources.get(id).map_or("", |file| file.text()));
            if index == file {
                place = Span::new(id, range.start, range.start + with.len());
            }
            parsed.push(tree);
            found.extend(problems);
        }
        found.extend(analyze(&sources, &parsed, &[PackageInfo::default()], 0).1);
        sort(&mut found);
        Changed { sources, found, place }
    }
}

/// A schema with one change, and what is said of it.
pub struct Changed {
    pub sources: SourceMap,
    pub found: Vec<Diagnostic>,
    /// What was put in.
    pub place: Span,
}

impl Changed {
    pub fn shown(&self) -> String {
        text(&self.sources, &self.found, Color::Off)
    }

    /// True when the place is on the line that was changed.
    pub fn on_line(&self, span: Span) -> bool {
        let line =
            |span: Span| self.sources.get(span.file).map(|file| file.position(span.start as usize).line);
        span.file == self.place.file && line(span) == line(self.place)
    }
}

/// All of them.
pub fn schemas() -> Vec<Schema> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = paths(&root.join("tests/cases")).into_iter().filter_map(|path| case(&path));
    let emitted = paths(&root.join("../../tests/cases")).into_iter().map(|path| one(&path));
    let example = files(&root.join("../../examples/bookstore/schema"));
    let bookstore = Schema { name: "examples/bookstore".to_owned(), files: example };
    let fixtures = paths(&root.join("tests/fixtures")).into_iter().map(|path| one(&path));
    own.chain(emitted).chain(fixtures).chain([bookstore]).collect()
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("reads").map(|entry| entry.expect("reads").path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn files(folder: &Path) -> Vec<(String, String)> {
    paths(folder).iter().map(|path| (file_name(path), fs::read_to_string(path).expect("reads"))).collect()
}

fn one(path: &Path) -> Schema {
    let text = fs::read_to_string(path).expect("reads");
    Schema { name: file_name(path), files: vec![(file_name(path), text)] }
}

/// A case of the analyser, if nothing is wrong in it.
fn case(path: &Path) -> Option<Schema> {
    let text = fs::read_to_string(path).expect("reads");
    let (source, output) = text.split_once("=== output\n")?;
    if output.contains("\nerror[") || output.starts_with("error[") {
        return None;
    }
    let parts = source.split("=== ").filter(|part| !part.is_empty());
    let files =
        parts.map(|part| part.split_once('\n').map(|(name, text)| (name.to_owned(), text.to_owned())));
    Some(Schema { name: file_name(path), files: files.collect::<Option<_>>()? })
}
