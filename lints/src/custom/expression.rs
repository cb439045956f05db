//! One expression: compiled, and asked of a declaration.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use atlas9_ir::Ir;
use minijinja::{Error, ErrorKind, Value};

use super::environment::{ENVIRONMENT, FILTERS, TESTS, regex};
use super::facts::{ANNOTATIONS, Fact, Holds, OWNER, facts, members};
use super::names::{Name, names};
use super::scan::{Token, TokenKind, tokens};
use super::subject::Subject;
use super::wrong::Wrong;
use super::{CustomKind, among};

/// The longest expression: what nests in it fits on any stack.
const MAX_LENGTH: usize = 1000;

/// An expression over the facts of a declaration.
#[derive(Clone)]
pub struct Expression {
    text: String,
    compiled: Arc<minijinja::Expression<'static, 'static>>,
    asks: Vec<&'static Fact>,
    asks_of_owner: Vec<&'static Fact>,
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.text).finish()
    }
}

/// Why an expression has no value for a declaration.
pub(super) struct Failure {
    pub why: String,
    pub range: Option<Range<usize>>,
}

impl Failure {
    /// The same in a text in which the expression begins at `start`.
    pub fn behind(self, start: usize) -> Failure {
        let range = self.range.map(|range| range.start + start..range.end + start);
        Failure { range, ..self }
    }
}

impl Expression {
    /// An expression that is asked of declarations of those kinds.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn compile(text: &str, kinds: &[CustomKind]) -> Result<Expression, Vec<Wrong>> {
        if text.len() > MAX_LENGTH {
            let message = format!("an expression of {} bytes is too long", text.len());
            let help = format!("{MAX_LENGTH} are the most: make two lints of it");
            return Err(vec![Wrong::language(None, message, help)]);
        }
        let made = ENVIRONMENT.compile_expression_owned(text.to_owned());
        let compiled = made.map_err(|error| vec![not_read(text, &error)])?;
        let asked = names(text, &compiled.undeclared_variables(true));
        let mut wrong: Vec<Wrong> = unknown_abilities(text);
        wrong.extend(asked.iter().filter_map(|name| name.check(kinds)));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let own: BTreeSet<&str> = asked.iter().map(|name| name.fact.as_str()).collect();
        let of_owner: BTreeSet<&str> =
            asked.iter().filter(|name| name.fact == OWNER).filter_map(Name::member).collect();
        let those = |named: &BTreeSet<&str>| facts().filter(|fact| named.contains(fact.name)).collect();
        Ok(Expression {
            text: text.to_owned(),
            compiled: Arc::new(compiled),
            asks: those(&own),
            asks_of_owner: those(&of_owner),
        })
    }

    /// Its value for a declaration.
    pub(super) fn value(&self, subject: &Subject<'_>, ir: &Ir) -> Result<Value, Failure> {
        let facts = self.asks.iter().map(|fact| match fact.name {
            OWNER => (OWNER, self.owner(subject.owner, ir)),
            name => (name, value(fact, subject, ir)),
        });
        self.compiled
            .eval(members(facts))
            .map_err(|error| Failure { why: said(&error), range: error.range() })
    }

    /// What is asked of the owner; `none` throughout where there is none.
    fn owner(&self, owner: Option<&Subject<'_>>, ir: &Ir) -> Value {
        let of = |fact: &&'static Fact| match owner {
            Some(owner) => value(fact, owner, ir),
            None => missing(fact.holds),
        };
        members(self.asks_of_owner.iter().map(|fact| (fact.name, of(fact))))
    }
}

fn value(fact: &Fact, subject: &Subject<'_>, ir: &Ir) -> Value {
    if fact.of.contains(&subject.kind) { (fact.get)(subject, ir) } else { missing(fact.holds) }
}

/// What stands for a fact that is not said of a declaration: lists can be searched, all else is `none`.
fn missing(holds: Holds) -> Value {
    match holds {
        Holds::Texts => Value::from(Vec::<Value>::new()),
        Holds::Members => members::<String>([]),
        _ => Value::from(()),
    }
}

fn not_read(text: &str, error: &Error) -> Wrong {
    let range = error.range().filter(|range| text.get(range.clone()).is_some());
    let at = range.clone().and_then(|range| text.get(range.start..)).unwrap_or_default();
    let help = match at.chars().next() {
        _ if text.trim().is_empty() => "write when there is something to say: `key and type != 'uuid'`",
        Some('=') => "values are compared with `==`",
        Some('!') => "write `not`, or `!=` between values",
        Some('&') => "write `and`",
        Some('|') => "write `or`; a filter has a name behind its bar: `name|upper`",
        _ => "texts stand in quotes, conditions are joined by `and`, `or`, `not`: `key and type != 'uuid'`",
    };
    Wrong::language(range, format!("this is not an expression: {}", said(error)), help)
}

/// What the library says, without the place that it appends.
fn said(error: &Error) -> String {
    match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "it takes too long".to_owned(),
        (ErrorKind::UndefinedError, detail) => detail.unwrap_or("a value is undefined").to_owned(),
        (_, Some(detail)) if detail.contains("recursion") => "it nests too deep".to_owned(),
        (kind, None) => kind.to_string(),
        (_, Some(detail)) => detail.to_owned(),
    }
}

/// Filters and tests that there are not, and patterns that are none: found when they are read, whatever the condition.
fn unknown_abilities(text: &str) -> Vec<Wrong> {
    let all: Vec<Token<'_>> = tokens(text).collect();
    let mut wrong = Vec::new();
    for (at, token) in all.iter().enumerate() {
        let next = |by: usize| all.get(at + by);
        if token.is("|") {
            wrong.extend(next(1).and_then(|name| unknown(name, "filter", FILTERS)));
        } else if token.kind == TokenKind::Word && token.text == "is" {
            let by = if next(1).is_some_and(|token| token.is("not")) { 2 } else { 1 };
            wrong.extend(next(by).and_then(|name| unknown(name, "test", TESTS)));
            let pattern = next(by + 1).filter(|open| open.is("(")).and_then(|_| next(by + 2));
            if next(by).is_some_and(|name| name.is("matching")) {
                wrong.extend(pattern.and_then(bad_pattern));
            }
        }
    }
    wrong
}

fn unknown(name: &Token<'_>, what: &str, known: &[(&str, &str)]) -> Option<Wrong> {
    if name.kind != TokenKind::Word || known.iter().any(|(known, _)| *known == name.text) {
        return None;
    }
    let help = among(name.text, known.iter().map(|(known, _)| *known));
    Some(Wrong::name(name.range(), format!("there is no {what} `{}`", name.text), help))
}

/// Only of texts without escapes, which mean what they show.
fn bad_pattern(token: &Token<'_>) -> Option<Wrong> {
    let quote = token.text.chars().next().filter(|_| token.kind == TokenKind::Text)?;
    let inner = token.text.strip_prefix(quote)?.strip_suffix(quote).filter(|inner| !inner.contains('\\'))?;
    let why = regex(inner).err()?;
    Some(Wrong::language(token.range(), why, "mend the pattern: `name is matching('^[a-z]+$')`"))
}

/// True for a fact that has members of its own.
pub(super) fn has_members(fact: &str) -> bool {
    [OWNER, ANNOTATIONS].contains(&fact)
}
