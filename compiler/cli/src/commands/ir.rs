//! `atlas9 ir`: the model as JSON, or the JSON Schema of it.

use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::ir::SCHEMA;

use crate::args::Ir;
use crate::outcome::{Failure, Outcome};
use crate::package::open_sound;
use crate::reporter::Reporter;

pub fn run(args: &Ir, reporter: &Reporter) -> Result<Outcome, Failure> {
    if args.schema {
        reporter.result(SCHEMA);
        return Ok(Outcome::Clean);
    }
    let opened = open_sound(args.package.package.as_deref(), args.at.as_deref(), reporter)?;
    let json = serde_json::to_string_pretty(opened.ir()?).map_err(|error| {
        Diagnostic::error(codes::E0009, format!("the model cannot be written as JSON: {error}"))
    })?;
    reporter.result(&format!("{json}\n"));
    Ok(Outcome::Clean)
}
