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
//! [`App::handler`] takes code for an operation by the declared name of the resource and the operation's name,
//! [`App::service_handler`] for an operation of the service. Code is a
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
//! | lists, maps, `json`, unions, structures that are not flat | TEXT, JSON without spaces | jsonb |
//!
//! JSON in a column has the declared names of fields, not those on the wire, and every field. A list of references `[ref R]` is
//! a table of its own: the key of the row that holds the list, the key of R, and `position`. A singleton that lives in nothing
//! has one row and a column `singleton` that is 1; one in a parent has the parents' keys as its own.
//!
//! # What clients can rely on beyond the contract of all atlas9 services
//! - A path whose key cannot be read (`/books/x`) is 400 `malformed` with the parameter's name, not 404.
//! - A segment of a path that is fixed wins over a key: `GET /books/bestsellers` is the query. Other methods of that path still
//!   reach the book of that key.
//! - Filters compare by suffix: `.ne .lt .lte .gt .gte`, `.in=a,b`, `.null=true`. Those of order are there for numbers, texts,
//!   days and instants, `.null` for what can be null. `.ne` finds null too. A parameter is there once, but
//!   for a list: `?tag=a&tag=b`; a list that is left out is empty, unless the schema gives it a default or lets it be null. In a header a
//!   list has commas between.
//! - What is wrong with a parameter in the path, the query or a header is 400 with its name, also where it is out of its bounds; what
//!   is wrong with the body is 422 with a pointer. Where both are, all of it is told in the 400.
//! - Null is last in every order, in both directions. Texts are ordered by code points.
//! - `q` finds rows in which every word occurs in one of the searched fields; the case of ASCII letters does not count.
//! - In an update an immutable field may be there with the value that it has. Structures, maps and `json` merge member by member
//!   (RFC 7396); a list is replaced. An update that changes nothing leaves the entity tag as it is.
//! - A union's discriminator is always there, in an update too. The same variant merges member by member; another one replaces what
//!   was there, and so has to be whole.
//! - A list of references keeps its order. The same key twice is 422 `duplicate`, one that leads nowhere 422 `not_found`. Where the
//!   other end goes and the list lets it go, the key leaves the list, and the entity tag changes.
//! - A singleton is there from the start, as long as its parent is; nobody makes or deletes it. It begins with its defaults.
//! - `?expand=author,publisher` embeds whole resources, on the lists and gets that declare it, to who may get them: else it is 401
//!   or 403. What is deleted is null, and missing in a list. The entity tag stays that of the resource itself, which is therefore sent
//!   anew whatever `If-None-Match` says.
//! - A list that is paged by numbers begins with `page=1`; pages behind the last one are empty.
//! - `If-Match` matters where one row is changed; elsewhere it says nothing.
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
