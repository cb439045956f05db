//! Linting a package: the walk, what `@allow` takes away, and the order of what is left.

use std::collections::BTreeSet;

use atlas9_diagnostics::{Diagnostic, SourceMap, sort};
use atlas9_ir::Ir;

use crate::Config;
use crate::check::Context;
use crate::correctness::unused_suppression;
use crate::custom;
use crate::facts::Facts;
use crate::suppress::suppress;
use crate::walk::walk;

/// The findings of all lints that `config` does not allow, by place. `sources` are the files that the model was made from.
pub fn run(ir: &Ir, sources: &SourceMap, config: &Config) -> Vec<Diagnostic> {
    let context = Context { ir, sources, config, facts: Facts::of(ir) };
    let mut found = walk(&context);
    found.extend(custom::findings(&context));
    let mut left = settled(&context, found, &|name| config.is_on(name));
    sort(&mut left);
    drop_repetitions(&mut left);
    left
}

/// What is left of the findings of a linter of others, and what is to be said of each `@allow` that names one of its lints and allows
/// nothing. `is_on` is true for the names of those of its lints that are looked for.
pub fn settle(
    ir: &Ir,
    sources: &SourceMap,
    config: &Config,
    found: Vec<Diagnostic>,
    is_on: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    settled(&Context { ir, sources, config, facts: Facts::of(ir) }, found, is_on)
}

fn settled(
    context: &Context<'_>,
    mut found: Vec<Diagnostic>,
    is_on: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let used = suppress(context.ir, &mut found);
    let mut unused = unused_suppression::findings(context, &used, is_on);
    suppress(context.ir, &mut unused);
    found.extend(unused);
    found
}

/// A mixin's field is seen in every declaration that takes it in; one finding says it all.
fn drop_repetitions(found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    found.retain(|finding| seen.insert((finding.code.clone(), finding.span, finding.message.clone())));
}
