//! Profiles: how much is asked of a schema before anybody sets a level.

use crate::Setting;

/// How much is asked of a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// What a well-written schema meets: every group but `distributed` and `pedantic`.
    #[default]
    Default,
    /// The default, and what a database that is spread over machines asks for: `distributed`.
    Distributed,
    /// What fails or leaks, not how it reads: for a schema that describes what has long been published.
    Relaxed,
    /// The default and `pedantic`.
    Strict,
}

impl Profile {
    /// All profiles, by name.
    pub const ALL: [Profile; 4] = [Profile::Default, Profile::Distributed, Profile::Relaxed, Profile::Strict];

    /// The profile of that name.
    pub fn parse(word: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.word() == word)
    }

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Profile::Default => "default",
            Profile::Distributed => "distributed",
            Profile::Relaxed => "relaxed",
            Profile::Strict => "strict",
        }
    }
}

/// The name in configurations that stands for every lint.
pub const ALL_LINTS: &str = "all";

impl Setting {
    /// At least a warning.
    pub(crate) fn raised(self) -> Setting {
        self.max(Setting::Warn)
    }
}
