//! `atlas9 completions`: a script for a shell.

use clap::CommandFactory;

use crate::args::{Args, Completions};
use crate::outcome::{Failure, Outcome};
use crate::reporter::Reporter;

pub fn run(args: &Completions, reporter: &Reporter) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "atlas9", &mut script);
    reporter.result(&String::from_utf8_lossy(&script));
    Ok(Outcome::Clean)
}
