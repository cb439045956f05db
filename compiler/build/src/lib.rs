//! Reads packages from disk and writes what is generated: for `build.rs`, and for the command line.

mod apply;
mod compile;
mod dependencies;
mod external;
mod find;
mod load;
mod manifest;
mod rewrite;
mod shown;
mod walk;
mod write;

pub use apply::replace;
pub use compile::compile;
pub use external::{Question, Reply};
pub use find::find;
pub use load::{Loaded, Place, load};
pub use rewrite::{Rewrite, rewrite};
pub use shown::shown;
pub use walk::below_folder;
pub use write::{Report, Scope, WriteOptions, compare, was_generated, write};
