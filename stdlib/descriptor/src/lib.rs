//! Static data that drives the server's runtime: one descriptor for each resource.
//!
//! The generated code holds these as `static`; `atlas9 serve` makes the same ones from the model when it starts. The
//! runtime cannot tell them apart, which is why both servers give the same answers. No dependencies, so that a build
//! script can use it.

mod expr;
mod field;
mod fields;
mod operation;
mod resource;
mod service;
mod standard;
mod types;

pub use expr::{Expr, Operator};
pub use field::{Access, Deprecation, Field, Links, Literal, Managed, Place, Store};
pub use fields::Fields;
pub use operation::{
    Action, Answered, Assigned, Expand, List, Method, Operation, OperationKind, Paging, Raise, Returns,
    SearchIndex, Target, Transition,
};
pub use resource::{Audited, Resource, Rule, Unique};
pub use service::{Auth, ErrorType, Migration, Retry, Service};
pub use standard::STANDARD;
pub use types::{Enum, OnDelete, Reference, Scalar, Structure, Type, Union, Variant};

/// Names from a resource's field through structures, as declared: `["price", "amount"]`.
pub type Path = &'static [&'static str];
