//! The server's contract as cases: `tests/run/http/NAME.http`.
//!
//! A case is a list of steps. A step is a request, then what is expected of the answer, each line behind `> `:
//!
//! ```text
//! ### Publishing twice is a conflict.
//! POST /v1/books/{{book}}/publish
//! > 409
//! > Content-Type: application/problem+json
//! > {"code": "already_published", "book_id": "{{book}}"}
//! ```
//!
//! Headers follow the request line, a body follows an empty line. `{{name}}` stands for a value that an earlier step
//! kept with `> keep name /pointer` from the body, or `> keep name Header`. An expected object may leave members out;
//! an array must be whole; `"<any>"` fits every value but null, `"<none>"` a member that is
//! not there. `{{token}}` is the token that every step is sent with that has no header
//! `Authorization` of its own; `Authorization: <none>` sends none.

mod case;
mod compare;
mod transcript;

pub use case::{Case, Step};
pub use transcript::{Transcript, play};
