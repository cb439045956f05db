//! Starts what atlas9 makes and compares what it does: processes, databases, HTTP cases.
//!
//! A test harness: what it needs and does not find fails the test, loudly.
#![expect(clippy::expect_used, clippy::panic, reason = "a harness fails the test that uses it")]

pub mod command;
pub mod http;
pub mod matrix;
pub mod place;
pub mod postgres;
pub mod raw;
pub mod server;
pub mod tools;
