//! `atlas9 check`: what CI runs.

use atlas9_build::{WriteOptions, compare, was_generated};
use atlas9_driver::diagnostics::{Diagnostic, Level, sort};
use atlas9_driver::{CheckOptions, Emission, emit, survey, targets};

use crate::args::Check;
use crate::baseline::{BaselineFile, Missing};
use crate::external::emit_others;
use crate::linting::{Day, conclude, linted};
use crate::outcome::{Failure, Outcome};
use crate::package::{Opened, open};
use crate::reporter::Reporter;

pub fn run(args: &Check, reporter: &Reporter) -> Result<Outcome, Failure> {
    let day = Day::of(args.today.as_deref())?;
    let renames = reporter.shows_fixes();
    let options = CheckOptions { today: Some(day.date), renames, ..CheckOptions::default() };
    let mut opened = open(args.package.package.as_deref(), &options, reporter)?;
    let baseline = BaselineFile::open(&mut opened, None, Missing::Error)?;
    let mut diagnostics = linted(&opened, &day, reporter)?;
    let aside = baseline.cover(&opened, &mut diagnostics);
    if opened.checked.ir.is_some() {
        diagnostics.extend(beyond_the_schema(&opened, reporter)?);
        sort(&mut diagnostics);
    }
    conclude(opened, &diagnostics, aside.as_slice(), args.fail_on, reporter)
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
