//! Which blocks may stand in which declaration.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_syntax::ast::Member;
use foldhash::HashMap;

use crate::context::At;
use crate::fields::Owner;

/// Reports a block that cannot stand in such a declaration.
pub(crate) fn placed(at: At<'_, '_>, owner: Owner, member: &Member) {
    let Some((word, span)) = block(member) else { return };
    let allowed = match member {
        Member::Operations(_) | Member::Storage(_) => owner == Owner::Resource,
        Member::Rules(_) | Member::Examples(_) => matches!(owner, Owner::Resource | Owner::Structure),
        Member::Text(_) => owner == Owner::Error,
        Member::Field(_) | Member::Reserved(_) | Member::Broken(_) => true,
    };
    if !allowed {
        let (holder, help) = match owner {
            Owner::Resource => {
                ("a resource", "a resource has fields, operations, rules, storage and examples")
            }
            Owner::Structure => ("a structure", "a structure has fields, rules and examples"),
            Owner::Error => ("an error", "an error has a message, a remedy and fields"),
            Owner::Mixin => ("a mixin", "a mixin has fields only"),
            Owner::Params | Owner::Annotation => ("a list of parameters", "there are parameters only"),
        };
        at.report(
            Diagnostic::error(codes::E0313, format!("`{word}` cannot stand in {holder}"))
                .at(span, "not here")
                .help(help),
        );
    }
}

/// Reports blocks of one kind that stand twice.
pub(crate) fn once(at: At<'_, '_>, members: &[Member]) {
    let mut first: HashMap<&str, Span> = HashMap::default();
    for (word, span) in members.iter().filter_map(block) {
        if let Some(before) = first.insert(word, span) {
            at.report(
                Diagnostic::error(codes::E0340, format!("`{word}` stands here twice"))
                    .at(span, "again")
                    .and(before, "here first")
                    .help("put everything into one of them"),
            );
        }
    }
}

/// The word that begins a block, and where it stands.
fn block(member: &Member) -> Option<(&str, Span)> {
    let (word, span) = match member {
        Member::Operations(block) => ("operations", block.span),
        Member::Rules(block) => ("rules", block.span),
        Member::Storage(block) => ("storage", block.span),
        Member::Examples(block) => ("examples", block.span),
        Member::Text(text) => return Some((text.name.text.as_str(), text.name.span)),
        Member::Field(_) | Member::Reserved(_) | Member::Broken(_) => return None,
    };
    // The word alone: the whole block would be an unreadable excerpt.
    Some((
        word,
        Span { end: span.start.saturating_add(u32::try_from(word.len()).unwrap_or_default()), ..span },
    ))
}
