//! Running programs.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

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
    ended(command.output().unwrap_or_else(|error| panic!("cannot run {command:?}: {error}")))
}

/// Runs a program to its end with a short text on standard input.
pub fn fed(command: &mut Command, input: &str) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let mut stdin = child.stdin.take().expect("standard input is piped");
    stdin.write_all(input.as_bytes()).unwrap_or_else(|error| panic!("{command:?} reads nothing: {error}"));
    drop(stdin);
    ended(child.wait_with_output().unwrap_or_else(|error| panic!("cannot wait for {command:?}: {error}")))
}

fn ended(output: Output) -> Said {
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
