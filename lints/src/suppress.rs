//! What `@allow` takes away.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, Span};
use atlas9_ir::{Allow, Ir};

/// Takes away what stands inside a declaration that allows it, and says of each `@allow` whether it took anything away. Where several
/// allow the same, the innermost one did.
pub(crate) fn suppress(ir: &Ir, found: &mut Vec<Diagnostic>) -> Vec<bool> {
    let scopes = Scopes::new(&ir.allows);
    let mut used = vec![false; ir.allows.len()];
    found.retain(|finding| {
        let allow = finding.span.and_then(|span| scopes.innermost(&finding.code, span));
        if let Some(allow) = allow.and_then(|allow| used.get_mut(allow)) {
            *allow = true;
        }
        allow.is_none()
    });
    used
}

/// The declarations that allow something, by lint. Declarations never overlap but where one holds the other.
struct Scopes<'a>(BTreeMap<&'a str, Vec<Scope>>);

struct Scope {
    covers: Span,
    /// Which `@allow` it is.
    allow: usize,
    /// The one around it, in the same list.
    outer: Option<usize>,
}

impl<'a> Scopes<'a> {
    fn new(allows: &'a [Allow]) -> Scopes<'a> {
        let mut by_lint: BTreeMap<&str, Vec<Scope>> = BTreeMap::new();
        for (allow, said) in allows.iter().enumerate() {
            let scope = Scope { covers: said.covers, allow, outer: None };
            by_lint.entry(&said.lint).or_default().push(scope);
        }
        by_lint.values_mut().for_each(|scopes| nest(scopes));
        Scopes(by_lint)
    }

    fn innermost(&self, lint: &str, span: Span) -> Option<usize> {
        let scopes = self.0.get(lint)?;
        let begun = scopes
            .partition_point(|scope| (scope.covers.file, scope.covers.start) <= (span.file, span.start));
        let mut at = begun.checked_sub(1);
        while let Some(scope) = at.and_then(|at| scopes.get(at)) {
            if contains(scope.covers, span) {
                return Some(scope.allow);
            }
            at = scope.outer;
        }
        None
    }
}

/// Sorts scopes by where they begin, the outer one first, and tells each which one is around it.
fn nest(scopes: &mut [Scope]) {
    scopes.sort_by_key(|scope| (scope.covers.file, scope.covers.start, std::cmp::Reverse(scope.covers.end)));
    let mut around: Vec<(usize, Span)> = Vec::new();
    for (at, scope) in scopes.iter_mut().enumerate() {
        while around.last().is_some_and(|(_, outer)| !contains(*outer, scope.covers)) {
            around.pop();
        }
        scope.outer = around.last().map(|(outer, _)| *outer);
        around.push((at, scope.covers));
    }
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}
