//! Linting a package: the walk, what `@allow` takes away, and the order of what is left.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_diagnostics::{Diagnostic, SourceMap, Span, sort};
use atlas9_ir::Ir;

use crate::Config;
use crate::check::Context;
use crate::walk::walk;
use crate::words::snakes;

/// The findings of all lints that `config` does not allow, by place. `sources` are the files that the model was made from.
pub fn run(ir: &Ir, sources: &SourceMap, config: &Config) -> Vec<Diagnostic> {
    let context =
        Context { ir, sources, today: config.today, linters: &config.linters, resources: snakes(ir) };
    let mut found = walk(&context, config);
    suppress(ir, &mut found);
    sort(&mut found);
    drop_repetitions(&mut found);
    found
}

/// Takes away what stands inside a declaration that allows it.
fn suppress(ir: &Ir, found: &mut Vec<Diagnostic>) {
    let mut allowed: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for allow in &ir.allows {
        allowed.entry(&allow.lint).or_default().push(allow.covers);
    }
    found.retain(|finding| {
        let covers = allowed.get(finding.code.as_ref()).map(Vec::as_slice).unwrap_or_default();
        !finding.span.is_some_and(|span| covers.iter().any(|cover| contains(*cover, span)))
    });
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// A mixin's field is seen in every declaration that takes it in; one finding says it all.
fn drop_repetitions(found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    found.retain(|finding| seen.insert((finding.code.clone(), finding.span, finding.message.clone())));
}
