//! Old names: reserved ones, and those that something had before.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::Renamed;
use foldhash::HashMap;

use super::{Element, Role, Scope, together};
use crate::context::Cx;

pub(super) fn check(cx: &Cx<'_>, scope: &Scope<'_>) {
    let declared: HashMap<&str, &Element<'_>> =
        scope.members.iter().map(|member| (member.name, member)).collect();
    for reserved in scope.reserved {
        if let Some(member) = declared.get(reserved.name.as_str()) {
            let beside = scope.owner.is_none() || together(cx, member.span, reserved.span);
            taken(cx, member, reserved.span, beside);
        }
    }
    let mut first: HashMap<&str, &Element<'_>> = HashMap::default();
    for member in &scope.members {
        let Some(renamed) = &member.history.renamed else { continue };
        if member.role == Role::Standard {
            fixed(cx, member, renamed.span);
        } else if let Some(other) = declared.get(renamed.from.as_str()) {
            still_there(cx, member, renamed, other);
        } else if let Some(other) = first.insert(&renamed.from, member) {
            both(cx, renamed, other);
        }
    }
}

/// `beside`: none of the two comes from elsewhere, as the field of a mixin does.
fn taken(cx: &Cx<'_>, member: &Element<'_>, reserved: Span, beside: bool) {
    let finding = Diagnostic::error(codes::E0210, format!("`{}` is reserved", member.name));
    let finding = if beside {
        finding.at(member.span, "declared here again").and(reserved, "reserved here")
    } else {
        finding.at(reserved, "reserved here").and(member.span, "and declared here")
    };
    cx.report(finding.help("choose another name: whoever knew the old one would take this for it"));
}

fn fixed(cx: &Cx<'_>, member: &Element<'_>, span: Span) {
    cx.report(
        Diagnostic::error(codes::E0307, format!("`{}` never had another name", member.name))
            .at(span, "not on a standard operation")
            .help("remove it: reserve the name of the action that this replaces"),
    );
}

fn still_there(cx: &Cx<'_>, member: &Element<'_>, renamed: &Renamed, other: &Element<'_>) {
    let finding = if other.span == member.span {
        Diagnostic::error(codes::E0604, format!("`{}` is renamed from itself", member.name))
            .at(renamed.span, "this is its name now")
            .help("name what it was called before")
    } else {
        let message = format!("`{}` is renamed from `{}`, which is still there", member.name, renamed.from);
        Diagnostic::error(codes::E0604, message)
            .at(renamed.span, "this was its name")
            .and(other.span, "declared here")
            .help("remove one of the two, or the annotation if they are different things")
    };
    cx.report(finding);
}

fn both(cx: &Cx<'_>, renamed: &Renamed, other: &Element<'_>) {
    let place = other.history.renamed.as_ref().map_or(other.span, |renamed| renamed.span);
    cx.report(
        Diagnostic::error(codes::E0605, format!("two things were called `{}`", renamed.from))
            .at(renamed.span, "this one")
            .and(place, "and this one")
            .help("a name is handed on once: keep the annotation where the meaning stayed the same"),
    );
}
