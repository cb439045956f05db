//! The Rust server: descriptors for the runtime, and typed code around them.
//!
//! [`lower()`] makes the descriptors on which `atlas9 serve` runs. [`RustServer`] prints the very same ones as Rust, with a
//! struct for each shape, an enum for each operation's errors, and a builder that takes the code of one's own.

mod emit;
mod lower;
mod names;
mod print;
mod scalars;

pub use emit::RustServer;
pub use lower::{Embed, lower, problem_base};
