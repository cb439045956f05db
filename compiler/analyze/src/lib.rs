//! From syntax trees to the model: names are resolved, types and values checked, and what follows by itself is added.
//!
//! One file a pass. A pass reads what came before, reports all that is wrong, and gives what is still known to the next
//! one; what hangs on something that is reported already is not reported again.

mod annotations;
mod assemble;
mod blocks;
mod context;
mod defaults;
mod docs;
mod earlier;
mod endless;
mod errors;
mod examples;
mod fields;
mod finish;
mod history;
mod ids;
mod imports;
mod literals;
mod lookup;
mod meanings;
mod model;
mod names;
mod operations;
mod packages;
mod paths;
mod plural;
mod references;
mod renames;
mod reserved;
mod resources;
mod rules;
mod service;
mod singletons;
mod storage;
mod structures;
mod symbol;
mod tenants;
mod types;
mod uses;
mod values;
mod variants;
mod version;

use std::cell::{Cell, RefCell};

use atlas9_diagnostics::{Diagnostic, Edit, FileId, Level, Rename, SourceMap};
use atlas9_ir::Ir;
use atlas9_syntax::ast::File;

use context::{At, Cx, Sink};
use meanings::Meanings;
use packages::Packages;

pub use renames::renames;

/// A package: what `atlas.yaml` says of it, and which of the files are its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its folder as it is seen from the package that is checked; no two packages have the same.
    pub folder: String,
    /// Its files.
    pub files: Vec<FileId>,
    /// The folders of the packages whose namespaces it may use.
    pub needs: Vec<String>,
    /// True when not all of `needs` is known: then a namespace that is not known may be one of theirs.
    pub lost: bool,
}

impl Default for PackageInfo {
    /// What is said of files that have no package, as in tests.
    fn default() -> PackageInfo {
        PackageInfo {
            name: "package".to_owned(),
            version: "0.0.0".to_owned(),
            folder: String::new(),
            files: Vec::new(),
            needs: Vec::new(),
            lost: false,
        }
    }
}

/// Checks the package at the place `of`: its files together with those of the packages that it uses, and with those of the
/// standard library (see [`standard_library`]). Files that are no other package's are its own.
///
/// The model is there only if there is no error. Findings are sorted by place and name their declaration. A package without
/// a service gives a model of which [`Ir::is_library`] is true. Of other packages the model has what is used of them, and of
/// their declarations only these are checked: check each package by itself as well.
pub fn analyze(
    sources: &SourceMap,
    files: &[File],
    packages: &[PackageInfo],
    of: usize,
) -> (Option<Ir>, Vec<Diagnostic>) {
    let sink = Sink::default();
    let packages = Packages::new(sources, files, packages, of);
    let (_, ir) = passes(sources, files, &packages, &sink, Meanings::default());
    finished(sources, files, &sink, ir)
}

/// Checks the package as [`analyze`] does; the model is of its API as it was in that version of the service. There is none
/// where the package has errors now, where there is no such version, or where the schema does not tell what something was then.
pub fn analyze_at(
    sources: &SourceMap,
    files: &[File],
    packages: &[PackageInfo],
    of: usize,
    version: &str,
) -> (Option<Ir>, Vec<Diagnostic>) {
    let sink = Sink::default();
    let packages = Packages::new(sources, files, packages, of);
    let (now, ir) = passes(sources, files, &packages, &sink, Meanings::wanted());
    let (ir, mut diagnostics) = finished(sources, files, &sink, ir);
    let Some(ir) = ir else { return (None, diagnostics) };
    let (ir, mut wrong) = match earlier::trees(&now, &ir, version) {
        Ok((trees, mut wrong)) => {
            let sink = Sink::default();
            let (then, ir) = passes(sources, &trees, &packages, &sink, Meanings::wanted());
            let (ir, found) = finished(sources, files, &sink, ir);
            wrong.extend(earlier::untold(version, found, &now.meanings, &then.meanings));
            (ir, wrong)
        }
        Err(wrong) => (None, vec![wrong]),
    };
    symbol::name(sources, files, &mut wrong);
    let ir = ir.filter(|_| wrong.is_empty());
    diagnostics.extend(wrong);
    atlas9_diagnostics::sort(&mut diagnostics);
    (ir, diagnostics)
}

/// What the passes found, and the model where none of it is an error.
fn finished(sources: &SourceMap, files: &[File], sink: &Sink, ir: Ir) -> (Option<Ir>, Vec<Diagnostic>) {
    let mut diagnostics = sink.take();
    atlas9_diagnostics::sort(&mut diagnostics);
    atlas9_diagnostics::shorten(&mut diagnostics, "what this file means", |file| sink.omitted(file));
    symbol::name(sources, files, &mut diagnostics);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    let finished = |mut ir| {
        finish::finish(&mut ir);
        ir
    };
    ((!failed).then_some(ir).map(finished), diagnostics)
}

fn passes<'a>(
    sources: &'a SourceMap,
    files: &'a [File],
    packages: &'a Packages<'a>,
    sink: &'a Sink,
    meanings: Meanings,
) -> (Cx<'a>, Ir) {
    let mut names = names::collect(sink, packages, files);
    imports::resolve(sink, &mut names, files);
    let ids = ids::assign(sink, &names);
    let mut cx = Cx {
        sources,
        files,
        sink,
        names,
        ids,
        api: service::Api::default(),
        patterns: types::Patterns::default(),
        allows: RefCell::default(),
        undated: Cell::default(),
        tenant_lost: Cell::default(),
        applied: RefCell::default(),
        guesses: RefCell::default(),
        meanings,
    };
    cx.api = service::read(&cx);
    imports::note(&cx);
    let ir = model(&cx);
    (cx, ir)
}

/// The passes over members, which read what is known of the whole.
fn model(cx: &Cx<'_>) -> Ir {
    let mut types = types::declare(cx);
    types::unions::discriminators(cx, &types);
    structures::mixins(cx, &types);
    let resources = resources::declare(cx, &mut types);
    structures::finish(cx, &mut types);
    defaults::endless(cx, &types);
    let errors = errors::declare(cx, &types);
    let operations = operations::read(cx, &types, &resources, &errors);
    let members = resources.iter().zip(operations.of_resources).map(|(entry, operations)| {
        let at = At { cx, types: &types, file: entry.file };
        assemble::Members {
            operations,
            rules: rules::read(at, &entry.shape, &entry.ast.members),
            indexes: storage::read(at, &entry.shape, &entry.ast.members),
            examples: examples::read(at, &entry.shape, &entry.ast.members),
        }
    });
    let members = members.collect();
    structures::same_names(cx);
    let annotations = annotations::declare(cx, &types);
    let arguments = annotations::arguments(cx, &types, &annotations);
    let of_service = operations.of_service;
    let mut ir = assemble::assemble(cx, assemble::Parts { types, resources, members, of_service, errors });
    annotations::keep(&mut ir, annotations, &arguments);
    history::check(cx, &ir);
    tenants::check(cx, &ir);
    ir
}

/// Adds the standard library's files to the map and parses them. Every package is analysed together with them.
pub fn standard_library(sources: &mut SourceMap) -> (Vec<File>, Vec<Diagnostic>) {
    parse(sources, atlas9_std::FILES)
}

/// What is known of a few texts: the files, the model, the findings.
pub type Known = (SourceMap, Option<Ir>, Vec<Diagnostic>);

/// Parses the files, each a name and a text, and analyses them together with the standard library. For tests: a model from
/// a few lines of text.
pub fn analyze_texts(files: &[(&str, &str)]) -> Known {
    texts(files, |sources, files, packages| analyze(sources, files, packages, 0))
}

/// The same, as it was in that version; see [`analyze_at`].
pub fn analyze_texts_at(files: &[(&str, &str)], version: &str) -> Known {
    texts(files, |sources, files, packages| analyze_at(sources, files, packages, 0, version))
}

/// What [`renames`] says of a few texts; places are those that [`analyze_texts`] tells of the same texts.
pub fn renames_in_texts(files: &[(&str, &str)], wanted: &[Rename]) -> Vec<Result<Vec<Edit>, String>> {
    let mut sources = SourceMap::new();
    let (parsed, _) = with_standard_library(&mut sources, files);
    renames(&sources, &parsed, &[PackageInfo::default()], 0, wanted)
}

fn with_standard_library(sources: &mut SourceMap, files: &[(&str, &str)]) -> (Vec<File>, Vec<Diagnostic>) {
    let (mut parsed, mut diagnostics) = standard_library(sources);
    let (own, problems) = parse(sources, files);
    parsed.extend(own);
    diagnostics.extend(problems);
    (parsed, diagnostics)
}

fn texts(
    files: &[(&str, &str)],
    analyze: impl FnOnce(&SourceMap, &[File], &[PackageInfo]) -> (Option<Ir>, Vec<Diagnostic>),
) -> Known {
    let mut sources = SourceMap::new();
    let (parsed, mut diagnostics) = with_standard_library(&mut sources, files);
    let unreadable = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    let (ir, found) = analyze(&sources, &parsed, &[PackageInfo::default()]);
    diagnostics.extend(found);
    atlas9_diagnostics::sort(&mut diagnostics);
    (sources, ir.filter(|_| !unreadable), diagnostics)
}

fn parse(sources: &mut SourceMap, files: &[(&str, &str)]) -> (Vec<File>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let parsed = files.iter().map(|(name, text)| {
        let id = sources.add(*name, *text);
        let (file, problems) = atlas9_syntax::parse(id, text);
        diagnostics.extend(problems);
        file
    });
    let parsed = parsed.collect();
    (parsed, diagnostics)
}
