//! Requests against the schema: everything that is wrong with a body is found at once.

mod body;
mod complete;
mod scalar;
mod text;

pub(crate) use body::{Purpose, check_body};
pub(crate) use complete::literal;
pub(crate) use text::from_text;

use std::collections::BTreeSet;

use atlas9_descriptor::Field;

use crate::plan::Bounds;
use crate::problem::{Failure, Pointer};
use crate::value::Timestamp;
use crate::{Principal, Problem};

/// What is found while a body is walked.
pub(crate) struct Check<'a> {
    pub(crate) bounds: &'a Bounds,
    pub(crate) principal: &'a Principal,
    pub(crate) now: Timestamp,
    pointer: Pointer,
    failures: Vec<Failure>,
    /// Scopes that the caller lacks for fields that the body has.
    lacking: BTreeSet<&'static str>,
}

impl<'a> Check<'a> {
    pub(crate) fn new(bounds: &'a Bounds, principal: &'a Principal, now: Timestamp) -> Check<'a> {
        let (pointer, failures, lacking) = (Pointer::default(), Vec::new(), BTreeSet::new());
        Check { bounds, principal, now, pointer, failures, lacking }
    }

    /// What was found: 403 where the caller may not give a field, else what breaks the schema.
    pub(crate) fn finish(self) -> (Option<Problem>, Vec<Failure>) {
        let lacking: Vec<&'static str> = self.lacking.into_iter().collect();
        let forbidden = (!lacking.is_empty()).then(|| Problem::insufficient_scope(&lacking));
        (forbidden, self.failures)
    }

    pub(crate) fn fail(&mut self, code: &'static str, detail: impl Into<String>) {
        self.failures.push(Failure::body(&self.pointer, code, detail));
    }

    /// Does something one step further down.
    pub(crate) fn within<T>(&mut self, name: &str, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.pointer.push(name);
        let result = inner(self);
        self.pointer.pop();
        result
    }

    /// Notes the scopes that a field needs and the caller lacks. True when there is one.
    fn refuses(&mut self, field: &Field) -> bool {
        let lacking = field.requires.iter().copied().filter(|scope| !self.principal.may(&[scope]));
        let before = self.lacking.len();
        self.lacking.extend(lacking);
        self.lacking.len() > before || !self.principal.may(field.requires)
    }
}
