//! Every lint with its page.

use atlas9_diagnostics::nearest;

use crate::check::Check;
use crate::{ALL_LINTS, Group, LINTS, OptionSpec, Profile, Setting};

/// A lint. Its name states the bad thing, so that "allow NAME" reads right.
#[derive(Debug)]
pub struct Lint {
    /// Its name: the code of its findings, its file and its page.
    pub name: &'static str,
    /// The group it belongs to.
    pub group: Group,
    /// Its page, Markdown: `# name`, one line, then What, Why, Incorrect, Correct, Cases, Fix, Options and Peers.
    pub page: &'static str,
    /// What can be set of it.
    pub(crate) options: &'static [OptionSpec],
    /// Its own level, where that is not its group's.
    pub(crate) own_level: Option<Setting>,
    /// What it looks at.
    pub(crate) checks: &'static [Check],
}

/// What a lint's fixes do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// They cannot change what the API means to its clients.
    Safe,
    /// They can, so that somebody has to look.
    Unsafe,
}

impl FixKind {
    /// `safe` or `unsafe`.
    pub fn word(self) -> &'static str {
        match self {
            FixKind::Safe => "safe",
            FixKind::Unsafe => "unsafe",
        }
    }
}

impl Lint {
    /// The page's first line below the heading: what is wrong.
    pub fn summary(&self) -> &'static str {
        let lines = self.page.lines().skip(1);
        lines.map(str::trim).find(|line| !line.is_empty()).unwrap_or("")
    }

    /// What its fixes do, as its page says; nothing where it has none.
    pub fn fix(&self) -> Option<FixKind> {
        let (_, fix) = self.page.split_once("\n## Fix\n")?;
        match fix.trim_start().split_once(':')?.0 {
            "Safe" => Some(FixKind::Safe),
            "Unsafe" => Some(FixKind::Unsafe),
            _ => None,
        }
    }

    /// The rules of other linters that look for the same, as its page has them: the linter, and its rules.
    pub fn peers(&self) -> Vec<(&'static str, String)> {
        let section = self.page.split_once("\n## Peers\n").map_or("", |(_, section)| section);
        let items = section.split("\n- ").skip(1).filter_map(|item| item.split_once(": "));
        items.map(|(peer, rules)| (peer, rules.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
    }

    /// What can be set of it beside its level.
    pub fn options(&self) -> &'static [OptionSpec] {
        self.options
    }

    /// The level that it has in a profile where nobody sets one: its own or its group's.
    pub fn level(&self, profile: Profile) -> Setting {
        match (self.own_level, profile) {
            (Some(own), Profile::Strict) => own.raised(),
            (Some(own), Profile::Relaxed) => own.min(self.group.level(profile)),
            (Some(own), _) => own,
            (None, _) => self.group.level(profile),
        }
    }
}

/// Every lint, sorted by group and name.
pub fn all() -> impl ExactSizeIterator<Item = &'static Lint> {
    LINTS.iter()
}

/// The lint of that name.
pub fn find(name: &str) -> Option<&'static Lint> {
    LINTS.iter().find(|lint| lint.name == name)
}

/// The lint or group that a misspelt name may have meant.
pub fn suggest(name: &str) -> Option<&'static str> {
    let groups = Group::ALL.iter().map(|group| group.name());
    nearest(name, LINTS.iter().map(|lint| lint.name).chain(groups).chain([ALL_LINTS]))
}

/// Declares the modules of all lints and lists them in `LINTS`. A lint with options names its constant in brackets, one with a
/// level of its own says it behind a colon: `name [OPTIONS]: Warn`.
macro_rules! lints {
    ($($folder:ident: $group:ident { $($name:ident $([$options:ident])? $(: $level:ident)?,)* })*) => {
        $(mod $folder {
            $(pub(crate) mod $name;)*
        })*

        static LINTS: &[Lint] = &[$($(Lint {
            name: stringify!($name),
            group: Group::$group,
            page: include_str!(concat!(stringify!($folder), "/", stringify!($name), ".md")),
            options: lints!(@options $folder $name $($options)?),
            own_level: lints!(@level $($level)?),
            checks: $folder::$name::CHECKS,
        },)*)*];
    };
    (@options $folder:ident $name:ident) => { &[] };
    (@options $folder:ident $name:ident $options:ident) => { $folder::$name::$options };
    (@level) => { None };
    (@level $level:ident) => { Some(Setting::$level) };
}
