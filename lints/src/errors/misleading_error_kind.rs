//! An error whose name says one thing and whose kind another.

use atlas9_ir::{ErrorDecl, ErrorKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::words::ends_with;

pub(crate) const CHECKS: &[Check] = &[Check::Error(check)];

/// What the last words of a code say, and the kinds that they go with; the first is the one to use.
const MEANINGS: &[(&[&str], &[ErrorKind])] = {
    use ErrorKind::{
        Conflict, Forbidden, Gone, Invalid, Malformed, NotFound, PreconditionFailed, RateLimited, Timeout,
        TooLarge, Unauthenticated, Unavailable,
    };
    &[
        // What a body refers to may be invalid, or have gone in the meantime.
        (&["not_found"], &[NotFound, Gone, Invalid, Conflict]),
        (
            &["already_exists", "already_taken", "conflict", "duplicate"],
            &[Conflict, Invalid, PreconditionFailed],
        ),
        (
            &["access_denied", "forbidden", "not_allowed", "permission_denied"],
            &[Forbidden, Conflict, Invalid, NotFound],
        ),
        (&["unauthenticated", "unauthorized"], &[Unauthenticated, Forbidden]),
        (&["rate_limited", "too_many_requests"], &[RateLimited]),
        (&["timed_out", "timeout"], &[Timeout, Unavailable, Conflict, Gone]),
        (&["too_big", "too_large"], &[TooLarge, Invalid, Malformed, Conflict]),
    ]
};

fn check(_: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    let (_, kinds) = MEANINGS.iter().find(|(words, _)| ends_with(&error.code, *words))?;
    let right = kinds.first()?;
    (!kinds.contains(&error.kind)).then(|| {
        let (name, kind) = (&error.name, error.kind);
        Finding::new(
            format!(
                "`{name}` is answered as {} `{}`, which its name does not say",
                kind.status(),
                kind.word()
            ),
            format!("sounds like {}", right.status()),
            format!("write `error {name}: {}`, or call it by what `{}` means", right.word(), kind.word()),
        )
    })
}
