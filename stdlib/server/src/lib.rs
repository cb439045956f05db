//! The runtime of generated atlas9 servers and of `atlas9 serve`.
//!
//! A service is described by static data ([`descriptor`]); this crate turns the data into a server that keeps the contract of
//! every atlas9 service. It is not generic over resources: rows are dynamic [`Record`]s, and the typed structs of generated
//! code stand on top of them.
//!
//! # How generated code uses it
//! ```text
//! App::new(&SERVICE, store)
//!     .handler("Book", "reprice", handler::call3(reprice, |mut input| Ok((input.key(0)?, ..., FromRecord::from_record(input.body)?)),
//!              |book: Book| Output::Record(book.into_record())))
//!     .authenticator(...).state(...).after_commit("Book", ...).start()? -> Server; server.router(), server.serve("127.0.0.1:8080")
//!
//! default::get(cx, &BOOK, &[key]) -> Record           default::list(cx, &BOOK, &[parents], list_request) -> Page
//! default::create(cx, &BOOK, record) -> Record        default::update(cx, &BOOK, &[key], patch) -> Record
//! default::replace(cx, &BOOK, &[key], record) -> Record
//! default::delete(cx, &BOOK, &[key]) -> Option<Record>  (soft: the row)
//! default::undelete(cx, &BOOK, &[key]) -> Record      default::action(cx, &BOOK, "publish", &[key], params) -> Option<Record>
//! ```
//! Keys are those of the parents, outermost first, then the own key. A create's record has the parents' keys, the key and the
//! times set already.

#![expect(dead_code, unused_imports, reason = "the operations that use these follow")]

pub use atlas9_descriptor as descriptor;

mod app;
mod auth;
mod cx;
mod error;
pub mod handler;
mod http;
mod list;
mod options;
mod plan;
mod problem;
mod server;
mod store;
pub mod value;

pub use app::{App, Committed};
pub use auth::{Authenticator, Principal, StaticToken};
pub use cx::Cx;
pub use error::StartError;
pub use handler::{BoxFuture, Handler, Input, Output};
pub use list::{ListRequest, Page};
pub use options::Options;
pub use problem::{Failure, Place, Pointer, Problem};
pub use server::{Server, listen, serve_router, stopped};
pub use store::{Connection, Dialect, Store, StoreError};
pub use value::{Patch, Record, Value};
