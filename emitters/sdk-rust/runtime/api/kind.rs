//! The kinds of errors.

use std::fmt;

/// Fixes an error's status, who can mend it, and whether to try again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The request cannot be read: its syntax is wrong.
    Malformed,
    /// The server does not know who is calling: the key is missing, wrong or out of date.
    Unauthenticated,
    /// The caller may not do this.
    Forbidden,
    /// There is no such thing, or the caller may not see it.
    NotFound,
    /// The request does not fit the present state; read it again.
    Conflict,
    /// What was called has been taken away for good.
    Gone,
    /// Somebody else has changed it since; read it again.
    PreconditionFailed,
    /// The request is too long.
    TooLarge,
    /// The request can be read and breaks rules; the problem's failures name all of them.
    Invalid,
    /// There were too many requests; the headers say how long to wait.
    RateLimited,
    /// The server failed.
    Internal,
    /// The server cannot answer at present.
    Unavailable,
    /// The server gave up on something that it waited for.
    Timeout,
    /// A kind of a later version of the service, or `redirect` or `not_modified` of what is no error of the service's.
    Unknown(String),
}

const KINDS: [(u16, &str, Kind); 13] = [
    (400, "malformed", Kind::Malformed),
    (401, "unauthenticated", Kind::Unauthenticated),
    (403, "forbidden", Kind::Forbidden),
    (404, "not_found", Kind::NotFound),
    (409, "conflict", Kind::Conflict),
    (410, "gone", Kind::Gone),
    (412, "precondition_failed", Kind::PreconditionFailed),
    (413, "too_large", Kind::TooLarge),
    (422, "invalid", Kind::Invalid),
    (429, "rate_limited", Kind::RateLimited),
    (500, "internal", Kind::Internal),
    (503, "unavailable", Kind::Unavailable),
    (504, "timeout", Kind::Timeout),
];

impl Kind {
    /// The kind on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        if let Self::Unknown(word) = self {
            return word;
        }
        KINDS.iter().find(|(_, _, kind)| kind == self).map_or("", |(_, word, _)| word)
    }

    pub(super) fn of_word(word: &str) -> Self {
        let known = KINDS.iter().find(|(_, known, _)| *known == word);
        known.map_or_else(|| Self::Unknown(word.to_owned()), |(_, _, kind)| kind.clone())
    }

    /// The kind of a status that comes without one.
    pub(super) fn of_status(status: u16) -> Self {
        match KINDS.iter().find(|(known, _, _)| *known == status) {
            Some((_, _, kind)) => kind.clone(),
            None if status == 304 => Self::Unknown("not_modified".to_owned()),
            None if status < 400 => Self::Unknown("redirect".to_owned()),
            None if status < 500 => Self::Malformed,
            None => Self::Internal,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
