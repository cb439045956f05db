//! Requests against the schema: everything that is wrong with a body is found at once.

mod batch;
mod body;
mod complete;
mod params;
mod scalar;
mod text;
mod union;

pub(crate) use batch::{check_items, check_removal, check_repeated};
pub(crate) use body::{Purpose, check_body, repeated_keys};
pub(crate) use complete::literal;
pub(crate) use params::{Sources, read_params};
pub(crate) use text::from_text;

use std::collections::BTreeSet;

use atlas9_descriptor::Field;

use crate::nearest::suggestion;
use crate::plan::Bounds;
use crate::problem::{Failure, MOST_FAILURES, Pointer};
use crate::uses::Uses;
use crate::value::Timestamp;
use crate::{Principal, Problem};

/// What is found while a body is walked. Once there is more than is told nothing is added: a body could make millions of it.
pub(crate) struct Check<'a> {
    pub(crate) bounds: &'a Bounds,
    pub(crate) principal: &'a Principal,
    pub(crate) now: Timestamp,
    pointer: Pointer,
    failures: Vec<Failure>,
    /// What has the fields that are walked, by its declared name; empty for the parameters of an operation.
    owner: &'static str,
    uses: Uses,
    /// Scopes that the caller lacks for fields that the body has.
    lacking: BTreeSet<&'static str>,
}

impl<'a> Check<'a> {
    pub(crate) fn new(
        bounds: &'a Bounds,
        principal: &'a Principal,
        now: Timestamp,
        owner: &'static str,
    ) -> Check<'a> {
        let (pointer, failures, lacking) = (Pointer::default(), Vec::new(), BTreeSet::new());
        Check { bounds, principal, now, pointer, failures, owner, uses: Uses::default(), lacking }
    }

    /// What was found: 403 where the caller may not give a field, else what breaks the schema.
    pub(crate) fn finish(self) -> (Option<Problem>, Vec<Failure>) {
        (Problem::lacking(self.lacking), self.failures)
    }

    /// What was used that is on its way out.
    pub(crate) fn uses(&mut self) -> Uses {
        std::mem::take(&mut self.uses)
    }

    /// Notes that a request gives a field or a parameter.
    fn uses_field(&mut self, field: &Field) {
        self.uses.field(self.owner, field);
    }

    /// Does something with the fields of something else.
    fn inside<T>(&mut self, owner: &'static str, inner: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.owner, owner);
        let result = inner(self);
        self.owner = outer;
        result
    }

    pub(crate) fn fail(&mut self, code: &'static str, detail: impl Into<String>) {
        self.fail_with(code, || detail.into());
    }

    /// The same with a detail that it costs something to put together.
    pub(crate) fn fail_with(&mut self, code: &'static str, detail: impl FnOnce() -> String) {
        if self.failures.len() <= MOST_FAILURES {
            self.failures.push(Failure::body(&self.pointer, code, detail()));
        }
    }

    /// Notes what is wrong with something outside the body.
    fn note(&mut self, failure: Failure) {
        self.failures.push(failure);
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

/// That a parameter of the query is not known.
pub(crate) fn unknown_parameter<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Failure {
    let hint = suggestion(name, known);
    Failure::parameter(name, "unknown_parameter", format!("there is no such parameter{hint}"))
}
