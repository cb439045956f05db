//! `atlas9 explain`: the pages of errors and lints.

use std::path::Path;

use atlas9_build::{Scope, WriteOptions, write};
use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::{
    Explained, ExplainedKind, Form, Output, explain, explain_all, handbook, handbook_in_one,
};
use serde_json::{Value, json};

use crate::args::Explain;
use crate::commands::generate::say;
use crate::outcome::{Failure, Outcome};
use crate::reporter::Reporter;

pub fn run(args: &Explain, reporter: &Reporter) -> Result<Outcome, Failure> {
    if let Some(form) = reporter.pages() {
        return pages(args.out.as_deref(), form, reporter);
    }
    let pages = match &args.name {
        Some(name) => vec![explain(name).map_err(|near| unknown(name, near))?],
        None => explain_all(),
    };
    reporter.result(&if reporter.for_programs() {
        as_json(&pages)
    } else if args.all {
        as_list(&pages)
    } else {
        pages.iter().map(|page| page.page.as_str()).collect()
    });
    Ok(Outcome::Clean)
}

/// All pages, below a folder or as one document.
fn pages(out: Option<&Path>, form: Form, reporter: &Reporter) -> Result<Outcome, Failure> {
    let Some(base) = out else {
        reporter.result(&handbook_in_one(form));
        return Ok(Outcome::Clean);
    };
    let files = handbook(form).map_err(|bad| Diagnostic::error(codes::E0707, bad.to_string()))?;
    // One for each form, so that both can lie in one folder.
    let emitter = match form {
        Form::Html => "handbook-html",
        Form::Markdown => "handbook-markdown",
    };
    let output = Output { emitter: emitter.to_owned(), out: ".".to_owned(), files };
    let options = WriteOptions { package: "atlas9", scope: Scope::Named, ..WriteOptions::default() };
    let report = write(base, &[output], options)?;
    say(reporter, base, &report);
    Ok(Outcome::Clean)
}

fn unknown(name: &str, near: Option<String>) -> Failure {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "`atlas9 explain --all` lists them; a custom lint is explained where `atlas.yaml` declares it"
                .to_owned()
        }
    };
    Diagnostic::error(codes::E0035, format!("no error and no lint is called `{name}`")).help(help).into()
}

fn as_list(pages: &[Explained]) -> String {
    let width = pages.iter().map(|page| page.name.len()).max().unwrap_or(0);
    pages.iter().map(|page| format!("{:width$}  {}\n", page.name, page.summary)).collect()
}

fn as_json(pages: &[Explained]) -> String {
    let array: Value = pages
        .iter()
        .map(|page| {
            let kind = match page.kind {
                ExplainedKind::Error => "error",
                ExplainedKind::Lint => "lint",
            };
            json!({
                "name": page.name, "kind": kind, "group": page.group, "level": page.level, "summary": page.summary,
                "fix": page.fix,
            })
        })
        .collect();
    format!("{array:#}\n")
}
