//! What lints ask of the model as a whole: each fact is found out once, when the first lint asks for it.

use std::sync::OnceLock;

use atlas9_ir::Ir;

use crate::taken::Taken;
use crate::words::{Snakes, snakes};

/// Facts about a model.
pub(crate) struct Facts<'a> {
    ir: &'a Ir,
    resources: OnceLock<Snakes<'a>>,
    taken: OnceLock<Taken<'a>>,
}

impl<'a> Facts<'a> {
    /// Nothing is known yet.
    pub fn of(ir: &'a Ir) -> Facts<'a> {
        Facts { ir, resources: OnceLock::new(), taken: OnceLock::new() }
    }

    /// Resources by their name in snake_case.
    pub fn resources(&self) -> &Snakes<'a> {
        self.resources.get_or_init(|| snakes(self.ir))
    }

    /// The names that are taken.
    pub fn taken(&self) -> &Taken<'a> {
        self.taken.get_or_init(|| Taken::of(self.ir))
    }
}
