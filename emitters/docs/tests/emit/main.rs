//! The reference page of small services.
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

mod contents;
mod support;
mod untrusted;
