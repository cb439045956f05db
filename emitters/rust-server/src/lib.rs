//! The Rust server: descriptors for the runtime, and typed code around them.

pub mod lower;

pub use lower::{Embed, lower, problem_base};
