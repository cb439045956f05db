//! The .atlas language as text: grammar, syntax tree, parser with recovery, formatter.
//!
//! Reading is written by hand, for speed; a pest grammar tells what was expected where a text goes wrong. The only crate that
//! knows pest.

pub mod ast;
mod format;
mod parse;
mod scan;

pub use format::{MAX_WIDTH, format};
pub use parse::{MAX_BYTES, parse};
