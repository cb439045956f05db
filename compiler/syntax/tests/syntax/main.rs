//! The tests of this crate: through `parse` and `format` alone.

#[cfg(test)]
mod common;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod format;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod parse;
#[cfg(test)]
mod partial;
#[cfg(test)]
mod robust;
