//! A generated server against a hand-written one that does the same work: the benchmark of servers in README.

mod answers;
mod args;
mod client;
mod generated;
mod handwritten;
mod operation;
mod process;
mod rounds;
mod seed;
mod table;

use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Run(run) => rounds::run(&run).await,
        Command::Generated(serve) => generated::serve(&serve).await,
        Command::Handwritten(serve) => handwritten::serve(&serve).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("load: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// What went wrong, in words.
type Failed = String;

fn text(error: impl std::fmt::Display) -> Failed {
    error.to_string()
}
