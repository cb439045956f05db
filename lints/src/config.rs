//! What a package or a command line sets: levels, and the day.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_diagnostics::{Level, nearest};

use crate::custom::Custom;
use crate::option::Words;
use crate::{
    ALL_LINTS, Date, Group, Lint, OptionDefault, OptionSpec, OptionValue, Profile, WrongOption, find, suggest,
};

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

/// What the lints are told. The default: every lint at its level in the default profile, no day.
#[derive(Clone, Debug, Default)]
pub struct Config {
    profile: Profile,
    every: Option<Setting>,
    groups: BTreeMap<Group, Setting>,
    lints: BTreeMap<&'static str, Setting>,
    /// Options that are set, by the lint's and the option's name.
    options: BTreeMap<(&'static str, &'static str), OptionValue>,
    /// The day on which sunsets are looked at; without one, the lints about it are silent.
    pub today: Option<Date>,
    /// Linters of others: what `@allow` names behind one of them and a dot is theirs to know.
    pub linters: BTreeSet<String>,
    /// Lints that the package declares itself.
    pub custom: Vec<Custom>,
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
    /// Every lint at its level in the default profile, on a day or on none.
    pub fn new(today: Option<Date>) -> Config {
        Config { today, ..Config::default() }
    }

    /// Sets the profile: the levels of all that has none of its own.
    pub fn set_profile(&mut self, profile: Profile) {
        self.profile = profile;
    }

    /// Sets the level of a lint, of a group, or of `all`. A later call for the same name wins; a lint's own setting wins over its
    /// group's, and that over that of `all`.
    ///
    /// # Errors
    /// When there is neither a lint, one of `custom` included, nor a group of that name.
    pub fn set(&mut self, name: &str, setting: Setting) -> Result<(), UnknownName> {
        if let Some(lint) = find(name) {
            self.lints.insert(lint.name, setting);
        } else if let Some(group) = Group::ALL.into_iter().find(|group| group.name() == name) {
            self.groups.insert(group, setting);
        } else if let Some(custom) = self.custom.iter_mut().find(|custom| custom.name == name) {
            custom.level = Some(setting);
        } else if name == ALL_LINTS {
            self.every = Some(setting);
        } else {
            return Err(UnknownName { name: name.to_owned(), suggestion: suggest(name) });
        }
        Ok(())
    }

    /// Sets an option of a lint.
    ///
    /// # Errors
    /// When there is no such option, or the value is none of its type.
    pub fn set_option(&mut self, lint: &str, option: &str, value: OptionValue) -> Result<(), WrongOption> {
        let options = find(lint).map(Lint::options).unwrap_or_default();
        let Some(spec) = options.iter().find(|spec| spec.name == option) else {
            return Err(WrongOption::Unknown(nearest(option, options.iter().map(|spec| spec.name))));
        };
        if !spec.accepts(&value) {
            return Err(WrongOption::Value(spec.takes()));
        }
        self.options.insert((spec.lint, spec.name), value);
        Ok(())
    }

    /// What is set for a lint.
    pub fn of(&self, lint: &Lint) -> Setting {
        let own = self.lints.get(lint.name).or_else(|| self.groups.get(&lint.group)).copied();
        own.or(self.every).unwrap_or_else(|| lint.level(self.profile))
    }

    /// What is set for a lint that the package declares: its own level is one that somebody set.
    pub fn of_custom(&self, custom: &Custom) -> Setting {
        custom.level.or(self.every).unwrap_or(Setting::Warn)
    }

    /// True for the name of a lint, one of `custom` included, whose findings are looked for.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        let setting = match (find(name), self.find_custom(name)) {
            (Some(lint), _) => self.of(lint),
            (None, Some(custom)) => self.of_custom(custom),
            (None, None) => return false,
        };
        setting != Setting::Allow
    }

    /// The lint of that name that the package declares.
    pub(crate) fn find_custom(&self, name: &str) -> Option<&Custom> {
        self.custom.iter().find(|custom| custom.name == name)
    }

    /// The number that an option is; 0 for one that is none.
    pub(crate) fn number(&self, spec: &OptionSpec) -> u32 {
        match (self.option(spec), spec.default) {
            (Some(OptionValue::Number(number)), _) => *number,
            (_, OptionDefault::Number(_, default, _)) => default,
            _ => 0,
        }
    }

    /// The word that an option is.
    pub(crate) fn word(&self, spec: &OptionSpec) -> &str {
        match (self.option(spec), spec.default) {
            (Some(OptionValue::Word(word)), _) => word,
            (_, OptionDefault::Choice(words)) => words.first().copied().unwrap_or_default(),
            _ => "",
        }
    }

    /// The words that an option is.
    pub(crate) fn words(&self, spec: &OptionSpec) -> Words<'_> {
        match (self.option(spec), spec.default) {
            (Some(OptionValue::Words(words)), _) => Words::Given(words),
            (_, OptionDefault::Words(words)) => Words::Own(words),
            _ => Words::Own(&[]),
        }
    }

    fn option(&self, spec: &OptionSpec) -> Option<&OptionValue> {
        self.options.get(&(spec.lint, spec.name))
    }
}
