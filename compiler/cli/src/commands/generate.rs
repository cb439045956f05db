//! `atlas9 generate`: writes what the emitters make.

use std::path::Path;

use atlas9_build::{Report, Scope, WriteOptions, compare, write};
use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::{Emission, Output, emit, targets};

use crate::args::Generate;
use crate::external::emit_others;
use crate::findings::Findings;
use crate::outcome::{Failure, Outcome};
use crate::package::{Opened, open_sound};
use crate::progress::Progress;
use crate::reporter::{Reporter, counted};

pub fn run(args: &Generate, reporter: &Reporter) -> Result<Outcome, Failure> {
    let opened = open_sound(args.package.package.as_deref(), args.at.as_deref(), reporter)?;
    let Emission { outputs, mut diagnostics } = emitted(&opened, args, reporter)?;
    let base = args.out.as_deref().unwrap_or(&opened.root);
    let scope = if args.only.is_empty() { Scope::All } else { Scope::Named };
    let package = opened.checked.config.name.value.as_str();
    let options = WriteOptions { package, home: args.out.is_none(), overwrite: args.overwrite, scope };
    if args.check {
        let mut stale = compare(base, &outputs, options)?;
        stale.iter_mut().for_each(|finding| renewed_by(finding, args.at.as_deref()));
        diagnostics.extend_from_slice(&stale);
        reporter.findings(Findings::new(&opened.shown, &diagnostics));
        reporter.say(&summary(&outputs, stale.len()));
        return Ok(if stale.is_empty() { Outcome::Clean } else { Outcome::Findings });
    }
    match write(base, &outputs, options) {
        Ok(report) => {
            reporter.findings(Findings::new(&opened.shown, &diagnostics));
            say(reporter, base, &report);
            Ok(Outcome::Clean)
        }
        Err(wrong) => {
            diagnostics.extend(wrong);
            Err(opened.fail(diagnostics))
        }
    }
}

fn emitted(opened: &Opened, args: &Generate, reporter: &Reporter) -> Result<Emission, Failure> {
    let ir = opened.ir()?;
    let mut emission = {
        let _progress = Progress::start(reporter, "generating");
        let targets = targets(&opened.checked.config, &args.only)?;
        emit(ir, &targets)
    };
    if !emission.has_errors() {
        emit_others(opened, ir, &args.only, &mut emission, reporter);
    }
    opened.locate(&mut emission.diagnostics);
    match emission.has_errors() {
        true => Err(opened.fail(emission.diagnostics)),
        false => Ok(emission),
    }
}

/// Without the version, the way out would give the API as it is now.
fn renewed_by(finding: &mut Diagnostic, at: Option<&str>) {
    if let Some(version) = at.filter(|_| finding.code == codes::E0011.name) {
        finding.help = Some(format!("run `atlas9 generate --at {version}`"));
    }
}

fn summary(outputs: &[Output], stale: usize) -> String {
    let files = counted(outputs.iter().map(|output| output.files.len()).sum(), "file");
    match stale {
        0 => format!("{files} up to date"),
        stale => format!("{stale} of {files} stale"),
    }
}

/// Says what a run of writing did.
pub fn say(reporter: &Reporter, base: &Path, report: &Report) {
    report.written.iter().for_each(|path| reporter.detail(&format!("wrote {}", base.join(path).display())));
    report.removed.iter().for_each(|path| reporter.detail(&format!("removed {}", base.join(path).display())));
    let (written, removed) = (report.written.len(), report.removed.len());
    reporter.say(&format!(
        "{written} written, {} unchanged, {removed} removed in {}",
        report.unchanged,
        base.display()
    ));
}
