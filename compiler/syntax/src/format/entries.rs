//! What stands between braces, in the author's order: entries, reserved names, and what could not be read.

use atlas9_diagnostics::Span;

use super::expression::names;
use crate::ast::{
    Broken, Described, Docs, Example, Index, Member, Operation, Reserved, Rule, ServiceMember, Variant,
};

/// One of the things between braces.
#[derive(Clone, Copy)]
pub(super) enum Entry<'t, T> {
    One(&'t T),
    Reserved(&'t Reserved),
    Broken(&'t Broken),
}

/// What has a place in the file.
pub(super) trait Placed {
    fn span(&self) -> Span;
}

macro_rules! placed {
    ($($node:ty),*) => {
        $(impl Placed for $node {
            fn span(&self) -> Span {
                self.span
            }
        })*
    };
}
placed!(Described, Variant, Operation, Rule, Index, Example);

/// Everything between two braces.
pub(super) fn entries<'t, T: Placed>(
    entries: &'t [T],
    reserved: &'t [Reserved],
    broken: &'t [Broken],
) -> Vec<Entry<'t, T>> {
    let mut all: Vec<Entry<'t, T>> = entries.iter().map(Entry::One).collect();
    all.extend(reserved.iter().map(Entry::Reserved));
    all.extend(broken.iter().map(Entry::Broken));
    all.sort_by_key(|entry| match entry {
        Entry::One(one) => one.span().start,
        Entry::Reserved(reserved) => reserved.span.start,
        Entry::Broken(broken) => broken.span.start,
    });
    all
}

/// The same of the members of a declaration.
pub(super) fn members(members: &[Member]) -> Vec<Entry<'_, Member>> {
    members.iter().map(member).collect()
}

fn member(member: &Member) -> Entry<'_, Member> {
    match member {
        Member::Reserved(reserved) => Entry::Reserved(reserved),
        Member::Broken(broken) => Entry::Broken(broken),
        _ => Entry::One(member),
    }
}

/// The same of the members of the service.
pub(super) fn service_members(members: &[ServiceMember]) -> Vec<Entry<'_, ServiceMember>> {
    members.iter().map(service_member).collect()
}

fn service_member(member: &ServiceMember) -> Entry<'_, ServiceMember> {
    match member {
        ServiceMember::Reserved(reserved) => Entry::Reserved(reserved),
        ServiceMember::Broken(broken) => Entry::Broken(broken),
        _ => Entry::One(member),
    }
}

/// Where braces stand and what is above them.
pub(super) struct Braces<'t> {
    pub docs: &'t Docs,
    /// All of it, from the head to the closing brace.
    pub span: Span,
    /// Where the head ends.
    pub head_end: usize,
}

/// The texts of entries for braces that stay on one line, if all can stand there.
pub(super) fn short_entries<T>(
    entries: &[Entry<'_, T>],
    one: impl Fn(&T) -> Option<String>,
) -> Option<Vec<String>> {
    let text = |(index, entry): (usize, &Entry<'_, T>)| match entry {
        Entry::One(it) => one(it),
        // It ends with its line.
        Entry::Reserved(reserved) => (index + 1 == entries.len()).then(|| reserved_text(reserved)),
        Entry::Broken(_) => None,
    };
    entries.iter().enumerate().map(text).collect()
}

/// `reserved a, b`
pub(super) fn reserved_text(reserved: &Reserved) -> String {
    format!("reserved {}", names(&reserved.names))
}
