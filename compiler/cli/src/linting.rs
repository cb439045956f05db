//! What `check` and `lint` share: the day, the linters of others, and how a run ends.

use atlas9_driver::Date;
use atlas9_driver::diagnostics::{Diagnostic, Level, codes, sort};

use crate::args::FailOn;
use crate::external::lint_others;
use crate::findings::Findings;
use crate::outcome::{Failure, Outcome};
use crate::package::Opened;
use crate::reporter::{Reporter, counted, summary};

/// The day that lints count from.
pub struct Day {
    /// As it is written.
    pub text: String,
    /// As a date.
    pub date: Date,
}

impl Day {
    /// The day that was given, or today in UTC.
    pub fn of(given: Option<&str>) -> Result<Day, Failure> {
        let text = match given {
            Some(text) => text.to_owned(),
            None => jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
        };
        match Date::parse(&text) {
            Some(date) => Ok(Day { text, date }),
            None => Err(Diagnostic::error(codes::E0034, format!("`{text}` is not a date"))
                .help("write year, month and day: `2026-11-21`")
                .into()),
        }
    }
}

/// Everything that is wrong with a package, linters of others included where there is a model to ask them about.
pub fn linted(opened: &Opened, day: &Day, reporter: &Reporter) -> Result<Vec<Diagnostic>, Failure> {
    let mut diagnostics = opened.checked.diagnostics.clone();
    if opened.checked.ir.is_some() {
        diagnostics.extend(lint_others(opened, &day.text, reporter)?);
        sort(&mut diagnostics);
    }
    Ok(diagnostics)
}

/// Tells the findings and how much was looked at, and ends the run. `asides` says what is not told.
pub fn conclude(
    opened: Opened,
    diagnostics: &[Diagnostic],
    asides: &[String],
    fail_on: FailOn,
    reporter: &Reporter,
) -> Result<Outcome, Failure> {
    let findings = Findings::new(&opened.shown, diagnostics);
    let findings = match fail_on {
        FailOn::Error => findings.failing_from(Level::Error),
        FailOn::Warning => findings.failing_from(Level::Warning),
        FailOn::Never => findings.failing_never(),
    };
    let status = findings.status();
    reporter.findings(findings);
    let counts = opened.checked.counts;
    let looked_at = [counted(counts.files, "file"), counted(counts.declarations, "declaration")].join(", ");
    let asides: String = asides.iter().map(|aside| format!("; {aside}")).collect();
    reporter.say(&format!("checked {looked_at}: {}{asides}", summary(diagnostics)));
    // The process ends: the system takes the model back faster than it could be freed piece by piece.
    std::mem::forget(opened);
    match status {
        0 => Ok(Outcome::Clean),
        1 => Ok(Outcome::Findings),
        // A file that could not be read or written is worse than a finding.
        _ => Err(Failure::could_not_run()),
    }
}
