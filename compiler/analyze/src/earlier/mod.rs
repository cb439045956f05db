//! The API as it was in an earlier version: the trees that somebody would have written then. They are analysed like any others, so
//! that whatever follows from what is declared follows anew.
//!
//! What came later is left out, with whatever names it; what was renamed later has its former name. What has no mark is as it is now.

mod clauses;
mod items;
mod marks;
mod once;
mod rules;
mod texts;
mod values;

use atlas9_diagnostics::{Diagnostic, Level, Span, codes};
use atlas9_ir::Ir;
use atlas9_syntax::ast::File;

use crate::context::Cx;
use crate::meanings::Meanings;
use crate::version::Version;
use marks::Earlier;

/// The trees of that version, and what the schema does not tell of its names; those of other packages stay, as they have versions of
/// their own. `ir` is the model of now.
///
/// # Errors
/// When there is no such version.
pub(crate) fn trees(cx: &Cx<'_>, ir: &Ir, version: &str) -> Result<(Vec<File>, Vec<Diagnostic>), Diagnostic> {
    let mut earlier = Earlier::read(cx, ir, known(cx, version)?, version);
    let mut files = cx.files.to_vec();
    for (_, file) in files.iter_mut().enumerate().filter(|(index, _)| cx.is_own(*index)) {
        earlier.file(file);
    }
    if earlier.past {
        cx.names.packages.read_as_of(version);
    }
    Ok((files, earlier.wrong))
}

/// The version, if the service has it or had it.
fn known(cx: &Cx<'_>, text: &str) -> Result<Version, Diagnostic> {
    let Some((newest, place)) = &cx.api.version else {
        return Err(Diagnostic::error(
            codes::E0008,
            "the package declares no service, so its API has no versions",
        )
        .help("take the model as it is now, or the version of a package that declares a service"));
    };
    let Some(version) = Version::parse(text) else {
        return Err(Diagnostic::error(codes::E0034, format!("`{text}` is not a version"))
            .help("write MAJOR.MINOR.PATCH (semver.org): `--at 1.4.0`"));
    };
    if version > *newest {
        return Err(Diagnostic::error(codes::E0034, format!("version {text} of the API does not exist yet"))
            .at(*place, "the service's version")
            .help("ask for this one or an earlier one"));
    }
    Ok(version)
}

/// What the schema of now does not tell of a version: what was found in its trees, or a name in them that stands for something
/// else than it does now.
pub(crate) fn untold(
    version: &str,
    found: Vec<Diagnostic>,
    now: &Meanings,
    then: &Meanings,
) -> Vec<Diagnostic> {
    // A note tells how many errors are not shown.
    let (errors, notes): (Vec<_>, Vec<_>) = found
        .into_iter()
        .filter(|finding| finding.level != Level::Warning)
        .partition(|finding| finding.level == Level::Error);
    let told = once::once(errors, now).into_iter().chain(notes);
    let mut wrong: Vec<Diagnostic> = told.map(|finding| needed(version, finding)).collect();
    if wrong.is_empty() {
        wrong.extend(then.first_changed(now).map(|name| another_meaning(version, name)));
    }
    wrong
}

fn needed(version: &str, finding: Diagnostic) -> Diagnostic {
    if finding.level != Level::Error {
        return finding;
    }
    Diagnostic {
        code: codes::E0610.name.into(),
        message: format!("the schema does not tell what this was in {version}: {}", finding.message),
        help: Some(
            "this needs something that came later: date it too, say it without that, or ask for a later version"
                .to_owned(),
        ),
        fix: None,
        ..finding
    }
}

fn another_meaning(version: &str, name: Span) -> Diagnostic {
    Diagnostic::error(codes::E0610, format!("in {version} this name would stand for something else"))
        .at(name, "something that was renamed later had this name")
        .help("give one of the two that meet under it another name")
}
