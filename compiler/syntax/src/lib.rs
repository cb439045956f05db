//! The .atlas language as text: grammar, syntax tree, parser with recovery, formatter.
//!
//! The only crate that knows pest.

pub mod ast;
