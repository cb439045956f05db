//! `atlas9 check`: what CI runs.

use atlas9_build::{WriteOptions, compare, was_generated};
use atlas9_driver::diagnostics::{Diagnostic, Level, codes, sort};
use atlas9_driver::{CheckOptions, Date, Emission, emit, survey, targets};

use crate::args::{Check, FailOn};
use crate::external::{emit_others, lint_others};
use crate::findings::Findings;
use crate::outcome::{Failure, Outcome, status};
use crate::package::{Opened, open};
use crate::reporter::{Reporter, counted, summary};

pub fn run(args: &Check, reporter: &Reporter) -> Result<Outcome, Failure> {
    let (today, day) = today(args)?;
    let options = CheckOptions { today: Some(day), ..CheckOptions::default() };
    let opened = open(args.package.package.as_deref(), &options, reporter)?;
    let mut diagnostics = opened.checked.diagnostics.clone();
    if !opened.checked.has_errors() {
        diagnostics.extend(lint_others(&opened, &today, reporter)?);
        diagnostics.extend(beyond_the_schema(&opened, reporter)?);
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
    // The process ends: the system takes the model back faster than it could be freed piece by piece.
    std::mem::forget(opened);
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
fn beyond_the_schema(opened: &Opened, reporter: &Reporter) -> Result<Vec<Diagnostic>, Failure> {
    let ir = opened.ir()?;
    if ir.is_library() {
        return Ok(Vec::new());
    }
    let mut targets = targets(&opened.checked.config, &[])?;
    let mut diagnostics = survey(ir, &targets);
    let mut others = Emission::default();
    emit_others(opened, ir, &[], &mut others, reporter);
    diagnostics.append(&mut others.diagnostics);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    if !failed {
        // Where nothing was generated nothing can be stale.
        let generated = |emitter: &str, out: &str| was_generated(&opened.root, emitter, out);
        targets.retain(|target| generated(target.name(), &target.out));
        others.outputs.retain(|output| generated(&output.emitter, &output.out));
        let mut emission = emit(ir, &targets);
        emission.outputs.append(&mut others.outputs);
        emission.close();
        let options = WriteOptions { home: true, ..WriteOptions::default() };
        diagnostics.extend(compare(&opened.root, &emission.outputs, options)?);
        let new = emission.diagnostics.into_iter().filter(|found| !diagnostics.contains(found));
        diagnostics.extend(new.collect::<Vec<_>>());
    }
    opened.locate(&mut diagnostics);
    Ok(diagnostics)
}

/// The day as it is written, and as a date.
fn today(args: &Check) -> Result<(String, Date), Failure> {
    let text = match &args.today {
        Some(text) => text.clone(),
        None => jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
    };
    match Date::parse(&text) {
        Some(day) => Ok((text, day)),
        None => Err(Diagnostic::error(codes::E0034, format!("`{text}` is not a date"))
            .help("write year, month and day: `2026-11-21`")
            .into()),
    }
}
