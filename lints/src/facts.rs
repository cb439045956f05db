//! What lints ask of the model as a whole: each fact is found out once, when the first lint asks for it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use atlas9_diagnostics::Span;
use atlas9_ir::{Ir, TypeDecl};

use crate::cycles::{Need, cycles};
use crate::gone::{Gone, gone};
use crate::repeats::{requests, twins};
use crate::taken::Taken;
use crate::uses::Uses;
use crate::words::{Snakes, snakes};

/// Facts about a model.
pub(crate) struct Facts<'a> {
    ir: &'a Ir,
    resources: OnceLock<Snakes<'a>>,
    taken: OnceLock<Taken<'a>>,
    uses: OnceLock<Uses>,
    cycles: OnceLock<BTreeMap<Span, Vec<Need<'a>>>>,
    twins: OnceLock<BTreeMap<Span, &'a TypeDecl>>,
    requests: OnceLock<BTreeMap<Span, Span>>,
    tenant: OnceLock<Option<Span>>,
    gone: OnceLock<Gone<'a>>,
}

impl<'a> Facts<'a> {
    /// Nothing is known yet.
    pub fn of(ir: &'a Ir) -> Facts<'a> {
        Facts {
            ir,
            resources: OnceLock::new(),
            taken: OnceLock::new(),
            uses: OnceLock::new(),
            cycles: OnceLock::new(),
            twins: OnceLock::new(),
            requests: OnceLock::new(),
            tenant: OnceLock::new(),
            gone: OnceLock::new(),
        }
    }

    /// Resources by their name in snake_case.
    pub fn resources(&self) -> &Snakes<'a> {
        self.resources.get_or_init(|| snakes(self.ir))
    }

    /// The names that are taken.
    pub fn taken(&self) -> &Taken<'a> {
        self.taken.get_or_init(|| Taken::of(self.ir))
    }

    /// Which types and errors the API leads to.
    pub fn uses(&self) -> &Uses {
        self.uses.get_or_init(|| Uses::of(self.ir))
    }

    /// Circles of resources that need each other, by the place of their first one.
    pub fn cycles(&self) -> &BTreeMap<Span, Vec<Need<'a>>> {
        self.cycles.get_or_init(|| cycles(self.ir))
    }

    /// Structures that repeat an earlier one, by their places.
    pub fn twins(&self) -> &BTreeMap<Span, &'a TypeDecl> {
        self.twins.get_or_init(|| twins(self.ir))
    }

    /// The first operation that a structure is the request of, by the structure's place.
    pub fn requests(&self) -> &BTreeMap<Span, Span> {
        self.requests.get_or_init(|| requests(self.ir))
    }

    /// The first field that says which tenant a row belongs to; nothing where there are no tenants.
    pub fn tenant(&self) -> Option<Span> {
        let found = || self.ir.resources.values().find_map(|resource| Some(resource.tenant()?.span));
        *self.tenant.get_or_init(found)
    }

    /// What is deprecated, by the declaration it is in (nothing for the package) and its name.
    pub fn gone(&self) -> &Gone<'a> {
        self.gone.get_or_init(|| gone(self.ir))
    }
}
