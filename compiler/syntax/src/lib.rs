//! The .atlas language as text: grammar, syntax tree, parser with recovery, formatter.
//!
//! The only crate that knows pest.

pub mod ast;
mod parse;
mod scan;

pub use parse::{MAX_BYTES, parse};
