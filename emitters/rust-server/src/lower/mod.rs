//! From the model to the descriptors that drive the runtime.
//!
//! `atlas9 serve` runs on these values; the printer writes the very same ones as Rust. That is why the two servers
//! cannot disagree.

mod expr;
mod field;
pub(crate) mod leak;
mod operation;
mod resource;
mod service;
mod types;

use std::collections::BTreeSet;

use atlas9_descriptor as descriptor;
use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_emitters_core::storage;
use atlas9_ir::{Ir, ResourceId};

pub(crate) use types::Declared;

pub use service::{Embed, problem_base};

/// The service's descriptors.
///
/// They are leaked: the runtime takes `&'static` data, so that a generated server pays nothing for it, and a server that
/// reloads may still have requests under way that read the old ones. It is a few kilobytes a resource and run.
///
/// # Errors
/// What the runtime cannot do, at the declaration that asks for it.
pub fn lower(ir: &Ir, embed: Embed) -> Result<&'static descriptor::Service, Vec<Diagnostic>> {
    lowered(ir, embed).map(|lowered| lowered.service)
}

/// The service's descriptors, and those of declared types and errors by the index of their ids.
pub(crate) struct Lowered {
    pub(crate) service: &'static descriptor::Service,
    pub(crate) types: Vec<Declared>,
    /// The descriptors of the errors, those of the standard library too, by the index of their ids.
    pub(crate) errors: Vec<descriptor::ErrorType>,
}

/// As [`lower`], for the printer.
pub(crate) fn lowered(ir: &Ir, embed: Embed) -> Result<Lowered, Vec<Diagnostic>> {
    let mut lower = Lower {
        ir,
        types: Vec::new(),
        referred: storage::referred(ir),
        diagnostics: storage::json::inside(ir),
    };
    lower.declare_types();
    let errors: Vec<_> = ir.errors.values().map(|error| lower.error(error)).collect();
    let service = lower.service(embed, &errors);
    match lower.diagnostics.is_empty() {
        true => Ok(Lowered { service: leak::one(service), types: lower.types, errors }),
        false => Err(lower.diagnostics),
    }
}

/// What the parts of the lowering share.
pub(crate) struct Lower<'a> {
    ir: &'a Ir,
    /// The descriptors of the declared types, by the index of their ids.
    types: Vec<Declared>,
    /// Resources in another one that something refers to by their own key alone.
    referred: BTreeSet<ResourceId>,
    diagnostics: Vec<Diagnostic>,
}

impl Lower<'_> {
    /// Reports a model that lacks what every checked one has, as one read from a file could.
    pub(crate) fn broken(&mut self, span: Span, what: &str) {
        self.diagnostics.push(Diagnostic::error(codes::E0702, what).at(span, "here").help(
            "check the package with `atlas9 check`; if it passes, please report this as a bug of atlas9",
        ));
    }
}
