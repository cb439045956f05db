//! What is wrong with an expression before it is asked of any declaration.

use std::ops::Range;

/// A mistake in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Which bytes of the text, where one place can be named.
    pub range: Option<Range<usize>>,
    /// What kind of mistake.
    pub kind: WrongKind,
    /// One sentence.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// Kinds of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongKind {
    /// It cannot be read.
    Language,
    /// It asks for what there is not.
    Name,
}

impl Wrong {
    pub(super) fn language(
        range: impl Into<Option<Range<usize>>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Wrong {
        Wrong { range: range.into(), kind: WrongKind::Language, message: message.into(), help: help.into() }
    }

    pub(super) fn name(
        range: impl Into<Option<Range<usize>>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Wrong {
        Wrong { range: range.into(), kind: WrongKind::Name, message: message.into(), help: help.into() }
    }

    /// The same in a text in which the expression begins at `start`.
    pub(super) fn behind(self, start: usize) -> Wrong {
        let range = self.range.map(|range| range.start + start..range.end + start);
        Wrong { range, ..self }
    }
}
