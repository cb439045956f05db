//! Runs the registry's own client in a package.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};

use atlas9_driver::diagnostics::{Diagnostic, codes};

use super::registry::Step;
use crate::reporter::Reporter;

/// Runs a step; what it says.
///
/// # Errors
/// When the program is missing, or finds something: with the end of what it says.
pub fn run(step: &Step, folder: &Path, reporter: &Reporter) -> Result<String, Diagnostic> {
    let line = step.command.join(" ");
    reporter.say(&format!("running {line}"));
    let Some((program, arguments)) = step.command.split_first() else { return Ok(String::new()) };
    let ended = Command::new(program).args(arguments).current_dir(folder).output();
    match ended {
        Ok(output) if output.status.success() => {
            let said = said(&output);
            said.lines().for_each(|line| reporter.detail(line));
            Ok(said)
        }
        Ok(output) => Err(refused(&line, &output)),
        Err(error) => Err(not_run(program, step, &error)),
    }
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// The last lines: what a client finds wrong it says at the end.
const SHOWN: usize = 20;

fn refused(line: &str, output: &Output) -> Diagnostic {
    let said = said(output);
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let shown = lines.iter().skip(lines.len().saturating_sub(SHOWN)).copied().collect::<Vec<_>>();
    Diagnostic::error(codes::E0040, format!("`{line}` refuses the package: {}", shown.join("\n")))
        .help("mend what it names; with `--verbose` all of what clients say is shown")
}

fn not_run(program: &str, step: &Step, error: &std::io::Error) -> Diagnostic {
    let why = match error.kind() {
        ErrorKind::NotFound => "is not installed".to_owned(),
        _ => format!("cannot be run: {error}"),
    };
    Diagnostic::error(codes::E0041, format!("`{program}` {why}")).help(format!("install {}", step.install))
}
