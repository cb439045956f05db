//! Running programs.

use std::process::Command;

/// What a program said and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs a program to its end, whatever that is.
pub fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a program that must succeed; its standard output.
pub fn run(command: &mut Command) -> String {
    let said = said(command);
    assert!(said.status == 0, "{command:?} ended with {}\n{}\n{}", said.status, said.out, said.err);
    said.out
}
