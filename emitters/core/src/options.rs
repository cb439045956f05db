//! Options of emitters: what there is, what it means, and what was given.

use std::collections::BTreeMap;

/// An option that an emitter knows.
#[derive(Clone, Copy, Debug)]
pub struct OptionSpec {
    /// Its key in `atlas.yaml`.
    pub name: &'static str,
    /// What it may be.
    pub kind: OptionKind,
    /// What it is when nothing is said, as it would stand in `atlas.yaml`; empty for none.
    pub default: &'static str,
    /// What it means, one sentence.
    pub meaning: &'static str,
}

/// What an option may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Bool,
    /// Any text.
    Text,
    /// One of some words.
    OneOf(&'static [&'static str]),
    /// Several of some words.
    SomeOf(&'static [&'static str]),
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// `true` or `false`.
    Bool(bool),
    /// A text or one word.
    Text(String),
    /// Several words.
    List(Vec<String>),
}

/// The effective options of one emitter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<String, OptionValue>,
}

impl Options {
    /// The defaults of `specs`.
    pub fn defaults(specs: &[OptionSpec]) -> Options {
        let mut options = Options::default();
        for spec in specs {
            let value = match spec.kind {
                OptionKind::Bool => OptionValue::Bool(spec.default == "true"),
                OptionKind::SomeOf(_) => {
                    OptionValue::List(spec.default.split(',').map(|word| word.trim().to_owned()).collect())
                }
                OptionKind::Text | OptionKind::OneOf(_) if spec.default.is_empty() => continue,
                OptionKind::Text | OptionKind::OneOf(_) => OptionValue::Text(spec.default.to_owned()),
            };
            options.set(spec.name, value);
        }
        options
    }

    /// Sets an option.
    pub fn set(&mut self, name: &str, value: OptionValue) {
        self.values.insert(name.to_owned(), value);
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &OptionValue)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// A text option that is set.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name) {
            Some(OptionValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A yes or no; false where it is not set.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.values.get(name), Some(OptionValue::Bool(true)))
    }

    /// True when `word` is among the words of a list.
    pub fn has(&self, name: &str, word: &str) -> bool {
        matches!(self.values.get(name), Some(OptionValue::List(words)) if words.iter().any(|known| known == word))
    }
}
