//! Asks the emitters and linters of others that a package names, and passes on what they say.

use atlas9_build::Question;
use atlas9_driver::Emission;
use atlas9_driver::diagnostics::Diagnostic;
use atlas9_driver::emitters_of_others;
use atlas9_driver::external::{Answer, Program, Role, settle};
use atlas9_driver::ir::Ir;

use crate::outcome::Failure;
use crate::package::Opened;
use crate::progress::Progress;
use crate::reporter::Reporter;

/// Adds what emitters of others make of a model: all that the package runs, or those named in `only`.
pub fn emit_others(opened: &Opened, ir: &Ir, only: &[String], emission: &mut Emission, reporter: &Reporter) {
    for program in emitters_of_others(&opened.checked.config, only) {
        match ask(opened, ir, program, None, reporter) {
            Ok(answer) => emission.add(program, answer),
            Err(wrong) => emission.diagnostics.push(wrong),
        }
    }
    emission.close();
}

/// What linters of others find, at the levels that the package wants.
pub fn lint_others(opened: &Opened, today: &str, reporter: &Reporter) -> Result<Vec<Diagnostic>, Failure> {
    let ir = opened.ir()?;
    let mut found = Vec::new();
    for program in opened.checked.config.programs.iter().filter(|program| program.role == Role::Linter) {
        match ask(opened, ir, program, Some(today), reporter) {
            Ok(answer) => found.extend(settle(program, &opened.checked, ir, answer.diagnostics)),
            Err(wrong) => found.push(wrong),
        }
    }
    Ok(found)
}

fn ask(
    opened: &Opened,
    ir: &Ir,
    program: &Program,
    today: Option<&str>,
    reporter: &Reporter,
) -> Result<Answer, Diagnostic> {
    let question = Question { root: &opened.root, ir, sources: &opened.checked.sources, today };
    let reply = {
        let _progress = Progress::start(reporter, "asking a program of others");
        question.ask(program)
    };
    // Its name stands before each line: CI systems obey what stands at the beginning of one.
    reply.said.lines().for_each(|line| reporter.say(&format!("{}: {line}", program.executable())));
    let mut answer = reply.answer?;
    for path in answer.diagnostics.iter_mut().filter_map(|found| found.path.as_mut()) {
        *path = opened.way_to(path);
    }
    Ok(answer)
}
