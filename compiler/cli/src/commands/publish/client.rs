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
    let words = words(step, folder);
    let line = words.join(" ");
    reporter.say(&format!("running {line}"));
    let Some((program, arguments)) = words.split_first() else { return Ok(String::new()) };
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

/// The program and its arguments; `dist/*` is the files that are there, as a shell would have it.
fn words(step: &Step, folder: &Path) -> Vec<String> {
    let expand = |word: &&str| match word.strip_suffix("/*") {
        Some(below) => files(folder, below),
        None => vec![(*word).to_owned()],
    };
    step.command.iter().flat_map(expand).collect()
}

/// The files of a folder, by their way from the package.
pub fn files(folder: &Path, below: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(below)).into_iter().flatten().flatten();
    let mut found: Vec<String> =
        entries.map(|entry| format!("{below}/{}", entry.file_name().to_string_lossy())).collect();
    found.sort();
    found
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
