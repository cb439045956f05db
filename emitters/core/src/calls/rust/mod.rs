//! Calls with the Rust SDK, and what its crate and calls of it agree on: names, and what an operation is given.

mod call;
mod layout;
mod names;
mod package;
mod scalars;
mod signature;
mod text;
mod values;

pub use call::{Calls, Plan};
pub use layout::{Chain, Code};
pub use names::{LIFTED, Names, ResourceNames, SDK, Texts, body_of, error_of, service_marker};
pub use package::{crate_name, crate_path, is_crate_name};
pub use scalars::{is_converted, scalar_of};
pub use signature::{
    Absent, Argument, Body, Condition, Place, Signature, absent, conditions, has_constructor,
};
pub use text::{PRINT, literal};
