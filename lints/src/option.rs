//! Options: what a package can set of a lint beside its level.

/// An option of a lint.
#[derive(Debug)]
pub struct OptionSpec {
    /// The lint that has it.
    pub lint: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is where nobody sets it.
    pub default: OptionDefault,
    /// What it means, one sentence, Markdown.
    pub meaning: &'static str,
}

/// What an option is where nobody sets it, and with that its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionDefault {
    /// A whole number of at least the first and at most the last; the middle one is the default.
    Number(u32, u32, u32),
    /// One of some words; the first is the default.
    Choice(&'static [&'static str]),
    /// Words in `snake_case`.
    Words(&'static [&'static str]),
}

/// A value that somebody sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A whole number.
    Number(u32),
    /// A word.
    Word(String),
    /// A list of words.
    Words(Vec<String>),
}

/// Why an option cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongOption {
    /// There is no such lint, or it has no such option; what may have been meant.
    Unknown(Option<&'static str>),
    /// The value is none of its type; what it takes, as in `takes a number from 1 to 9`.
    Value(String),
}

impl OptionSpec {
    /// What it takes, for messages: `a number from 1 to 9`.
    pub fn takes(&self) -> String {
        match self.default {
            OptionDefault::Number(least, _, most) => format!("a number from {least} to {most}"),
            OptionDefault::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                words.join(" or ")
            }
            OptionDefault::Words(_) => "a list of words in lower case, such as `[id, api_key]`".to_owned(),
        }
    }

    /// What it is where nobody sets it, as `atlas.yaml` has it.
    pub fn default_text(&self) -> String {
        match self.default {
            OptionDefault::Number(_, default, _) => default.to_string(),
            OptionDefault::Choice(words) => words.first().copied().unwrap_or_default().to_owned(),
            OptionDefault::Words(words) => format!("[{}]", words.join(", ")),
        }
    }

    /// True when it can have that value.
    pub(crate) fn accepts(&self, value: &OptionValue) -> bool {
        match (self.default, value) {
            (OptionDefault::Number(least, _, most), OptionValue::Number(number)) => {
                (least..=most).contains(number)
            }
            (OptionDefault::Choice(words), OptionValue::Word(word)) => words.contains(&word.as_str()),
            (OptionDefault::Words(_), OptionValue::Words(words)) => words.iter().all(|word| is_word(word)),
            _ => false,
        }
    }
}

fn is_word(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !word.is_empty() && word.bytes().all(plain)
}

/// Words that a lint looks for: its own, or those that the package sets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Words<'a> {
    Own(&'static [&'static str]),
    Given(&'a [String]),
}

impl<'a> Words<'a> {
    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        let (own, given): (&'static [&'static str], &'a [String]) = match self {
            Words::Own(own) => (own, &[]),
            Words::Given(given) => (&[], given),
        };
        own.iter().copied().chain(given.iter().map(String::as_str))
    }
}

impl From<&'static [&'static str]> for Words<'_> {
    fn from(own: &'static [&'static str]) -> Self {
        Words::Own(own)
    }
}
