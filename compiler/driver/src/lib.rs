//! The pipeline over files in memory: read the configuration, check, lint, emit. No I/O.

mod baseline;
mod check;
pub mod config;
mod emit;
mod explain;
pub mod external;
mod fix;
mod handbook;
mod lint;
mod overrides;
mod package;
mod reading;
mod serve;
mod since;

pub use baseline::{Baseline, Covered};
pub use check::{CheckOptions, Checked, Counts, Phase, check, check_watched};
pub use config::Config;
pub use emit::{Emission, Output, Target, emit, emitters_of_others, survey, targets};
pub use explain::{Explained, ExplainedKind, explain, explain_all};
pub use fix::{Fixed, FixedFile, fix};
pub use handbook::{Form, handbook, handbook_in_one, lint_tables};
pub use lint::names as lint_names;
pub use overrides::Overrides;
pub use package::{Member, Package, PackageFile, below, decode, not_utf8, unreadable};
pub use reading::MAX_DECLARATIONS;
pub use serve::service;
pub use since::{Findings, only_new};

pub use atlas9_descriptor::Service;
pub use atlas9_diagnostics as diagnostics;
pub use atlas9_emitters_core::{Files, OptionValue};
pub use atlas9_ir as ir;
pub use atlas9_lints::{Date, Profile, Setting as LintLevel};
pub use atlas9_syntax as syntax;

use atlas9_emitters_core::Emitter;

/// Every emitter, one a line.
pub const EMITTERS: &[&dyn Emitter] = &[
    &atlas9_emit_docs::Docs,
    &atlas9_emit_openapi::OpenApi,
    &atlas9_emit_rust_server::RustServer,
    &atlas9_emit_sdk_go::SdkGo,
    &atlas9_emit_sdk_python::SdkPython,
    &atlas9_emit_sdk_rust::SdkRust,
    &atlas9_emit_sdk_typescript::SdkTypescript,
    &atlas9_emit_sql::Sql,
];
