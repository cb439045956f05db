//! The tests of the whole: rules of the house, the command line, servers, and other people's tools.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod bad_input;
mod bench;
mod cases;
mod check;
mod cli;
mod constructs;
mod contract;
mod crash;
mod docs;
mod example;
mod external;
mod external_examples;
mod formats;
mod generate;
mod golden;
mod hostile;
mod ir;
mod keys;
mod library;
mod matrix;
mod openapi;
mod packages;
mod pages;
mod readme;
mod reload;
mod rust_server;
mod schemathesis;
mod sdk_typescript;
mod servers;
mod sql;
mod tenants;
mod tidy;
mod tokens;
mod upgrade;
mod widths;
