//! That a key asks for scopes that the service has.

use atlas9_driver::diagnostics::{Diagnostic, codes, nearest};

use crate::outcome::Failure;
use crate::package::Opened;

/// # Errors
/// One for each scope that the package's service does not declare.
pub fn check(asked: &[String], package: &Opened) -> Result<(), Failure> {
    let schemes = package.ir()?.service.auth.iter();
    // A scope that callers of two kinds can have is named once.
    let mut known: Vec<&str> = Vec::new();
    for scope in schemes.flat_map(|auth| &auth.scopes) {
        if !known.contains(&scope.name.as_str()) {
            known.push(&scope.name);
        }
    }
    let unknown = asked.iter().filter(|scope| !known.contains(&scope.as_str()));
    let wrong: Vec<Diagnostic> = unknown.map(|scope| complaint(scope, &known)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

fn complaint(scope: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(scope, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "the service declares no scopes".to_owned(),
        None => format!("there are `{}`", known.join("`, `")),
    };
    Diagnostic::error(codes::E0039, format!("the service has no scope called `{scope}`")).help(help)
}
