//! Reads packages from disk and writes what is generated: for `build.rs`, and for the command line.

mod apply;
mod compile;
mod load;
mod manifest;
mod write;

pub use apply::replace;
pub use compile::compile;
pub use load::{Loaded, below, find, load, shown};
pub use write::{Report, Scope, WriteOptions, compare, was_generated, write};
