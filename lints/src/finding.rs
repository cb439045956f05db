//! What a check answers: a finding without its lint, level and symbol, which the walk knows.

use atlas9_diagnostics::{Edit, Fix, Span};

/// What is wrong with one node.
#[derive(Debug)]
pub(crate) struct Finding {
    pub message: String,
    /// The place, where it is not the node's own.
    pub span: Option<Span>,
    pub label: String,
    pub labels: Vec<(Span, &'static str)>,
    pub help: String,
    pub fix: Option<Fix>,
}

impl Finding {
    /// A message (one sentence), the words under the place, the way out.
    pub fn new(message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding {
            message: message.into(),
            span: None,
            label: label.into(),
            labels: Vec::new(),
            help: help.into(),
            fix: None,
        }
    }

    /// Points at another place than the node's.
    #[must_use]
    pub fn at(mut self, span: Span) -> Finding {
        self.span = Some(span);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn and(mut self, span: Span, text: &'static str) -> Finding {
        self.labels.push((span, text));
        self
    }

    /// Adds an edit that cannot change what the API means to its clients, where there is one.
    #[must_use]
    pub fn safe_fix(mut self, edit: Option<Edit>) -> Finding {
        self.fix = edit.map(|edit| Fix { safe: true, edits: vec![edit] });
        self
    }
}
