//! What emitters of Rust share: names clear of one another, documentation in which nothing is code, sizes and recursion.

mod client;
pub mod docs;
mod names;
mod reach;
mod scope;
mod size;

pub use client::{CALL, MANY, apart, is_needed, module};
pub use names::{member, ty, unknown_variant, word};
pub use reach::leads_to;
pub use scope::Scope;
pub use size::{Sizes, are_noticed};
