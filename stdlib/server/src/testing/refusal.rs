//! An answer that a typed call did not hope for.

use std::fmt;

use crate::value::Json;

/// An answer that is not a success, or no answer of the operation's type. Shows everything that is known, also what only the server's log is
/// told.
#[derive(Clone)]
pub struct Refusal {
    pub(super) asked: String,
    pub(super) status: u16,
    pub(super) problem: Json,
    pub(super) cause: Option<String>,
}

impl Refusal {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The problem's code, `already_published`; empty where the answer is no problem.
    pub fn code(&self) -> &str {
        self.text("code")
    }

    /// What happened, for the caller.
    pub fn detail(&self) -> &str {
        self.text("detail")
    }

    /// A member of the problem, such as a field of a declared error: `book_id`.
    pub fn member(&self, name: &str) -> Option<&Json> {
        self.problem.get(name)
    }

    /// Where something is wrong, and its code: `("#/title", "required")`; of a parameter or a header its name.
    pub fn errors(&self) -> Vec<(&str, &str)> {
        let errors = self.problem.get("errors").and_then(Json::as_array).into_iter().flatten();
        let text = |error: &'_ Json, name: &str| error.get(name).and_then(Json::as_str).map(str::len);
        let place =
            |error| ["pointer", "parameter", "header"].into_iter().find(|name| text(error, name).is_some());
        let all = errors.map(|error| {
            let read = |name: &str| error.get(name).and_then(Json::as_str).unwrap_or("");
            (place(error).map_or("", read), read("code"))
        });
        all.collect()
    }

    fn text(&self, name: &str) -> &str {
        self.problem.get(name).and_then(Json::as_str).unwrap_or("")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}: {}", self.asked, self.status, self.code(), self.detail())?;
        for (place, code) in self.errors() {
            write!(f, "\n- {place}: {code}")?;
        }
        self.cause.iter().try_for_each(|cause| write!(f, "\n({cause})"))
    }
}

// A test that fails shows this.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Refusal {}
