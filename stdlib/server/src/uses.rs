//! Declared elements that a request used and that are on their way out.

use atlas9_descriptor::{Deprecation, Enum, Field};

use crate::Value;

/// One such element.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    pub(crate) kind: Kind,
    /// Its declared name, `Book.isbn10`: never what a client wrote.
    pub(crate) element: String,
    pub(crate) deprecation: Deprecation,
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Operation,
    Field,
    Parameter,
    Value,
}

impl Kind {
    /// The label of its counter.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Operation => "operation",
            Kind::Field => "field",
            Kind::Parameter => "parameter",
            Kind::Value => "value",
        }
    }
}

/// The elements that a request used, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    all: Vec<Use>,
}

impl Uses {
    pub(crate) fn all(&self) -> &[Use] {
        &self.all
    }

    /// Notes an element, where it is on its way out.
    pub(crate) fn note(&mut self, kind: Kind, name: [&str; 2], deprecation: Option<Deprecation>) {
        let Some(deprecation) = deprecation else { return };
        let [owner, name] = name;
        let element = if owner.is_empty() { name.to_owned() } else { format!("{owner}.{name}") };
        if !self.all.iter().any(|known| known.kind == kind && known.element == element) {
            self.all.push(Use { kind, element, deprecation });
        }
    }

    /// Notes a field of something declared, or a parameter of an operation.
    pub(crate) fn field(&mut self, owner: &str, field: &Field) {
        let kind = if owner.is_empty() { Kind::Parameter } else { Kind::Field };
        self.note(kind, [owner, field.name], field.deprecated);
    }

    /// Notes a value of an enum.
    pub(crate) fn value(&mut self, of: &Enum, value: &Value) {
        let Value::Text(text) = value else { return };
        for (name, deprecation) in of.deprecated.iter().filter(|(name, _)| name == text) {
            self.note(Kind::Value, [of.name, name], Some(*deprecation));
        }
    }

    pub(crate) fn extend(&mut self, more: Uses) {
        for Use { kind, element, deprecation } in more.all {
            self.note(kind, ["", &element], Some(deprecation));
        }
    }
}
