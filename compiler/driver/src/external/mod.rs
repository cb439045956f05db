//! Emitters and linters of others: programs that are asked on standard input and answer on standard output.
//!
//! What is asked, what an answer means and what is said of bad behaviour is decided here; who runs the program reads its bytes.

mod answer;
mod settle;
mod trouble;

pub use answer::Answer;
pub use settle::settle;
pub use trouble::Trouble;

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, Span};
use atlas9_ir::Ir;
use serde_json::{Map, Value, json};

use crate::config::Setting;

/// The version of the protocol: it grows by one when a program of the old one would misread a request, or its answer
/// would be misread.
pub const PROTOCOL: u32 = 1;

/// How long a program may take unless `timeout` says otherwise, in seconds.
pub const TIMEOUT: u32 = 60;

/// The most bytes of an answer.
pub const MAX_ANSWER: usize = 64 << 20;

/// What a program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It makes files of the model.
    Emitter,
    /// It has findings about the model.
    Linter,
}

impl Role {
    /// The word in messages.
    pub fn word(self) -> &'static str {
        match self {
            Role::Emitter => "emitter",
            Role::Linter => "linter",
        }
    }

    /// The word in the program's name and in requests.
    fn verb(self) -> &'static str {
        match self {
            Role::Emitter => "emit",
            Role::Linter => "lint",
        }
    }
}

/// A program that `atlas.yaml` names.
#[derive(Clone, Debug)]
pub struct Program {
    /// What it is for.
    pub role: Role,
    /// Its name in `atlas.yaml`.
    pub name: String,
    /// Where it is named.
    pub span: Span,
    /// The folder that an emitter writes to, relative to the package.
    pub out: Setting<String>,
    /// How many seconds it may take.
    pub timeout: Setting<u32>,
    /// Its options, as `atlas.yaml` has them.
    pub options: Map<String, Value>,
    /// Where each option stands.
    pub given: BTreeMap<String, Span>,
}

impl Program {
    /// The file that is run: `atlas9-emit-NAME`.
    pub fn executable(&self) -> String {
        format!("atlas9-{}-{}", self.role.verb(), self.name)
    }

    /// What it reads: one JSON object.
    ///
    /// # Errors
    /// When the model cannot be written as JSON.
    pub fn request(&self, ir: &Ir, today: Option<&str>) -> Result<Vec<u8>, Diagnostic> {
        let no_json = |error: serde_json::Error| self.complaint(&Trouble::CannotStart(error.to_string()));
        let mut request = json!({
            "protocol": PROTOCOL,
            "request": self.role.verb(),
            "name": self.name,
            "atlas9": env!("CARGO_PKG_VERSION"),
            "options": self.options,
        });
        if let Some(today) = today {
            request["today"] = json!(today);
        }
        request["ir"] = serde_json::to_value(ir).map_err(no_json)?;
        serde_json::to_vec(&request).map_err(no_json)
    }
}
