//! The documents that schemas become.

mod constructs;
mod golden;
mod operations;
mod schemas;
mod support;
