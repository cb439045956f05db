//! The documents that schemas become.

mod golden;
mod operations;
mod schemas;
mod support;
