//! Every lint with its page.

use atlas9_diagnostics::nearest;

use crate::check::Check;
use crate::{Group, LINTS, Setting};

/// A lint. Its name states the bad thing, so that "allow NAME" reads right.
#[derive(Debug)]
pub struct Lint {
    /// Its name: the code of its findings, its file and its page.
    pub name: &'static str,
    /// The group it belongs to.
    pub group: Group,
    /// Its page, Markdown: `# name`, one line, then What, Why, Incorrect, Correct and Fix.
    pub page: &'static str,
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

    /// The level that it has where nobody sets one: its group's.
    pub fn level(&self) -> Setting {
        self.group.level()
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
    nearest(name, LINTS.iter().map(|lint| lint.name).chain(groups))
}

/// Declares the modules of all lints and lists them in `LINTS`.
macro_rules! lints {
    ($($folder:ident: $group:ident { $($name:ident,)* })*) => {
        $(mod $folder {
            $(pub(crate) mod $name;)*
        })*

        static LINTS: &[Lint] = &[$($(Lint {
            name: stringify!($name),
            group: Group::$group,
            page: include_str!(concat!(stringify!($folder), "/", stringify!($name), ".md")),
            checks: $folder::$name::CHECKS,
        },)*)*];
    };
}
