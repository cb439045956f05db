//! The order in which things happened to an element and to what it belongs to.

use atlas9_diagnostics::{Diagnostic, Span, codes};

use super::{Element, Role, Scope, together};
use crate::context::Cx;
use crate::version::Version;

pub(super) fn check(cx: &Cx<'_>, scope: &Scope<'_>) {
    let owner = scope.owner.as_ref();
    for member in scope.members.iter().filter(|member| member.role != Role::Batch) {
        past(cx, member);
        if let Some(owner) = owner.filter(|_| !cx.undated.get()) {
            older_than_owner(cx, member, owner);
            key(cx, member, owner);
        }
    }
    if let Some(owner) = owner.filter(|_| !cx.undated.get()) {
        nothing_left(cx, &scope.members, owner);
    }
}

/// What happened to an element happened after it was added.
fn past(cx: &Cx<'_>, member: &Element<'_>) {
    let Some(added) = &member.history.added else { return };
    let Some(first) = Version::parse(&added.version) else { return };
    let since = |text: &Option<String>| text.as_deref().and_then(Version::parse);
    if let Some(renamed) = &member.history.renamed
        && since(&renamed.since).is_some_and(|since| since <= first)
    {
        before(cx, "renamed", member.name, renamed.span, added.span);
    }
    if let Some(deprecated) = member.deprecated
        && since(&deprecated.since).is_some_and(|since| since < first)
    {
        before(cx, "deprecated", member.name, deprecated.span, added.span);
    }
}

fn before(cx: &Cx<'_>, what: &str, name: &str, span: Span, added: Span) {
    cx.report(
        Diagnostic::error(codes::E0607, format!("`{name}` was {what} before it was there"))
            .at(span, format!("{what} in this version"))
            .and(added, "but added in this one")
            .help("correct one of the versions"),
    );
}

/// The field of a mixin may be older than what takes it.
fn older_than_owner(cx: &Cx<'_>, member: &Element<'_>, owner: &Element<'_>) {
    let (Some(added), Some(first)) = (member.added(), owner.added()) else { return };
    if added >= first || !together(cx, member.span, owner.span) {
        return;
    }
    let (Some(own), Some(whole)) = (&member.history.added, &owner.history.added) else { return };
    cx.report(
        Diagnostic::error(
            codes::E0606,
            format!("`{}` was there before `{}`, which it belongs to", member.name, owner.name),
        )
        .at(own.span, format!("`{}` was added in {}", member.name, own.version))
        .and(whole.span, format!("`{}` was added in {}", owner.name, whole.version))
        .help("remove the annotation here: it came with what it belongs to"),
    );
}

fn key(cx: &Cx<'_>, member: &Element<'_>, owner: &Element<'_>) {
    if member.role == Role::Key && member.added() > owner.added() {
        without(cx, member, &format!("before that, `{}` would have had no key", owner.name));
    }
}

/// In each version an enum has a value, and a union a variant.
fn nothing_left(cx: &Cx<'_>, members: &[Element<'_>], owner: &Element<'_>) {
    let later = |member: &Element<'_>| member.role == Role::Choice && member.added() > owner.added();
    if let Some(first) = members.first().filter(|_| members.iter().all(later)) {
        without(cx, first, &format!("before that, nothing could have been `{}`", owner.name));
    }
}

fn without(cx: &Cx<'_>, member: &Element<'_>, message: &str) {
    let Some(added) = &member.history.added else { return };
    cx.report(
        Diagnostic::error(
            codes::E0608,
            format!("`{}` was added in {}; {message}", member.name, added.version),
        )
        .at(added.span, "too late")
        .help("remove the annotation: it came with what it belongs to"),
    );
}
