//! Findings on their way to be shown.

use std::env;
use std::path::{Component, Path, PathBuf, absolute};

use atlas9_driver::diagnostics::{
    Color, Diagnostic, Level, Page, Report, SourceMap, find_code, github, gitlab, json, junit, sarif, text,
};
use atlas9_driver::{ExplainedKind, explain};

use crate::args::Format;
use crate::outcome::status;

/// Findings, and what they mean for the run.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    sources: &'a SourceMap,
    diagnostics: &'a [Diagnostic],
    fail_on: Level,
    status: u8,
}

impl<'a> Findings<'a> {
    /// Findings that fail the run where one of them is an error.
    pub fn new(sources: &'a SourceMap, diagnostics: &'a [Diagnostic]) -> Findings<'a> {
        Findings { sources, diagnostics, fail_on: Level::Error, status: status(diagnostics) }
    }

    /// The same, failing from another level on.
    pub fn failing_from(mut self, level: Level) -> Findings<'a> {
        self.fail_on = level;
        self.status = self.status.max(u8::from(self.diagnostics.iter().any(|found| found.level >= level)));
        self
    }

    /// The same where lints fail nothing; errors of the language do.
    pub fn failing_never(mut self) -> Findings<'a> {
        let errors = self.diagnostics.iter().filter(|found| find_code(&found.code).is_some());
        self.status = status(&errors.cloned().collect::<Vec<_>>());
        self
    }

    /// The same of a run that ends with at least that status.
    pub fn ending_with(mut self, status: u8) -> Findings<'a> {
        self.status = self.status.max(status);
        self
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        self.status
    }

    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// One document.
    pub fn rendered(&self, format: Format, color: Color) -> String {
        match format {
            Format::Text | Format::Html | Format::Markdown => text(self.sources, self.diagnostics, color),
            Format::Json => format!("{:#}\n", json(self.sources, self.diagnostics)),
            Format::Junit => junit(&self.report(self.sources, self.diagnostics)),
            Format::Sarif | Format::Github | Format::Gitlab => self.for_a_forge(format),
        }
    }

    /// What a forge shows beside the lines of a change knows files by their paths in the repository.
    fn for_a_forge(&self, format: Format) -> String {
        let top = top(format);
        let sources = self.sources.renamed(|name| from_top(top.as_deref(), name));
        let mut diagnostics = self.diagnostics.to_vec();
        for diagnostic in &mut diagnostics {
            diagnostic.path = diagnostic.path.take().map(|path| from_top(top.as_deref(), &path));
        }
        let report = self.report(&sources, &diagnostics);
        match format {
            Format::Github => github(&report),
            Format::Gitlab => format!("{:#}\n", gitlab(&report)),
            _ => format!("{:#}\n", sarif(&report)),
        }
    }

    fn report<'b>(&self, sources: &'b SourceMap, diagnostics: &'b [Diagnostic]) -> Report<'b> {
        let Findings { fail_on, status, .. } = *self;
        Report { sources, diagnostics, fail_on, status, version: env!("CARGO_PKG_VERSION"), page: &page }
    }
}

fn page(code: &str) -> Option<Page> {
    let explained = explain(code).ok()?;
    let level = match explained.level {
        "error" | "deny" => Level::Error,
        _ => Level::Warning,
    };
    let group = match explained.kind {
        ExplainedKind::Error => "error",
        ExplainedKind::Lint => explained.group.unwrap_or("lint"),
    };
    Some(Page { summary: explained.summary, text: explained.page, group: group.to_owned(), level })
}

/// The top of the repository, where CI says which it is and the present folder lies in it.
fn top(format: Format) -> Option<PathBuf> {
    let names: &[&str] = match format {
        Format::Github => &["GITHUB_WORKSPACE"],
        Format::Gitlab => &["CI_PROJECT_DIR"],
        _ => &["GITHUB_WORKSPACE", "CI_PROJECT_DIR"],
    };
    let here = env::current_dir().ok()?;
    let given = names.iter().filter_map(env::var_os).filter_map(|path| Path::new(&path).canonicalize().ok());
    given.into_iter().find(|top| here.starts_with(top)).or(Some(here))
}

/// A path from the top of the repository; one that leads elsewhere as it is.
fn from_top(top: Option<&Path>, name: &str) -> String {
    let path = top.and_then(|top| {
        let path = plain(&absolute(name).ok()?);
        path.strip_prefix(top).ok().map(Path::to_owned)
    });
    match path {
        Some(path) if path.as_os_str().is_empty() => ".".to_owned(),
        Some(path) => path.to_string_lossy().replace('\\', "/"),
        None => name.to_owned(),
    }
}

/// A path without `..`, as it reads: a name need not be there.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, part| {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            part => path.push(part),
        }
        path
    })
}
