//! What every emitter shares: the trait, files in memory, a writer with blocks, names, and how rows are stored.

pub mod calls;
pub mod describe;
mod emitter;
mod files;
pub mod json;
pub mod names;
mod options;
pub mod problems;
pub mod requests;
pub mod rust;
pub mod samples;
pub mod sdk;
pub mod storage;
pub mod text;
mod writer;
pub mod yaml;

pub use emitter::{Context, Emitted, Emitter, Survey, header};
pub use files::{BadPath, Files, RelativePath};
pub use options::{OptionKind, OptionSpec, OptionValue, Options};
pub use writer::Writer;
