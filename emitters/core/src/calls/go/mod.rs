//! What calls with the Go SDK need: its names, and its literals.

mod names;
mod text;

pub use names::{apart, exported, field, member, method, parameter, type_name, type_of};
pub use text::literal;
