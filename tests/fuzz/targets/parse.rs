//! `cargo fuzz run parse`: see the crate's library for what must hold.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| atlas9_fuzz::parse(bytes));
