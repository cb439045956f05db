//! The commands, one a file.

mod check;
mod completions;
mod config;
mod database;
mod explain;
mod fmt;
mod generate;
mod init;
mod ir;
mod keys;
mod lint;
mod publish;
mod serve;

use crate::args::Command;
use crate::outcome::{Failure, Outcome};
use crate::reporter::Reporter;

/// Runs a command.
pub fn run(command: Command, reporter: &Reporter) -> Result<Outcome, Failure> {
    match command {
        Command::Init(args) => init::run(&args, reporter),
        Command::Check(args) => check::run(&args, reporter),
        Command::Lint(args) => lint::run(&args, reporter),
        Command::Fmt(args) => fmt::run(&args, reporter),
        Command::Generate(args) => generate::run(&args, reporter),
        Command::Serve(args) => serve::run(&args, reporter),
        Command::Publish(args) => publish::run(&args, reporter),
        Command::Keys(args) => keys::run(&args, reporter),
        Command::Explain(args) => explain::run(&args, reporter),
        Command::Ir(args) => ir::run(&args, reporter),
        Command::Config(args) => config::run(&args, reporter),
        Command::Completions(args) => completions::run(&args, reporter),
    }
}
