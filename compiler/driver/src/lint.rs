//! The lints as the configuration wants them.

use atlas9_lints::{ALL_LINTS, Config as Levels, Date, Group, Profile, Setting, all, find};

use crate::config::Config;
use crate::explain::{Explained, ExplainedKind};
use crate::external::Role;

/// The levels of a package.
pub(crate) fn levels(config: &Config, today: Option<Date>) -> Levels {
    let mut levels = Levels::new(today);
    levels.custom.clone_from(&config.custom_lints);
    levels.set_profile(config.profile.value);
    for (name, level) in &config.lints {
        // The configuration takes known names only.
        let _ = levels.set(name, level.value);
    }
    for ((lint, option), value) in &config.lint_options {
        // And known options with values that they take.
        let _ = levels.set_option(lint, option, value.value.clone());
    }
    let linters = config.programs.iter().filter(|program| program.role == Role::Linter);
    levels.linters = linters.map(|program| program.name.clone()).collect();
    levels
}

/// The groups with their levels in a profile.
pub(crate) fn groups(profile: Profile) -> impl Iterator<Item = (&'static str, Setting)> {
    Group::ALL.into_iter().map(move |group| (group.name(), group.level(profile)))
}

/// The key below `lints` that is no name of a lint.
pub(crate) const PROFILE: &str = "profile";

/// Every name that is built in and that a level can be set for: `all`, groups, then lints.
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    let lints: Vec<&'static str> = all().map(|lint| lint.name).collect();
    [ALL_LINTS].into_iter().chain(Group::ALL.into_iter().map(Group::name)).chain(lints)
}

/// True for what means something below `lints` whatever a package declares.
pub(crate) fn is_built_in(name: &str) -> bool {
    names().chain([PROFILE]).any(|known| known == name)
}

/// True for what a level can be set for in a package.
pub(crate) fn is_known(config: &Config, name: &str) -> bool {
    let custom = || config.custom_lints.iter().any(|lint| lint.name == name);
    names().any(|known| known == name) || custom() || linter_of(config, name).is_some()
}

/// The linter of others that a name is of: its own, or that of one of its lints.
pub(crate) fn linter_of<'c>(config: &'c Config, name: &str) -> Option<&'c str> {
    let linters = config.programs.iter().filter(|program| program.role == Role::Linter);
    let first = name.split_once('.').map_or(name, |(first, _)| first);
    linters.map(|program| program.name.as_str()).find(|linter| *linter == first)
}

/// The level that is set for a lint of others, if one is: for its name, for the linter, or for all.
pub(crate) fn level_of_other(config: &Config, name: &str) -> Option<Setting> {
    let linter = name.split_once('.').map_or(name, |(linter, _)| linter);
    let set = [name, linter, ALL_LINTS].into_iter().find_map(|name| config.lints.get(name));
    set.map(|setting| setting.value)
}

/// True when findings under that name are told if there are any.
pub(crate) fn is_looked_for(config: &Config, name: &str) -> bool {
    let levels = levels(config, None);
    let level = match (find(name), levels.custom.iter().find(|lint| lint.name == name)) {
        (Some(lint), _) => Some(levels.of(lint)),
        (None, Some(lint)) => Some(levels.of_custom(lint)),
        (None, None) => level_of_other(config, name),
    };
    level != Some(Setting::Allow)
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
