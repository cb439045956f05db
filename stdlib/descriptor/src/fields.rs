//! The fields of a structure, which may be the structure's own kind.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use crate::Field;

/// The fields of a structure, in order; reads as a slice.
///
/// A structure may contain itself. A `static` can name itself, but data that is made at run time exists before its own
/// address is known, so its fields can be given once, later.
pub struct Fields {
    now: &'static [Field],
    later: OnceLock<&'static [Field]>,
}

impl Fields {
    /// These fields.
    pub const fn of(fields: &'static [Field]) -> Fields {
        Fields { now: fields, later: OnceLock::new() }
    }

    /// No fields until [`Fields::set`].
    pub const fn later() -> Fields {
        Fields::of(&[])
    }

    /// Gives the fields of a structure that was made by [`Fields::later`]; the first call counts.
    pub fn set(&self, fields: &'static [Field]) {
        self.later.get_or_init(|| fields);
    }

    /// The fields for as long as the program runs.
    pub fn get(&self) -> &'static [Field] {
        self.later.get().copied().unwrap_or(self.now)
    }
}

impl Deref for Fields {
    type Target = [Field];

    fn deref(&self) -> &[Field] {
        self.get()
    }
}

// Names alone: what a structure that contains itself shows would never end.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.get().iter().map(|field| field.name)).finish()
    }
}
