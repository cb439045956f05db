//! Requests in, answers out.

mod accept;
mod answer;
mod batch;
mod body;
mod caller;
mod deprecation;
mod execute;
mod expand;
mod input;
mod limits;
mod pages;
mod precondition;
mod query;
mod rate_limit;
mod reference;
mod render;
mod reply;
mod request_id;
mod routes;
mod system;
mod trace;
mod trace_context;

pub(crate) use answer::{Cause, answer};
pub(crate) use batch::is_batch;
pub(crate) use caller::allowed;
pub(crate) use execute::one;
pub(crate) use precondition::{Precondition, States};
pub(crate) use rate_limit::RateLimit;
pub(crate) use reference::Reference;
pub(crate) use render::encoded;
pub(crate) use reply::Reply;
pub(crate) use routes::Routes;
pub(crate) use system::metrics;
pub(crate) use trace::Trace;
pub(crate) use trace_context::TraceContext;
