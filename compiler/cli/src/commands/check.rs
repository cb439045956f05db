//! `atlas9 check`: what CI runs.

use atlas9_build::{WriteOptions, compare, was_generated};
use atlas9_driver::diagnostics::{Diagnostic, Level, codes, sort};
use atlas9_driver::{CheckOptions, Date, emit, survey, targets};

use crate::args::{Check, FailOn};
use crate::findings::Findings;
use crate::outcome::{Failure, Outcome, status};
use crate::package::{Opened, open};
use crate::reporter::{Reporter, counted, summary};

pub fn run(args: &Check, reporter: &Reporter) -> Result<Outcome, Failure> {
    let options = CheckOptions { today: Some(today(args)?), no_lints: false };
    let opened = open(args.package.package.as_deref(), &options, reporter)?;
    let mut diagnostics = opened.checked.diagnostics.clone();
    if !opened.checked.has_errors() {
        diagnostics.extend(beyond_the_schema(&opened)?);
        sort(&mut diagnostics);
    }
    reporter.findings(Findings::new(&opened.shown, &diagnostics).failing_from(least(args.fail_on)));
    let counts = opened.checked.counts;
    let looked_at = [counted(counts.files, "file"), counted(counts.declarations, "declaration")].join(", ");
    reporter.say(&format!("checked {looked_at}: {}", summary(&diagnostics)));
    // A file that could not be read or written is worse than a finding.
    if status(&diagnostics) == 2 {
        return Err(Failure::could_not_run());
    }
    Ok(outcome(&diagnostics, args.fail_on))
}

fn outcome(diagnostics: &[Diagnostic], fail_on: FailOn) -> Outcome {
    match diagnostics.iter().any(|diagnostic| diagnostic.level >= least(fail_on)) {
        true => Outcome::Findings,
        false => Outcome::Clean,
    }
}

fn least(fail_on: FailOn) -> Level {
    match fail_on {
        FailOn::Warning => Level::Warning,
        FailOn::Error => Level::Error,
    }
}

/// What the emitters cannot express, and what is stale of that which is checked in.
fn beyond_the_schema(opened: &Opened) -> Result<Vec<Diagnostic>, Failure> {
    let ir = opened.ir()?;
    if ir.is_library() {
        return Ok(Vec::new());
    }
    let mut targets = targets(&opened.checked.config, &[])?;
    let mut diagnostics = survey(ir, &targets);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    if !failed {
        // Where nothing was generated nothing can be stale.
        targets.retain(|target| was_generated(&opened.root, target.name(), &target.out));
        let emission = emit(ir, &targets);
        let options = WriteOptions { home: true, ..WriteOptions::default() };
        diagnostics.extend(compare(&opened.root, &emission.outputs, options)?);
        let new = emission.diagnostics.into_iter().filter(|found| !diagnostics.contains(found));
        diagnostics.extend(new.collect::<Vec<_>>());
    }
    opened.locate(&mut diagnostics);
    Ok(diagnostics)
}

fn today(args: &Check) -> Result<Date, Failure> {
    let text = match &args.today {
        Some(text) => text.clone(),
        None => jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
    };
    Date::parse(&text).ok_or_else(|| {
        Diagnostic::error(codes::E0034, format!("`{text}` is not a date"))
            .help("write year, month and day: `2026-11-21`")
            .into()
    })
}
