//! The names that an expression asks for: whether there are such facts, and where they stand.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::expression::has_members;
use super::facts::{ANNOTATIONS, Fact, OWNER, facts};
use super::scan::{Token, TokenKind, tokens};
use super::wrong::Wrong;
use super::{CustomKind, among};

/// A fact that is asked for, perhaps with a member: `owner.name`.
pub(super) struct Name {
    pub fact: String,
    members: Vec<String>,
    /// Where the fact stands, and where its first member does.
    places: (Option<Range<usize>>, Option<Range<usize>>),
}

/// The names among what an expression leaves open, in the order of their letters.
pub(super) fn names(text: &str, open: &HashSet<String>) -> Vec<Name> {
    let all: Vec<Token<'_>> = tokens(text).collect();
    let sorted: BTreeSet<&String> = open.iter().collect();
    let name = |path: &&String| {
        let mut parts = path.split('.').map(str::to_owned);
        let fact = parts.next().unwrap_or_default();
        let members: Vec<String> = parts.collect();
        let places = places(&all, &fact, members.first());
        Name { fact, members, places }
    };
    sorted.iter().map(name).collect()
}

/// Where `fact.member` stands first.
fn places(
    all: &[Token<'_>],
    fact: &str,
    member: Option<&String>,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let is_member = |at: usize| at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|it| it.is("."));
    let found = (0..all.len()).find(|at| {
        let follows = member.is_none_or(|member| {
            all.get(at + 1).is_some_and(|dot| dot.is("."))
                && all.get(at + 2).is_some_and(|word| word.text == member)
        });
        let here = all.get(*at).is_some_and(|token| token.kind == TokenKind::Word && token.text == fact);
        here && follows && !is_member(*at)
    });
    let range = |at: Option<usize>| at.and_then(|at| all.get(at)).map(Token::range);
    (range(found), range(found.filter(|_| member.is_some()).map(|at| at + 2)))
}

impl Name {
    /// The first member that is asked for.
    pub fn member(&self) -> Option<&str> {
        self.members.first().map(String::as_str)
    }

    /// What is wrong with asking declarations of those kinds for it.
    pub fn check(&self, kinds: &[CustomKind]) -> Option<Wrong> {
        if let Err(wrong) = find(&self.fact, facts(), kinds, self.places.0.clone()) {
            return Some(wrong);
        }
        let at = self.places.1.clone().or_else(|| self.places.0.clone());
        match (self.fact.as_str(), self.member()) {
            (OWNER, None) => Some(Wrong::name(
                self.places.0.clone(),
                "`owner` alone is no value",
                "ask for one of its facts: `owner.name`",
            )),
            (OWNER, Some(member)) => {
                if facts().any(|fact| fact.name == member && !fact.of_owner()) {
                    let help = format!("a lint that matches it itself has `{member}`");
                    return Some(Wrong::name(at, format!("`{member}` is not known of an owner"), help));
                }
                let owners: Vec<CustomKind> = kinds.iter().flat_map(|kind| kind.owners()).copied().collect();
                find(member, facts().filter(|fact| fact.of_owner()), &owners, at).err()
            }
            (ANNOTATIONS, _) | (_, None) => None,
            (fact, Some(member)) if !has_members(fact) => Some(Wrong::name(
                at,
                format!("`{fact}` has no `{member}`"),
                format!("a filter stands behind a bar: `{fact}|length`"),
            )),
            _ => None,
        }
    }
}

/// The fact of that name that is said of one of those kinds.
fn find(
    name: &str,
    known: impl Iterator<Item = &'static Fact> + Clone,
    kinds: &[CustomKind],
    at: Option<Range<usize>>,
) -> Result<&'static Fact, Wrong> {
    let said = known.clone().filter(|fact| fact.is_said_of(kinds)).map(|fact| fact.name);
    let Some(fact) = known.clone().find(|fact| fact.name == name) else {
        return Err(Wrong::name(at, format!("there is no fact `{name}`"), among(name, said)));
    };
    if fact.is_said_of(kinds) {
        return Ok(fact);
    }
    let of: Vec<&str> = fact.of.iter().map(|kind| kind.word()).collect();
    let message = format!("`{name}` is not said of {}", words(kinds));
    Err(Wrong::name(at, message, format!("it is a fact of: {}", of.join(", "))))
}

/// `a field or parameter`
fn words(kinds: &[CustomKind]) -> String {
    let unique: BTreeSet<CustomKind> = kinds.iter().copied().collect();
    let words: Vec<&str> = unique.into_iter().map(CustomKind::word).collect();
    let article =
        if words.first().is_some_and(|word| word.starts_with(['a', 'e', 'o'])) { "an" } else { "a" };
    format!("{article} {}", words.join(" or "))
}
