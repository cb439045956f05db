//! Parse, analyse, lint: everything that is wrong with a package, in one run.

use atlas9_analyze::PackageInfo;
use atlas9_diagnostics::{Diagnostic, Level, SourceMap, codes, sort};
use atlas9_ir::Ir;
use atlas9_lints::Date;

use crate::config::Config;
use crate::lint;
use crate::package::{Package, decode, not_utf8};

/// What a check is told beside the package.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions {
    /// The day that lints about sunset dates count from; without it they are silent.
    pub today: Option<Date>,
    /// True to skip the lints.
    pub no_lints: bool,
}

/// A checked package.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Every file: `atlas.yaml`, the standard library, the schema.
    pub sources: SourceMap,
    /// What `atlas.yaml` says.
    pub config: Config,
    /// The model; only where there is no error.
    pub ir: Option<Ir>,
    /// What is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// How much was looked at.
    pub counts: Counts,
}

/// How much was looked at, so that "nothing found" never hides "nothing read".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files of the schema.
    pub files: usize,
    /// Declarations in them.
    pub declarations: usize,
}

impl Checked {
    /// True when nothing can be generated.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }
}

/// The parts of a check, for those who measure them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// From text to trees.
    Parse,
    /// From trees to the model.
    Analyze,
    /// What the lints say of the model.
    Lint,
}

/// Checks a package.
pub fn check(package: Package, options: &CheckOptions) -> Checked {
    check_watched(package, options, &mut |_| {})
}

/// Checks a package, and tells when each phase has ended.
pub fn check_watched(package: Package, options: &CheckOptions, ended: &mut dyn FnMut(Phase)) -> Checked {
    let Package { mut sources, config, files, mut diagnostics } = package;
    if files.is_empty() {
        diagnostics.push(no_files(&config));
    }
    // The standard library's own tests hold that nothing is wrong with it.
    let (mut trees, _) = atlas9_analyze::standard_library(&mut sources);
    let library = trees.len();
    for file in files {
        let (text, bad) = decode(&file.bytes);
        let id = sources.add(file.name.as_str(), text);
        if let Some(at) = bad {
            diagnostics.push(not_utf8(&file.name, atlas9_diagnostics::Span::new(id, at, at)));
            continue;
        }
        let (tree, complaints) = atlas9_syntax::parse(id, sources.get(id).map_or("", |file| file.text()));
        diagnostics.extend(complaints);
        trees.push(tree);
    }
    ended(Phase::Parse);
    let own = trees.get(library..).unwrap_or_default();
    let counts = Counts { files: own.len(), declarations: own.iter().map(|tree| tree.items.len()).sum() };
    let info = PackageInfo { name: config.name.value.clone(), version: config.version.value.clone() };
    let (ir, complaints) = atlas9_analyze::analyze(&sources, &trees, &info);
    diagnostics.extend(complaints);
    ended(Phase::Analyze);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    let ir = ir.filter(|_| !failed);
    if let Some(ir) = ir.as_ref().filter(|_| !options.no_lints) {
        diagnostics.extend(atlas9_lints::run(ir, &sources, &lint::levels(&config, options.today)));
    }
    sort(&mut diagnostics);
    ended(Phase::Lint);
    Checked { sources, config, ir, diagnostics, counts }
}

fn no_files(config: &Config) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        codes::E0007,
        format!("no file matches {}", config.schema.value.join(", ")),
    )
    .in_path(crate::config::FILE_NAME)
    .help("write a schema, such as `schema/books.atlas`, or name where it is with `schema` in atlas.yaml");
    diagnostic.span = config.schema.span;
    diagnostic
}
