//! Documentation of errors and lints, from the files that are their tests.

use atlas9_diagnostics::{ALL_CODES, find_code, nearest};

use crate::lint;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// `E0123` or the lint's name.
    pub name: String,
    /// What it is.
    pub kind: ExplainedKind,
    /// The group of a lint.
    pub group: Option<&'static str>,
    /// The default level of a lint; errors have `error`.
    pub level: &'static str,
    /// One line.
    pub summary: String,
    /// `safe` or `unsafe` where a fix exists.
    pub fix: Option<&'static str>,
    /// The page, Markdown.
    pub page: String,
}

/// What is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplainedKind {
    /// An error of the language.
    Error,
    /// A lint.
    Lint,
}

/// The page of a code or lint.
///
/// # Errors
/// The nearest known name, where one is near, for a name that is unknown.
pub fn explain(name: &str) -> Result<Explained, Option<String>> {
    if let Some(code) = find_code(&name.to_uppercase()) {
        return Ok(error_page(code));
    }
    let all = explain_all();
    match all.iter().find(|page| page.name == name) {
        Some(page) => Ok(page.clone()),
        None => Err(nearest(name, all.iter().map(|page| page.name.as_str())).map(str::to_owned)),
    }
}

/// Every page: errors by code, then lints by group and name.
pub fn explain_all() -> Vec<Explained> {
    ALL_CODES.iter().copied().map(error_page).chain(lint::pages()).collect()
}

fn error_page(code: atlas9_diagnostics::Code) -> Explained {
    Explained {
        name: code.name.to_owned(),
        kind: ExplainedKind::Error,
        group: None,
        level: "error",
        summary: code.summary().to_owned(),
        fix: None,
        page: code.page.to_owned(),
    }
}
