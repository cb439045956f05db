//! `atlas9 explain`: the pages of errors and lints.

use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::{Explained, ExplainedKind, explain, explain_all};
use serde_json::{Value, json};

use crate::args::Explain;
use crate::outcome::{Failure, Outcome};
use crate::reporter::Reporter;

pub fn run(args: &Explain, reporter: &Reporter) -> Result<Outcome, Failure> {
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
