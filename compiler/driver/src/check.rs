//! Parse, analyse, lint: everything that is wrong with a package and those that it uses, in one run.

use atlas9_analyze::{analyze, analyze_at};
use atlas9_diagnostics::{Diagnostic, Level, Rename, SourceMap, sort};
use atlas9_ir::Ir;
use atlas9_lints::Date;

use crate::config::Config;
use crate::fix;
use crate::lint;
use crate::overrides::Overrides;
use crate::package::Package;
use crate::reading::{Read, read};

/// What a check is told beside the package.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The day that lints about sunset dates count from; without it they are silent.
    pub today: Option<Date>,
    /// True to skip the lints.
    pub no_lints: bool,
    /// What wins over the lints' levels in `atlas.yaml`.
    pub overrides: Overrides,
    /// True to find out what else changes where a finding asks for another name, which makes a fix of it.
    pub renames: bool,
    /// The version of the service that the model is to be of; the present one where none is named. Lints are about the present,
    /// and silent where another one is named.
    pub at: Option<String>,
}

/// A checked package.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Every file: each `atlas.yaml`, the standard library, the schemas, the package's own last.
    pub sources: SourceMap,
    /// What `atlas.yaml` says.
    pub config: Config,
    /// The model; only where there is no error.
    pub ir: Option<Ir>,
    /// What is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where other names are looked for: those that findings ask for and that cannot be given, each with the reason, in words.
    pub unrenamed: Vec<(Rename, String)>,
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
        has_errors(&self.diagnostics)
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
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

/// Checks a package. Those that it uses are checked each by itself, so that their errors are found whatever is used of them;
/// lints are about the package alone.
pub fn check(package: Package, options: &CheckOptions) -> Checked {
    check_watched(package, options, &mut |_| {})
}

/// Checks a package, and tells when each phase has ended.
pub fn check_watched(mut package: Package, options: &CheckOptions, ended: &mut dyn FnMut(Phase)) -> Checked {
    let Read { sources, mut diagnostics, trees, packages, counts } = read(&mut package);
    ended(Phase::Parse);
    let mut ir = None;
    for of in 0..packages.len() {
        // The last one is the package itself.
        let complaints;
        (ir, complaints) = match options.at.as_ref().filter(|_| of + 1 == packages.len()) {
            Some(version) => analyze_at(&sources, &trees, &packages, of, version),
            None => analyze(&sources, &trees, &packages, of),
        };
        diagnostics.extend(complaints);
    }
    ended(Phase::Analyze);
    let mut config = package.members.swap_remove(0).config;
    diagnostics.extend(options.overrides.apply(&mut config));
    let ir = ir.filter(|_| !has_errors(&diagnostics));
    let lint = || match ir.as_ref().filter(|_| !options.no_lints && options.at.is_none()) {
        Some(ir) => atlas9_lints::run(ir, &sources, &lint::levels(&config, options.today)),
        None => Vec::new(),
    };
    let mut unrenamed = Vec::new();
    if options.renames {
        let mut findings = lint();
        unrenamed = fix::renamed(&sources, &trees, &packages, &mut findings);
        diagnostics.extend(findings);
    } else {
        diagnostics.extend(lint());
        // To free the trees takes as long as the lints do, and nobody waits for it.
        rayon::spawn(move || drop(trees));
    }
    sort(&mut diagnostics);
    ended(Phase::Lint);
    Checked { sources, config, ir, diagnostics, unrenamed, counts }
}
