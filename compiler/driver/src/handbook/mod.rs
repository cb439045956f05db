//! The handbook: the pages of all errors and lints with an index, as files or as one document.

mod html;
mod index;
mod markdown;
mod pages;

use atlas9_emitters_core::{BadPath, Files};

use crate::explain::{Explained, explain_all};
use pages::{Pages, Place};

/// The forms of a handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For browsers.
    Html,
    /// For repositories and wikis.
    Markdown,
}

impl Form {
    /// How its files end.
    fn ending(self) -> &'static str {
        match self {
            Form::Html => "html",
            Form::Markdown => "md",
        }
    }

    fn document(self, title: &str, markdown: &str, pages: &Pages<'_>, place: Place<'_>) -> String {
        match self {
            Form::Html => html::document(title, markdown, pages, place),
            Form::Markdown => markdown::document(markdown, pages, place),
        }
    }
}

/// The handbook as files: `index`, and a page each in `errors` and `lints`.
///
/// # Errors
/// When a name cannot be that of a file, which no name of a lint or an error is.
pub fn handbook(form: Form) -> Result<Files, BadPath> {
    let explained = explain_all();
    let pages = Pages::new(&explained, form.ending());
    let mut files = Files::new();
    let index = index::index(&explained);
    files.insert(
        &format!("index.{}", form.ending()),
        form.document(index::TITLE, &index, &pages, Place::Index),
    )?;
    for page in &explained {
        let text = form.document(&page.name, &pages::text(page), &pages, Place::Page(&page.name));
        files.insert(&pages.path(page), text)?;
    }
    Ok(files)
}

/// The handbook as one document.
pub fn handbook_in_one(form: Form) -> String {
    let explained = explain_all();
    let pages = Pages::new(&explained, form.ending());
    let texts: Vec<String> = explained.iter().map(pages::text).collect();
    match form {
        Form::Html => html::in_one(index::TITLE, &index::index(&explained), &explained, &pages),
        Form::Markdown => markdown::in_one(&index::index(&explained), &texts, &pages),
    }
}

/// The tables of lints, for the reference: one for each group, and one of what they cover of other linters' rules.
pub fn lint_tables() -> String {
    index::lints(&explain_all().into_iter().filter(|page| page.group.is_some()).collect::<Vec<Explained>>())
}
