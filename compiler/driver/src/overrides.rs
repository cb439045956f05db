//! A profile and levels that win over those of `atlas.yaml`: what a command line says.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, codes, nearest};
use atlas9_lints::{ALL_LINTS, Group, Profile, Setting as Level, find};

use crate::config::{Config, Setting};
use crate::lint::{is_known, linter_of, names};

/// What wins over `atlas.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The profile; the levels of `atlas.yaml` stand over it as over their own.
    pub profile: Option<Profile>,
    /// Levels by the name of a lint, a group, a linter or one of its lints, and `all`. The narrower name wins.
    pub levels: Vec<(String, Level)>,
}

impl Overrides {
    /// Puts them in the place of what a package says; complains of names that mean nothing to it.
    pub(crate) fn apply(&self, config: &mut Config) -> Vec<Diagnostic> {
        if let Some(profile) = self.profile {
            config.profile = Setting::default(profile);
        }
        let mut wrong = Vec::new();
        let mut levels: BTreeMap<(Width, &str), Level> = BTreeMap::new();
        for (name, level) in &self.levels {
            if !is_known(config, name) {
                wrong.push(unknown(config, name));
            } else if levels.insert((width(config, name), name), *level).is_some_and(|other| other != *level)
            {
                wrong.push(twice(name));
            }
        }
        for ((width, name), level) in levels {
            config.lints.retain(|other, _| !covers(width, name, other));
            config.lints.insert(name.to_owned(), Setting::default(level));
            // Lints of the package's own may have a level where they are declared.
            let custom = config.custom_lints.iter().filter(|_| width == Width::Everything);
            config.lints.extend(custom.map(|lint| (lint.name.clone(), Setting::default(level))));
        }
        wrong
    }
}

/// How much a name stands for, the widest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    Everything,
    Several,
    One,
}

fn width(config: &Config, name: &str) -> Width {
    let is_group = Group::ALL.into_iter().any(|group| group.name() == name);
    match name {
        ALL_LINTS => Width::Everything,
        name if is_group || linter_of(config, name) == Some(name) => Width::Several,
        _ => Width::One,
    }
}

/// True when the level of `other` was set for a part of what `name` stands for.
fn covers(width: Width, name: &str, other: &str) -> bool {
    let in_group = || find(other).is_some_and(|lint| lint.group.name() == name);
    let of_linter = || other.split_once('.').is_some_and(|(linter, _)| linter == name);
    match width {
        Width::Everything => true,
        Width::Several => in_group() || of_linter(),
        Width::One => false,
    }
}

fn unknown(config: &Config, name: &str) -> Diagnostic {
    let linters = config.programs.iter().map(|program| program.name.as_str());
    let mut known: Vec<&str> = names().collect();
    known.extend(linters.chain(config.custom_lints.iter().map(|lint| lint.name.as_str())));
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`atlas9 explain --all` lists the lints; `all` stands for every one".to_owned(),
    };
    Diagnostic::error(codes::E0050, format!("no lint and no group is called `{name}`")).help(help)
}

fn twice(name: &str) -> Diagnostic {
    Diagnostic::error(codes::E0050, format!("`{name}` has two levels on the command line"))
        .help("name it once, behind `--allow`, `--warn` or `--deny`")
}
