//! The SQL that schemas become.

mod findings;
mod golden;
mod rules;
mod support;
mod tables;
mod untrusted;
