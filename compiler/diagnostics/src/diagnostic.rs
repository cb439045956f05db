//! The one form in which anything is complained about.

use std::borrow::Cow;

use crate::{Code, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; never fails a run.
    Note,
    /// To be mended, but everything can go on.
    Warning,
    /// Nothing is generated while it stands.
    Error,
}

impl Level {
    /// The word that is shown.
    pub fn word(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// A second place that helps, and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words, such as "first declared here".
    pub text: String,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// True when the meaning for clients cannot change.
    pub safe: bool,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Another name for a declaration, which has to change in every place that names it; whoever knows these places makes a fix of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// Where its name is declared.
    pub at: Span,
    /// The name that it should have.
    pub to: String,
}

/// One finding: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `E0123`, or a lint's name. `atlas9 explain` takes it.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub level: Level,
    /// One sentence that a beginner understands, without a full stop.
    pub message: String,
    /// The place; nothing where no readable file is at fault.
    pub span: Option<Span>,
    /// The file or folder at fault where there is no span.
    pub path: Option<String>,
    /// A few words under the place; may be empty.
    pub label: String,
    /// Second places.
    pub labels: Vec<Label>,
    /// The way out.
    pub help: Option<String>,
    /// The declaration it is about, as `Book.title`.
    pub symbol: Option<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
    /// A name that mends it, where that is the way.
    pub rename: Option<Box<Rename>>,
}

impl Diagnostic {
    /// A finding without a place; add one with [`Diagnostic::at`] or [`Diagnostic::in_path`].
    pub fn new(code: impl Into<Cow<'static, str>>, level: Level, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            level,
            message: message.into(),
            span: None,
            path: None,
            label: String::new(),
            labels: Vec::new(),
            help: None,
            symbol: None,
            fix: None,
            rename: None,
        }
    }

    /// An error of the language.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code.name, Level::Error, message)
    }

    /// Sets the place and the words under it.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Diagnostic {
        self.span = Some(span);
        self.label = label.into();
        self
    }

    /// Sets the file or folder, where there is no text to point at.
    #[must_use]
    pub fn in_path(mut self, path: impl Into<String>) -> Diagnostic {
        self.path = Some(path.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Says what to do where there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.or(self.help);
        self
    }

    /// Names the declaration it is about.
    #[must_use]
    pub fn symbol(mut self, symbol: impl Into<String>) -> Diagnostic {
        self.symbol = Some(symbol.into());
        self
    }

    /// Adds a change that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Diagnostic {
        self.fix = Some(fix);
        self
    }
}

/// Orders findings by place, then code, and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.span.is_some(), &a.path, a.span, &a.code, &a.message).cmp(&(
            b.span.is_some(),
            &b.path,
            b.span,
            &b.code,
            &b.message,
        ))
    });
    diagnostics.dedup();
}
