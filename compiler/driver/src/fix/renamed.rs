//! Makes fixes of the names that findings ask for.

use atlas9_analyze::{PackageInfo, renames};
use atlas9_diagnostics::{Diagnostic, Fix, Rename, SourceMap};
use atlas9_syntax::ast::File;

/// Adds the fix to each finding that asks for another name, where there is a way; all are looked for at once. The package itself is
/// the last one.
pub(crate) fn renamed(
    sources: &SourceMap,
    trees: &[File],
    packages: &[PackageInfo],
    findings: &mut [Diagnostic],
) {
    let Some(of) = packages.len().checked_sub(1) else { return };
    let (asking, wanted): (Vec<&mut Diagnostic>, Vec<Rename>) = findings
        .iter_mut()
        .filter(|finding| finding.fix.is_none())
        .filter_map(|finding| finding.rename.as_deref().cloned().map(|rename| (finding, rename)))
        .unzip();
    for (finding, answer) in asking.into_iter().zip(renames(sources, trees, packages, of, &wanted)) {
        finding.fix = answer.ok().map(|edits| Fix { safe: false, edits });
    }
}
