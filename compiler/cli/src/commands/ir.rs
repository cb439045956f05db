//! `atlas9 ir`: the model as JSON.

use atlas9_driver::diagnostics::{Diagnostic, codes};

use crate::args::PackageArg;
use crate::outcome::{Failure, Outcome};
use crate::package::open_sound;
use crate::reporter::Reporter;

pub fn run(args: &PackageArg, reporter: &Reporter) -> Result<Outcome, Failure> {
    let opened = open_sound(args.package.as_deref(), reporter)?;
    let json = serde_json::to_string_pretty(opened.ir()?).map_err(|error| {
        Diagnostic::error(codes::E0009, format!("the model cannot be written as JSON: {error}"))
    })?;
    reporter.result(&format!("{json}\n"));
    Ok(Outcome::Clean)
}
