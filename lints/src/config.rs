//! What a package or a command line sets: levels, and the day.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_diagnostics::Level;

use crate::{Date, Group, Lint, find, suggest};

/// What happens to the findings of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// They are not looked for.
    Allow,
    /// They are warnings.
    Warn,
    /// They are errors.
    Deny,
}

impl Setting {
    /// The setting of that word: `allow`, `warn`, `deny`.
    pub fn parse(word: &str) -> Option<Setting> {
        [Setting::Allow, Setting::Warn, Setting::Deny].into_iter().find(|setting| setting.word() == word)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Setting::Allow => "allow",
            Setting::Warn => "warn",
            Setting::Deny => "deny",
        }
    }

    /// The level of findings; nothing where they are not looked for.
    pub fn level(self) -> Option<Level> {
        match self {
            Setting::Allow => None,
            Setting::Warn => Some(Level::Warning),
            Setting::Deny => Some(Level::Error),
        }
    }
}

/// What the lints are told. The default: every lint at the level of its group, no day.
#[derive(Clone, Debug, Default)]
pub struct Config {
    groups: BTreeMap<Group, Setting>,
    lints: BTreeMap<&'static str, Setting>,
    /// The day on which sunsets are looked at; without one, the lints about it are silent.
    pub today: Option<Date>,
    /// Linters of others: what `@allow` names behind one of them and a dot is theirs to know.
    pub linters: BTreeSet<String>,
}

/// A name that is neither a lint's nor a group's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// The name as written.
    pub name: String,
    /// What may have been meant.
    pub suggestion: Option<&'static str>,
}

impl Config {
    /// Every lint at the level of its group, on a day or on none.
    pub fn new(today: Option<Date>) -> Config {
        Config { today, ..Config::default() }
    }

    /// Sets the level of a lint or of a group; a later call wins, and a lint's own setting wins over its group's.
    ///
    /// # Errors
    /// When there is neither a lint nor a group of that name.
    pub fn set(&mut self, name: &str, setting: Setting) -> Result<(), UnknownName> {
        if let Some(lint) = find(name) {
            self.lints.insert(lint.name, setting);
            return Ok(());
        }
        let group = Group::ALL.into_iter().find(|group| group.name() == name);
        let group = group.ok_or_else(|| UnknownName { name: name.to_owned(), suggestion: suggest(name) })?;
        self.groups.insert(group, setting);
        Ok(())
    }

    /// What is set for a lint.
    pub fn of(&self, lint: &Lint) -> Setting {
        let own = self.lints.get(lint.name).or_else(|| self.groups.get(&lint.group));
        own.copied().unwrap_or_else(|| lint.level())
    }
}
