//! What a check answers: a finding without its lint, level and symbol, which the walk knows.

use atlas9_diagnostics::{Edit, Fix, Span};

/// What is wrong with one node.
#[derive(Debug)]
pub(crate) struct Finding {
    pub message: String,
    /// The place, where it is not the node's own.
    pub span: Option<Span>,
    /// The declaration that it is about, where that is not the node.
    pub symbol: Option<String>,
    pub label: String,
    pub labels: Vec<(Span, &'static str)>,
    pub help: String,
    pub fix: Option<Fix>,
    /// The name that the node should have.
    pub rename: Option<String>,
    /// What else is wrong with the same node.
    pub more: Vec<Finding>,
}

impl Finding {
    /// A message (one sentence), the words under the place, the way out.
    pub fn new(message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding {
            message: message.into(),
            span: None,
            symbol: None,
            label: label.into(),
            labels: Vec::new(),
            help: help.into(),
            fix: None,
            rename: None,
            more: Vec::new(),
        }
    }

    /// Several findings about one node; nothing where there are none.
    pub fn several(findings: impl IntoIterator<Item = Finding>) -> Option<Finding> {
        let mut findings = findings.into_iter();
        let mut first = findings.next()?;
        first.more.extend(findings);
        Some(first)
    }

    /// Names the declaration that it is about, where that is not the node itself.
    #[must_use]
    pub fn about(mut self, symbol: impl Into<String>) -> Finding {
        self.symbol = Some(symbol.into());
        self
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

    /// Adds an edit after which somebody has to look, where there is one.
    #[must_use]
    pub fn unsafe_fix(mut self, edit: Option<Edit>) -> Finding {
        self.fix = edit.map(|edit| Fix { safe: false, edits: vec![edit] });
        self
    }

    /// Says what the declaration at the finding's place should be called: an unsafe fix, which changes every place that names it.
    #[must_use]
    pub fn rename(mut self, to: impl Into<String>) -> Finding {
        self.rename = Some(to.into());
        self
    }
}
