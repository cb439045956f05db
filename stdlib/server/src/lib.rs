//! The runtime of generated atlas9 servers and of `atlas9 serve`.
//!
//! A service is described by static data ([`descriptor`]); this crate turns the data into a server that keeps the contract of
//! every atlas9 service. It is not generic over resources: rows are dynamic [`Record`]s, and the typed structs of generated
//! code stand on top of them.
//!
//! # Tenants
//! Where a resource has `@tenant`, each row belongs to the tenant of [`Principal::tenant`], which an [`Authenticator`] gives with
//! [`Principal::with_tenant`]. The server gives it to rows and pins it in every statement: rows of another tenant are not found, not
//! counted, not referred to, and stand in the way of nothing. Without a tenant the answer is 403 `tenant_required`. In PostgreSQL each
//! transaction says `atlas9.tenant`, by which row security shows [`Cx::connection`] the same rows, unless the role is a superuser or
//! has BYPASSRLS; SQL of one's own for SQLite has to name [`Cx::tenant`] itself. The purge of soft-deleted rows goes from tenant to tenant.
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
//! [`App::before_commit`] looks at each change of a resource in its transaction and may refuse it; [`App::after_commit`] and
//! [`Cx::after_commit`] begin what nobody waits for. [`testing`] has the server in memory for tests, with callers and a clock of the test's.
//!
//! # How values are stored
//! A table has `row_version` (a 64-bit whole number that grows with each change) and the columns of the fields, as [`descriptor::Store`] says.
//! It starts at 1 where the server makes the key; where clients choose it, and in the singletons of a parent, at the time in
//! microseconds: a row that is deleted and made again under the same key has versions that nobody has seen. Every name is quoted.
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
//! # The reference
//! `/docs` shows the reference of the service to everybody, where the generator made one; [`Options::docs`] turns it off. It is one page
//! that loads nothing: its content security policy lets in the style and the script in it by their hashes, and calls of its own
//! server. It has an entity tag.
//!
//! # What clients can rely on beyond the contract of all atlas9 services
//! - Who calls is said once: a token of at most 8192 visible ASCII characters, in the header of a scheme that the service takes. Two
//!   headers, or a token that is not accepted, are 401, for public operations too. A key server that gives no answer is 503.
//! - A field that needs a scope is left out of answers, errors and their messages for who lacks it; naming it in a body, a filter, an order
//!   or `fields` is 403, and a search passes over it. A replacement leaves it as it is. An `Idempotency-Key` that comes back with other scopes is 422.
//! - A path whose key cannot be read (`/books/x`) is 400 `malformed` with the parameter's name, not 404.
//! - A segment of a path that is fixed wins over a key: `GET /books/bestsellers` is the query. Other methods of that path still
//!   reach the book of that key.
//! - Filters compare by suffix: `.ne .lt .lte .gt .gte`, `.in=a,b`, `.null=true`. Those of order are there for numbers, texts,
//!   days and instants, `.null` for what can be null. `.ne` finds null too. A parameter is there once, but
//!   for a list: `?tag=a&tag=b`; a list that is left out is empty, unless the schema gives it a default or lets it be null. In a header a
//!   list has commas between.
//! - What is wrong with a parameter in the path, the query or a header is 400 with its name, also where it is out of its bounds; what
//!   is wrong with the body is 422 with a pointer. Where both are, all of it is told in the 400, up to a hundred things.
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
//! - `?fields=id,title` answers these fields of a resource, in its own order, on the lists and gets that declare it; what `expand` embeds is there
//!   besides. The names are those on the wire, none of them twice; a field comes whole. The entity tag is that of the resource.
//! - A list that is paged by numbers begins with `page=1`; pages behind the last one are empty.
//! - `If-Match` matters where one row is changed, and so does `If-None-Match`: a state that it names is 412. Elsewhere the first says nothing.
//! - A delete is refused where something refers to the row, or lives in it, and must not lose it: 409 `conflict`, whose `errors` say `referenced`. For a soft delete
//!   only rows that are not deleted themselves count. `?force=true` deletes them too, on the deletes that declare it and for callers who
//!   may delete them.
//! - What lives in a soft-deleted resource is not found until that is undeleted. References to a soft-deleted row cannot be made, by
//!   an action neither, and an undelete does not bring one back that restricts: it is 409 `conflict`, whose `errors` name the references.
//! - `@on_delete` is about rows that go for ever: a soft delete takes nothing along, and the purge that follows it does. Until then rows lead to
//!   what is deleted by references that cascade or clear, also after an undelete.
//!
//! # What is on its way out
//! A request that uses a deprecated operation, field, parameter or value of an enum, be it refused or not, is answered with `Sunset`
//! (RFC 8594), `Deprecation` (RFC 9745) where the schema says since which day (`on:`), each the earliest of all that it used, and links
//! to the document. To be shown a field is no use of it; to filter or sort by it, or to name it in
//! `fields`, is. With `Options::gone_after_sunset` an operation
//! answers 410 `gone` from the day after its sunset, to whoever may ask for it; fields go on to be taken.
//!
//! # Audit
//! Changes of resources that are `@audited` are rows of `atlas9_audit`, written in the transaction of the change by whatever way a row
//! changes, what the database does by itself included, but for tenants' rows that go along with a shared one: there is no tenant whose
//! change it would be. SQL by [`Cx::connection`] is not seen, except on rows that the transaction
//! changes otherwise too. [`Cx::audit`] reads what happened to a row, as [`AuditEntry`]. The purge of [`Server::purge`] forgets what
//! was kept for long enough.
//!
//! # Events
//! Changes of resources that have `@events` are rows of `atlas9_outbox` in the same way. [`Outbox`] hands them out to code that delivers
//! them, and says what holds; [`OutboxEvent`] is what one tells, and [`OutboxEvent::cloud_event`] its form for others.
//!
//! # What can be seen of a server
//! **Log** ([`logging`], [`log_to`]): a line a request, whose target is `atlas9::request`. Values of fields, tokens, paths as they were sent
//! and queries never stand in it. The names of its fields stay as they are:
//!
//! | field | what |
//! |---|---|
//! | `timestamp`, `level`, `message`, `target` | of the line. 5xx with a cause is `ERROR`, a slow request (`Options::slow_request`) `WARN` with the message `slow request`, others `INFO`; `/livez` and the like are `DEBUG` |
//! | `request_id` | `X-Request-Id` of the answer |
//! | `trace_id`, `span_id` | of the trace (W3C Trace Context); the span is this request |
//! | `method`, `route`, `operation` | `POST`, `/v1/books/{id}/publish`, `Book.publish`; the last two are empty where the path leads to nothing |
//! | `principal` | the caller's id; empty for nobody in particular |
//! | `status`, `code`, `duration_ms` | of the answer; `code` is the problem's, empty for a success. 499 where the client went away before there was one |
//! | `cause` | only for 5xx: what happened, which clients are not told |
//!
//! **Traces**: a valid `traceparent` is taken over, else a trace begins; `tracestate` is kept where it is valid. They decide nothing. Code
//! passes them on by [`Cx::traceparent`] and [`Cx::tracestate`].
//!
//! With the feature `otlp` and [`Options::otlp_endpoint`] each request is sent to an OpenTelemetry collector as a server's span, after the
//! semantic conventions of HTTP, and its transaction as a span in it; `atlas9.operation` and `atlas9.request_id` are there beside. The ids
//! are those of the log. A trace that begins here is recorded; one that a caller began is where the caller records it. `OTEL_SERVICE_NAME`,
//! `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_BSP_*` have their meaning. Nobody waits for a collector: what
//! it does not take is dropped, and the log says so once.
//!
//! **Counters** at `GET /metrics`, in the text format of Prometheus 0.0.4 ([`Metrics`] says where). `/metrics`, `/livez`, `/readyz` and
//! `/openapi.json` are not counted themselves.
//!
//! | name | labels | what |
//! |---|---|---|
//! | `atlas9_requests_total` | `operation`, `method`, `status` | answers |
//! | `atlas9_request_duration_seconds` | `operation` | histogram of the time from head to answer |
//! | `atlas9_requests_in_flight` | | requests that are worked on |
//! | `atlas9_problems_total` | `code`, `status` | answers that are no success |
//! | `atlas9_rate_limited_total` | `operation` | requests refused with 429 |
//! | `atlas9_idempotent_replays_total` | `operation` | answers that were kept for an `Idempotency-Key` |
//! | `atlas9_pool_connections`, `atlas9_pool_idle_connections` | `pool` | connections to the database |
//! | `atlas9_deprecated_uses_total` | `operation`, `kind`, `element`, `client` | requests that used what is on its way out; the client is the principal's id, of which `Options::metrics_clients` are told apart |
//!
//! # Limits
//! [`Options`] has them all, [`Pool`] those of the database's connections, and [`Config`] reads both from a file, the environment and flags. A refusal is a problem like any other wherever it reaches this crate. What HTTP itself refuses before that has
//! an empty body: a head that cannot be read (400), more than four times the bytes or twice the number of headers that [`Options`]
//! allows (431), a path beyond 64 KiB (414); a connection that is too slow with its head is closed without an answer. A client that
//! is slow to read its answer is not limited.
//!
//! # How it stops
//! Told to stop, a server answers `/readyz` with 503 and goes on for `Options::shutdown_delay`. Then it takes no more connections,
//! finishes the requests that have begun and what `after_commit` was given, for at most `Options::shutdown_grace`, and closes its
//! connections to the database.

pub use atlas9_descriptor as descriptor;

mod app;
mod audit;
mod auth;
mod config;
mod cx;
pub mod default;
mod error;
pub mod handler;
mod hooks;
mod http;
mod idempotency;
mod list;
mod live;
mod logging;
mod metrics;
mod nearest;
mod operation;
mod options;
mod otlp;
mod outbox;
mod plan;
mod problem;
mod process;
mod purge;
mod row;
mod rules;
mod server;
mod serving;
mod store;
pub mod testing;
mod uses;
mod validate;
pub mod value;

pub use app::{App, Change};
pub use audit::{AuditChange, AuditEntry};
pub use auth::{
    ApiKey, ApiKeys, ApiKeysOr, Authenticator, JwtAlgorithm, JwtError, JwtVerifier, NewApiKey, Principal,
    StaticToken,
};
pub use config::{Config, Ended, Own, Settings};
pub use cx::Cx;
pub use error::StartError;
pub use handler::{BoxFuture, Handler, Input, Output};
pub use list::{ListRequest, Page};
pub use live::Live;
pub use logging::{LogFormat, log_to, logging, logging_in};
pub use options::{Metrics, Options, Pool};
pub use outbox::{Outbox, OutboxEvent};
pub use problem::{Failure, Place, Pointer, Problem};
pub use server::{Server, listen, stopped};
pub use store::{Connection, Dialect, Store, StoreError, without_password};
pub use value::{Patch, Record, Value};
