//! `atlas9 config`: the effective configuration and the origin of each value.

use atlas9_build::{find, load, shown};
use atlas9_driver::config::{Effective, effective};
use serde_json::{Value, json};

use crate::args::PackageArg;
use crate::outcome::{Failure, Outcome};
use crate::reporter::Reporter;

pub fn run(args: &PackageArg, reporter: &Reporter) -> Result<Outcome, Failure> {
    let root = find(args.package.as_deref())?;
    let package = load(&root)?.package;
    let sources = shown(&root, &package.sources);
    let rows = effective(&package.own().config, &sources);
    reporter.result(&if reporter.for_programs() { as_json(&rows) } else { as_table(&rows) });
    match package.diagnostics.is_empty() {
        true => Ok(Outcome::Clean),
        false => Err(Failure { sources, diagnostics: package.diagnostics, ..Failure::default() }),
    }
}

/// A longer value pushes its origin to the right, and no other one.
const WIDEST: usize = 40;

fn as_table(rows: &[Effective]) -> String {
    let width = |of: fn(&Effective) -> &str| {
        let widths = rows.iter().map(|row| of(row).chars().count());
        widths.filter(|width| *width <= WIDEST).max().unwrap_or(0)
    };
    let (keys, values) = (width(|row| &row.key), width(|row| &row.value));
    rows.iter().map(|row| format!("{:keys$}  {:values$}  {}\n", row.key, row.value, row.origin)).collect()
}

fn as_json(rows: &[Effective]) -> String {
    let array: Value =
        rows.iter().map(|row| json!({"key": row.key, "value": row.value, "origin": row.origin})).collect();
    format!("{array:#}\n")
}
