//! Calls with the Go SDK, and what of its names and types they need.

mod call;
mod layout;
mod names;
mod parameters;
mod plan;
mod scalars;
mod text;
pub mod types;
mod values;

pub(crate) use call::Calls;
pub use call::{Expression, expression, result};
pub use layout::aligned;
pub use names::{
    SHOWN, apart, exported, field, member, method, package_name, parameter, type_name, type_of, variable,
};
pub use parameters::{Condition, Parameter, conditions, parameters, variants};
pub use plan::{CLIENT_MEMBERS, Constants, Names, Plan, ResourceNames, SDK, kind_type, methods_of};
pub use text::literal;
