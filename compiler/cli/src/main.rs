//! The `atlas9` command.

mod args;
mod baseline;
mod commands;
mod difference;
mod external;
mod findings;
mod linting;
mod outcome;
mod package;
mod progress;
mod reporter;
mod revision;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Trees and models are many small pieces, made by several threads: the system's allocator takes a third of a check.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let args = args::Args::read();
    let reporter = reporter::Reporter::new(&args.global);
    let finds = args.command.finds();
    let outcome = commands::run(args.command, &reporter);
    ExitCode::from(reporter.finish(outcome, finds))
}
