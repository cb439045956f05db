//! What is said on standard error and standard output.

use std::io::{self, IsTerminal, Write};

use atlas9_driver::Form;
use atlas9_driver::diagnostics::{Color, Diagnostic, Level};

use crate::args::{ColorChoice, Format, Global};
use crate::findings::Findings;
use crate::outcome::{Failure, Outcome};

/// Says things the way the global options want it.
#[derive(Clone, Copy, Debug)]
pub struct Reporter {
    format: Format,
    color: Color,
    quiet: bool,
    verbose: bool,
}

impl Reporter {
    /// A reporter for these options.
    pub fn new(global: &Global) -> Reporter {
        let color = match global.color {
            ColorChoice::Always => Color::On,
            ColorChoice::Never => Color::Off,
            ColorChoice::Auto if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => {
                Color::Off
            }
            ColorChoice::Auto if io::stderr().is_terminal() => Color::On,
            ColorChoice::Auto => Color::Off,
        };
        Reporter { format: global.format, color, quiet: global.quiet, verbose: global.verbose }
    }

    /// True when results and findings are for programs.
    pub fn for_programs(&self) -> bool {
        self.format != Format::Text && !self.format.is_for_pages()
    }

    /// True when findings are shown with their fixes.
    pub fn shows_fixes(&self) -> bool {
        matches!(self.format, Format::Json | Format::Sarif)
    }

    /// The format of pages, where it is one.
    pub fn pages(&self) -> Option<Form> {
        match self.format {
            Format::Html => Some(Form::Html),
            Format::Markdown => Some(Form::Markdown),
            _ => None,
        }
    }

    /// True when what goes to standard error may have colours.
    pub fn is_colored(&self) -> bool {
        self.color == Color::On
    }

    /// True when more is to be said.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// True when a moving line may be shown.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && !self.for_programs() && io::stderr().is_terminal()
    }

    /// A result: standard output.
    pub fn result(&self, text: &str) {
        write(&mut io::stdout(), text);
    }

    /// Something worth knowing: standard error, unless it is to be quiet.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            self.always(text);
        }
    }

    /// Something without which a command is of no use: standard error, always.
    pub fn always(&self, text: &str) {
        // One line, whatever a file is called: CI systems obey what stands at the beginning of one.
        let line: String = text.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
        write(&mut io::stderr(), &format!("{line}\n"));
    }

    /// Something for those who want to know more.
    pub fn detail(&self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    /// Findings beside a result: standard error.
    pub fn complain(&self, findings: Findings<'_>) {
        if !findings.is_empty() {
            write(&mut io::stderr(), &findings.rendered(self.format, self.color));
        }
    }

    /// Findings that are the result, said once in a run: text goes to standard error, what programs read to standard
    /// output, where they find one document also when there is nothing in it.
    pub fn findings(&self, findings: Findings<'_>) {
        match self.for_programs() {
            true => self.result(&findings.rendered(self.format, self.color)),
            false => self.complain(findings),
        }
    }

    /// Ends a command: the exit status, after saying why it failed. `finds` is true when findings are its result.
    pub fn finish(&self, outcome: Result<Outcome, Failure>, finds: bool) -> u8 {
        match outcome {
            Ok(Outcome::Clean) => 0,
            Ok(Outcome::Findings) => 1,
            Err(failure) => {
                let findings = failure.findings();
                match finds && !findings.is_empty() {
                    true => self.findings(findings),
                    false => self.complain(findings),
                }
                findings.status()
            }
        }
    }
}

/// `2 errors, 1 warning`, or `nothing to complain of`.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
    let parts: Vec<String> = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")]
        .into_iter()
        .filter(|(level, _)| count(*level) > 0)
        .map(|(level, word)| counted(count(level), word))
        .collect();
    if parts.is_empty() { "nothing to complain of".to_owned() } else { parts.join(", ") }
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// A reader that went away, as in `atlas9 ir | head`, is no error of ours.
fn write(to: &mut dyn Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
