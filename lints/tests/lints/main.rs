//! Tests of the lints: their registry, their pages, and what no page has room for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cases;
mod lists;
mod options;
mod pages;
mod registry;
mod shape;
mod support;
