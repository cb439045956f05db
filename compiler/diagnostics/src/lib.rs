//! Places in source files, what can be wrong there, and how that is shown.
//!
//! Every finding of every part of atlas9 is a [`Diagnostic`]: errors of the language, lints, complaints of an emitter.

mod code;
mod diagnostic;
mod render;
mod shorten;
mod source;
mod suggest;

pub use code::{ALL as ALL_CODES, Code, codes, find as find_code};
pub use diagnostic::{Diagnostic, Edit, Fix, Label, Level, Rename, sort};
pub use render::{Color, Page, Report, github, gitlab, json, junit, sarif, text};
pub use shorten::{MAX_ERRORS, shorten};
pub use source::{FileId, Position, SourceFile, SourceMap, Span};
pub use suggest::nearest;
