//! What can go wrong with a program of others, and what is said of it.

use atlas9_diagnostics::{Code, Diagnostic, codes, nearest};

use super::{MAX_ANSWER, PROTOCOL, Program, Role};
use crate::EMITTERS;

/// How a program misbehaved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No folder of PATH has it.
    NotFound,
    /// It could not be started: the system's reason.
    CannotStart(String),
    /// It ended in another way than with status 0: `exit status: 3`.
    Failed(String),
    /// It had not answered when its time was over.
    TooSlow,
    /// Its answer is larger than an answer may be.
    TooLarge,
    /// Its answer is of another protocol, as far as that can be seen.
    OtherProtocol(String),
    /// Its answer is not what the protocol says.
    NotUnderstood(String),
    /// A file of its answer cannot be written where it says.
    BadPath(String),
}

impl Program {
    /// What is said of its misbehaviour, at the place that names it.
    pub fn complaint(&self, trouble: &Trouble) -> Diagnostic {
        let (code, message, help) = self.words(trouble);
        Diagnostic::error(code, message).at(self.span, "named here").help(help)
    }

    fn words(&self, trouble: &Trouble) -> (Code, String, String) {
        let program = self.executable();
        match trouble {
            Trouble::NotFound => (
                codes::E0030,
                format!("there is no {} `{}`", self.role.word(), self.name),
                self.way_to_it(),
            ),
            Trouble::CannotStart(why) => (
                codes::E0707,
                format!("`{program}` cannot be started: {why}"),
                format!("make it executable (`chmod +x {program}`); the first line of a script names what runs it, such as `#!/usr/bin/env python3`"),
            ),
            Trouble::Failed(how) => (
                codes::E0708,
                format!("`{program}` failed ({how})"),
                match self.role {
                    Role::Emitter => "what it says of it stands above; nothing was written".to_owned(),
                    Role::Linter => "what it says of it stands above".to_owned(),
                },
            ),
            Trouble::TooSlow => (
                codes::E0709,
                format!("`{program}` did not answer within {}s, and was stopped", self.timeout.value),
                format!("give it more time below `{}` in atlas.yaml: `timeout: {}s`", self.name, self.timeout.value.saturating_mul(2)),
            ),
            Trouble::TooLarge => (
                codes::E0710,
                format!("the answer of `{program}` is larger than {} MiB", MAX_ANSWER >> 20),
                match self.role {
                    Role::Emitter => "make fewer or smaller files, or split the emitter into several".to_owned(),
                    Role::Linter => "answer with fewer findings, or split the linter into several".to_owned(),
                },
            ),
            Trouble::OtherProtocol(given) => (
                codes::E0711,
                format!("`{program}` answers in protocol {given}, and this atlas9 knows {PROTOCOL}"),
                format!("install a version of `{program}` that answers with `\"protocol\": {PROTOCOL}`, or another atlas9"),
            ),
            Trouble::NotUnderstood(what) => (
                codes::E0712,
                format!("the answer of `{program}` is not understood: {what}"),
                "its author finds what an answer looks like in compiler/reference/external.md".to_owned(),
            ),
            Trouble::BadPath(what) => (
                codes::E0713,
                format!("`{program}` wants to write a file that it cannot: {what}"),
                "a path lies below the emitter's folder, parts separated by `/`, of letters, digits and `._-@+`; no two files have one path".to_owned(),
            ),
        }
    }

    fn way_to_it(&self) -> String {
        let known = EMITTERS.iter().map(|emitter| emitter.name());
        let meant = nearest(&self.name, known).filter(|_| self.role == Role::Emitter);
        let put = format!("put a program called `{}` into a folder of PATH", self.executable());
        match meant {
            Some(near) => format!("did you mean `{near}`? For an emitter of others {put}"),
            None => format!("it is not built in: {put}"),
        }
    }
}
