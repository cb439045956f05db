//! `atlas9 generate`: writes what the emitters make.

use std::path::Path;

use atlas9_build::{Report, Scope, WriteOptions, compare, write};
use atlas9_driver::{Emission, Output, emit, targets};

use crate::args::Generate;
use crate::outcome::{Failure, Outcome};
use crate::package::{Opened, open_sound};
use crate::progress::Progress;
use crate::reporter::{Reporter, counted};

pub fn run(args: &Generate, reporter: &Reporter) -> Result<Outcome, Failure> {
    let opened = open_sound(args.package.package.as_deref(), reporter)?;
    let outputs = outputs(&opened, args, reporter)?;
    let base = args.out.as_deref().unwrap_or(&opened.root);
    let scope = if args.only.is_empty() { Scope::All } else { Scope::Named };
    if args.check {
        return stale(base, &outputs, scope, reporter);
    }
    let report = write(base, &outputs, WriteOptions { overwrite: args.overwrite, scope })?;
    say(reporter, base, &report);
    Ok(Outcome::Clean)
}

fn outputs(opened: &Opened, args: &Generate, reporter: &Reporter) -> Result<Vec<Output>, Failure> {
    let _progress = Progress::start(reporter, "generating");
    let targets = targets(&opened.checked.config, &args.only)?;
    let emission = emit(opened.ir()?, &targets);
    if emission.has_errors() {
        return Err(opened.fail(emission.diagnostics));
    }
    let Emission { outputs, diagnostics } = emission;
    reporter.complain(&opened.shown, &diagnostics);
    Ok(outputs)
}

fn stale(base: &Path, outputs: &[Output], scope: Scope, reporter: &Reporter) -> Result<Outcome, Failure> {
    let found = compare(base, outputs, scope)?;
    reporter.findings(&Default::default(), &found);
    let files: usize = outputs.iter().map(|output| output.files.len()).sum();
    reporter.say(&match found.len() {
        0 => format!("{} up to date", counted(files, "file")),
        stale => format!("{stale} of {} stale", counted(files, "file")),
    });
    Ok(if found.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

fn say(reporter: &Reporter, base: &Path, report: &Report) {
    report.written.iter().for_each(|path| reporter.detail(&format!("wrote {}", base.join(path).display())));
    report.removed.iter().for_each(|path| reporter.detail(&format!("removed {}", base.join(path).display())));
    let (written, removed) = (report.written.len(), report.removed.len());
    reporter.say(&format!(
        "{written} written, {} unchanged, {removed} removed in {}",
        report.unchanged,
        base.display()
    ));
}
