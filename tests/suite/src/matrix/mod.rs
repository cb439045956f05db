//! A server in front of a service that can be told to misbehave, and that remembers what it was asked.
//!
//! The programs of `tests/run/matrix` talk to it: what they can tell it stands in `tests/run/matrix/README.md`.

mod fault;
mod front;
mod record;

pub use front::Front;
pub use record::Seen;
