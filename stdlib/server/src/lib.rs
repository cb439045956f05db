//! The runtime of generated atlas9 servers and of `atlas9 serve`.
//!
//! A service is described by static data ([`descriptor`]); this crate turns the data into a server that keeps the contract of
//! every atlas9 service. It is not generic over resources: rows are dynamic [`Record`]s, and the typed structs of generated
//! code stand on top of them.
//!
//! # A server
//! ```no_run
//! use atlas9_server::{App, StaticToken, Store, descriptor::Service};
//!
//! async fn serve(service: &'static Service) -> Result<(), Box<dyn std::error::Error>> {
//!     let store = Store::open("sqlite://bookstore.db").await?;
//!     store.migrate(service).await?;
//!     let token = StaticToken::development("secret", service);
//!     Ok(App::new(service, store).authenticator(token).serve("127.0.0.1:8080").await?)
//! }
//! ```
//!
//! # Code for operations
//! [`App::handler`] takes code for an operation by the declared name of the resource and the operation's name. Code is a
//! plain async function whose first argument is a [`Cx`]; [`handler::call1`] to [`handler::call4`] make a [`Handler`] of it,
//! given how its arguments are taken from the [`Input`] and how its answer becomes an [`Output`]. [`default`] has what the
//! server does by itself, for code that does something before or after. Errors become [`Problem`]s: a declared one by
//! [`Problem::declared`].
//!
//! # How values are stored
//! A table has `row_version` (a 64-bit whole number that starts at 1 and grows with each change) and the columns of the fields,
//! as [`descriptor::Store`] says. Every name is quoted.
//!
//! | type | SQLite | PostgreSQL |
//! |---|---|---|
//! | `bool` | INTEGER, 0 or 1 | boolean |
//! | `int32`, `int`, `int64` | INTEGER | integer, bigint, bigint |
//! | `float64` | REAL | double precision |
//! | `decimal(p, s)` | INTEGER: the value times 10 to the power of s, p at most 18 | numeric(p, s) |
//! | `string`, enums, `duration` | TEXT | text |
//! | `bytes` | BLOB | bytea |
//! | `uuid` | TEXT, hyphenated, lower case | uuid |
//! | `date` | TEXT, `2027-06-01` | date |
//! | `timestamp` | TEXT, `2026-11-01T09:00:00.000000Z`: always six digits, so that it sorts | timestamptz |
//! | `ref R` | as the key of R | as the key of R |
//! | lists, maps, `json`, structures that are not flat | TEXT, JSON without spaces | jsonb |
//!
//! JSON in a column has the declared names of fields, not those on the wire, and every field.
//!
//! # What clients can rely on beyond the contract of all atlas9 services
//! - A path whose key cannot be read (`/books/x`) is 400 `malformed` with the parameter's name, not 404.
//! - Filters compare by suffix: `.ne .lt .lte .gt .gte`, `.in=a,b`, `.null=true`. Those of order are there for numbers, texts,
//!   days and instants, `.null` for what can be null. `.ne` finds null too. A parameter is there once.
//! - Null is last in every order, in both directions. Texts are ordered by code points.
//! - `q` finds rows in which every word occurs in one of the searched fields; the case of ASCII letters does not count.
//! - In an update an immutable field may be there with the value that it has. Structures, maps and `json` merge member by member
//!   (RFC 7396); a list is replaced. An update that changes nothing leaves the entity tag as it is.
//! - A delete is refused where something refers to the row, or lives in it, and must not lose it: 409 `conflict`, whose `errors` say `referenced`. For a soft delete
//!   only rows that are not deleted themselves count.
//! - What lives in a soft-deleted resource is not found until that is undeleted. References to a soft-deleted row cannot be made.

pub use atlas9_descriptor as descriptor;

mod app;
mod auth;
mod cx;
pub mod default;
mod error;
pub mod handler;
mod http;
mod idempotency;
mod list;
mod live;
mod logging;
mod nearest;
mod operation;
mod options;
mod plan;
mod problem;
mod purge;
mod row;
mod rules;
mod server;
mod store;
mod validate;
pub mod value;

pub use app::{App, Committed};
pub use auth::{Authenticator, Principal, StaticToken};
pub use cx::Cx;
pub use error::StartError;
pub use handler::{BoxFuture, Handler, Input, Output};
pub use list::{ListRequest, Page};
pub use live::Live;
pub use logging::logging;
pub use options::Options;
pub use problem::{Failure, Place, Pointer, Problem};
pub use server::{Server, listen, stopped};
pub use store::{Connection, Dialect, Store, StoreError};
pub use value::{Patch, Record, Value};
