//! What all operations share: calls, errors, paging, and what a client can be told.

mod answer;
mod attempt;
mod call;
mod draft;
mod error;
pub mod filter;
mod finite;
mod hooks;
mod json;
mod kind;
mod paging;
mod patch;
mod prepare;
mod problem;
mod removal;
mod retry;
mod running;
mod settings;
mod tagged;
mod transport;
pub mod wire;

pub use answer::{Answered, Form, Items as ItemsForm, Json, Nothing, Response, Text, TextItems};
pub use call::{
    Anything, Call, Conditional, Forceable, Keyed, Operation, OperationError, Searched, ShowsDeleted,
};
pub use draft::Draft;
pub use error::{ConfigError, ConnectionError, DecodeError, Error, RequestError, TimeoutError};
pub use hooks::{
    AttemptInfo, AttemptResult, BoxError, CallGuard, CallInfo, CallResult, DeprecationNotice, Hooks,
};
pub use kind::Kind;
pub use paging::{Items, NumberedPage, Page, Paged, Pages};
pub use patch::Patch;
pub use problem::{Declared, Failure, Problem};
pub use removal::Removal;
pub use settings::{ClientBuilder, Scheme, Service};
pub use tagged::Tagged;
pub use transport::Transport;
pub use wire::Duration;

/// Stands for a value that is not shown.
#[derive(Clone, Copy)]
pub struct Hidden;

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}
