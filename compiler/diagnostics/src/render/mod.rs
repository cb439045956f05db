//! The renderings: text for people, JSON for programs.

mod excerpt;
mod json;
mod text;

pub use json::json;
pub use text::{Color, text};
