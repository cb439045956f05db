//! Makes fixes of the names that findings ask for.

use atlas9_analyze::{PackageInfo, renames};
use atlas9_diagnostics::{Diagnostic, Fix, Rename, SourceMap};
use atlas9_syntax::ast::File;

use crate::check::Checked;

/// Adds the fix to each finding that asks for another name, and answers why there is none where there is no way. All are looked for
/// at once. The package itself is the last one.
pub(crate) fn renamed(
    sources: &SourceMap,
    trees: &[File],
    packages: &[PackageInfo],
    findings: &mut [Diagnostic],
) -> Vec<(Rename, String)> {
    let Some(of) = packages.len().checked_sub(1) else { return Vec::new() };
    let (asking, wanted): (Vec<&mut Diagnostic>, Vec<Rename>) = findings
        .iter_mut()
        .filter(|finding| finding.fix.is_none())
        .filter_map(|finding| finding.rename.as_deref().cloned().map(|rename| (finding, rename)))
        .unzip();
    let answers = renames(sources, trees, packages, of, &wanted);
    let mut refused = Vec::new();
    for ((finding, rename), answer) in asking.into_iter().zip(wanted).zip(answers) {
        match answer {
            Ok(edits) => finding.fix = Some(Fix { safe: false, edits }),
            Err(why) => refused.push((rename, why)),
        }
    }
    refused
}

/// What is said of the findings that ask for a name which cannot be given.
pub(super) fn refusals(checked: &Checked, found: &[Diagnostic]) -> Vec<String> {
    let asked = |rename: &Rename| {
        found.iter().any(|finding| finding.fix.is_none() && finding.rename.as_deref() == Some(rename))
    };
    let said = checked.unrenamed.iter().filter(|(rename, _)| asked(rename)).map(|(rename, why)| {
        let (name, place) = (checked.sources.slice(rename.at), checked.sources.place(rename.at));
        format!("did not rename `{name}` at {place} to `{}`: {why}", rename.to)
    });
    said.collect()
}
