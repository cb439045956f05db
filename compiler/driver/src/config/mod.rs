//! `atlas.yaml`: what a package says of itself.

mod custom;
mod decode;
mod dependencies;
mod emit;
mod globs;
mod lints;
mod programs;
mod read;
mod scalar;
mod show;

pub use globs::matcher;
pub use read::{package_name, read};
pub use show::{Effective, effective};

use std::collections::BTreeMap;

use atlas9_diagnostics::Span;
use atlas9_emitters_core::Options;
use atlas9_lints::custom::Custom;
use atlas9_lints::{OptionValue, Profile, Setting as Level};

use crate::external::Program;

/// The file that makes a folder a package.
pub const FILE_NAME: &str = "atlas.yaml";

/// The baseline of a package that names none.
pub const BASELINE: &str = ".atlas9-baseline.yaml";

/// What `atlas.yaml` says, over the defaults.
#[derive(Clone, Debug)]
pub struct Config {
    /// The package's name.
    pub name: Setting<String>,
    /// The package's version.
    pub version: Setting<String>,
    /// Globs of the schema's files, relative to the package.
    pub schema: Setting<Vec<String>>,
    /// The packages whose declarations this one uses, by name.
    pub dependencies: BTreeMap<String, DependencyConfig>,
    /// The emitters that `generate` runs, by name.
    pub emit: BTreeMap<String, EmitConfig>,
    /// True when `atlas.yaml` names the emitters.
    pub emit_declared: bool,
    /// How much the lints ask for where nothing is said.
    pub profile: Setting<Profile>,
    /// Levels by the name of a lint, of a group, of a linter or one of its lints, and of `all`.
    pub lints: BTreeMap<String, Setting<Level>>,
    /// Lints that the package declares itself.
    pub custom_lints: Vec<Custom>,
    /// Options by the names of the lint and the option.
    pub lint_options: BTreeMap<(String, String), Setting<OptionValue>>,
    /// The file of findings that are not told, relative to the package.
    pub baseline: Setting<String>,
    /// Emitters and linters that are programs of others.
    pub programs: Vec<Program>,
}

/// A value and where it was given.
#[derive(Clone, Debug)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it stands in `atlas.yaml`; nothing for a default.
    pub span: Option<Span>,
}

impl<T> Setting<T> {
    /// A value that nobody gave.
    pub fn default(value: T) -> Setting<T> {
        Setting { value, span: None }
    }

    /// A value that stands in the file.
    pub fn given(value: T, span: Span) -> Setting<T> {
        Setting { value, span: Some(span) }
    }
}

/// A package that this one uses.
#[derive(Clone, Debug)]
pub struct DependencyConfig {
    /// Its folder, relative to this package; the place is that of the key.
    pub path: Setting<String>,
    /// Where the folder stands.
    pub value: Span,
}

/// What is said of one emitter.
#[derive(Clone, Debug)]
pub struct EmitConfig {
    /// The folder it writes to, relative to the package.
    pub out: Setting<String>,
    /// Its options, defaults included.
    pub options: Options,
    /// Where options stand that were given.
    pub given: BTreeMap<String, Span>,
}

/// A key of `atlas.yaml`, for the documentation and for suggestions. Its texts are Markdown.
#[derive(Clone, Copy, Debug)]
pub struct KeySpec {
    /// The key.
    pub name: &'static str,
    /// What it is when it is left out.
    pub default: &'static str,
    /// What it means, one sentence.
    pub meaning: &'static str,
}

/// The keys at the top of `atlas.yaml`.
pub const KEYS: &[KeySpec] = &[
    KeySpec {
        name: "name",
        default: "the folder's name",
        meaning: "What the package is called. What is generated is named after it.",
    },
    KeySpec {
        name: "version",
        default: "`0.1.0`",
        meaning: "The version of the package ([semver](https://semver.org)). Generated files name it in their first line.",
    },
    KeySpec {
        name: "schema",
        default: "`**/*.atlas`",
        meaning: "A glob of the schema's files, or a list of globs, relative to the package.",
    },
    KeySpec {
        name: "dependencies",
        default: "none",
        meaning: "The packages whose declarations this one uses: the name of each, and its folder.",
    },
    KeySpec {
        name: "emit",
        default: "every emitter that is built in",
        meaning: "The emitters that `generate` runs, each with its options. One that is not built in is a program called `atlas9-emit-NAME`.",
    },
    KeySpec {
        name: "lints",
        default: "the levels of the profile `default`",
        meaning: "The profile, and levels (`allow`, `warn`, `deny`) by the name of a lint, of a group, of a custom lint, of a linter, of one of its lints, or of `all`.",
    },
    KeySpec {
        name: "custom_lints",
        default: "none",
        meaning: "Lints of the package's own, each with a condition and a message.",
    },
    KeySpec {
        name: "baseline",
        default: "`.atlas9-baseline.yaml`",
        meaning: "The file of findings that were there when the linter came, and are not told.",
    },
    KeySpec {
        name: "linters",
        default: "none",
        meaning: "Linters of others, programs called `atlas9-lint-NAME`, each with its options.",
    },
];

/// The keys that stand beside the options of an emitter or a linter, below its name.
pub const BESIDE_OPTIONS: &[KeySpec] = &[
    KeySpec {
        name: "out",
        default: "`generated/NAME`",
        meaning: "The folder that an emitter writes to: one of its own, below the package.",
    },
    KeySpec {
        name: "timeout",
        default: "`60s`",
        meaning: "How long an emitter or linter of others may take, in seconds or minutes (`90s`, `2m`), an hour at most.",
    },
];
