//! The lints as the configuration wants them.

use atlas9_lints::{Config as Levels, Date, Group, Profile, Setting, all};

use crate::config::Config;
use crate::explain::{Explained, ExplainedKind};
use crate::external::Role;

/// The levels of a package.
pub(crate) fn levels(config: &Config, today: Option<Date>) -> Levels {
    let mut levels = Levels::new(today);
    levels.custom.clone_from(&config.custom_lints);
    for (name, level) in &config.lints {
        // The configuration takes known names only.
        let _ = levels.set(name, level.value);
    }
    let linters = config.programs.iter().filter(|program| program.role == Role::Linter);
    levels.linters = linters.map(|program| program.name.clone()).collect();
    levels
}

/// The groups with their own levels.
pub(crate) fn groups() -> impl Iterator<Item = (&'static str, Setting)> {
    Group::ALL.into_iter().map(|group| (group.name(), group.level(Profile::Default)))
}

/// Every name that a level can be set for: groups, then lints.
pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
    let lints: Vec<&'static str> = all().map(|lint| lint.name).collect();
    Group::ALL.into_iter().map(Group::name).chain(lints)
}

/// The words of levels.
pub(crate) fn level_words() -> [&'static str; 3] {
    [Setting::Allow, Setting::Warn, Setting::Deny].map(Setting::word)
}

/// The pages of all lints.
pub(crate) fn pages() -> impl Iterator<Item = Explained> {
    all().map(|lint| Explained {
        name: lint.name.to_owned(),
        kind: ExplainedKind::Lint,
        group: Some(lint.group.name()),
        level: lint.level(Profile::Default).word(),
        summary: lint.summary().to_owned(),
        fix: lint.fix().map(|fix| fix.word()),
        page: lint.page.to_owned(),
    })
}
