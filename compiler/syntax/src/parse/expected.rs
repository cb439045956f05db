//! What is wrong with a broken entry: the precise place, and what was expected there.

use atlas9_diagnostics::{Diagnostic, Span, codes, nearest};
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::reader::Reader;
use super::shape::{ANNOTATIONS, BLOCKS, CLAUSES, ITEMS, Shape};
use super::words::{listed, phrase};
use super::{Grammar, Rule};
use crate::scan::{Token, TokenKind};

/// A broken entry and the place at which the grammar gave up.
struct Trouble<'s> {
    shape: Shape,
    slice: &'s str,
    tokens: &'s [Token],
    expected: Vec<Rule>,
    /// The token at which it gave up; none at the end of the entry.
    found: Option<Token>,
    /// The token before.
    before: Option<Token>,
}

impl Trouble<'_> {
    fn text(&self, token: Option<Token>) -> &str {
        token.and_then(|token| self.slice.get(token.start..token.end)).unwrap_or("")
    }

    fn first_word(&self) -> &str {
        self.text(self.tokens.first().copied())
    }

    /// Offsets to point at: the token found, or the place behind the last one.
    fn place(&self) -> (usize, usize) {
        match (self.found, self.before) {
            (Some(found), _) => (found.start, found.end),
            (None, Some(before)) => (before.end, before.end),
            (None, None) => (0, 0),
        }
    }
}

impl Reader<'_> {
    /// Reports one error for the broken entry `slice`, which begins at the offset `start` of the repaired text.
    pub fn explain(&mut self, shape: Shape, slice: &str, tokens: &[Token], start: usize) {
        let trouble = trouble(shape, slice, tokens);
        let (from, to) = trouble.place();
        let at = self.place(start + from, start + to);
        // A declaration is long: only what stands before the trouble can have caused it.
        let end = if shape == Shape::Item { at } else { self.place(start, start + slice.len()) };
        if self.is_flawed(self.place(start, start).to(end)) {
            return;
        }
        let place = |token: Token| self.place(start + token.start, start + token.end);
        if let Some(diagnostic) = outside(&trouble, place) {
            return self.stray_member(at, diagnostic);
        }
        let diagnostic = documentation(&trouble, at, place)
            .or_else(|| unknown_word(&trouble, place))
            .or_else(|| incomplete(&trouble, place))
            .unwrap_or_else(|| unexpected(&trouble, at));
        self.push(diagnostic);
    }

    /// Adds the error of a member outside of any declaration, unless it follows another one.
    fn stray_member(&mut self, at: Span, diagnostic: Diagnostic) {
        if !self.is_outside {
            self.is_outside = true;
            self.outside.push(at);
            self.push(diagnostic);
        }
    }
}

/// Parses the entry by its own rule, which tells how far it gets.
fn trouble<'s>(shape: Shape, slice: &'s str, tokens: &'s [Token]) -> Trouble<'s> {
    let (at, expected) = match Grammar::parse(shape.lone(), slice) {
        Ok(_) => (0, Vec::new()),
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            match error.variant {
                ErrorVariant::ParsingError { positives, .. } => (at, positives),
                ErrorVariant::CustomError { .. } => (at, Vec::new()),
            }
        }
    };
    let is_code = |token: &&Token| token.kind != TokenKind::Doc;
    let found = tokens.iter().find(|token| token.end > at).copied();
    let before = tokens.iter().filter(is_code).rfind(|token| token.end <= at).copied();
    Trouble { shape, slice, tokens, expected, found, before }
}

/// Documentation above nothing, or in the middle of something.
fn documentation(trouble: &Trouble<'_>, at: Span, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let is_doc = |token: &Token| token.kind == TokenKind::Doc;
    let only_docs = trouble.tokens.iter().all(is_doc);
    let first = trouble.tokens.first().filter(|_| only_docs).copied();
    let place = match first {
        Some(first) => place(first),
        None => at,
    };
    let found = first.or(trouble.found).filter(is_doc)?;
    (found.kind == TokenKind::Doc).then(|| super::recover::documents_nothing(place))
}

/// What looks like a field or a block, but has no declaration around it.
fn outside(trouble: &Trouble<'_>, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let word = trouble.tokens.iter().find(|token| token.kind != TokenKind::Doc).copied()?;
    let next = trouble.tokens.iter().find(|token| token.start >= word.end).copied();
    let name = trouble.text(Some(word));
    let next = trouble.text(next);
    let is_block = BLOCKS.contains(&name) && next == "{";
    let is_member = is_block || next == ":" || next.starts_with('"');
    if trouble.shape != Shape::Item || word.kind != TokenKind::Word || ITEMS.contains(&name) || !is_member {
        return None;
    }
    let message = format!("`{name}` stands outside of any declaration");
    let help = "move it between the braces of a declaration; perhaps a `}` above closes too early";
    Some(Diagnostic::error(codes::E0101, message).at(place(word), "no declaration around this").help(help))
}

/// A word that is none of those that can stand at its place.
fn unknown_word(trouble: &Trouble<'_>, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let mut code = trouble.tokens.iter().filter(|token| token.kind != TokenKind::Doc).copied();
    let first = code.next()?;
    let next = code.next();
    if let Some((known, what)) = trouble.shape.keywords()
        && first.kind == TokenKind::Word
        && !known.contains(&trouble.text(Some(first)))
    {
        return Some(misspelt(trouble, first, place(first), what, known));
    }
    let word = trouble.text(Some(first));
    if trouble.shape == Shape::Member && trouble.text(next) == "{" && !BLOCKS.contains(&word) {
        return (first.kind == TokenKind::Word)
            .then(|| misspelt(trouble, first, place(first), "a block", BLOCKS));
    }
    let found = trouble.found.filter(|token| token.kind == TokenKind::Word)?;
    let is_clause = trouble.shape == Shape::Operation && trouble.expected.contains(&Rule::clause);
    let word = trouble.text(Some(found));
    (is_clause && !CLAUSES.contains(&word))
        .then(|| misspelt(trouble, found, place(found), "a clause", CLAUSES))
}

fn misspelt(trouble: &Trouble<'_>, word: Token, place: Span, what: &str, known: &[&str]) -> Diagnostic {
    let word = trouble.text(Some(word));
    let all = known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let help = match nearest(word, trouble.shape.candidates().iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{what} begins with one of {all}"),
    };
    Diagnostic::error(codes::E0105, format!("`{word}` does not begin {what}"))
        .at(place, "unknown word")
        .help(help)
}

/// A word whose values must stand on its line, but do not.
fn incomplete(trouble: &Trouble<'_>, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let found = trouble.found.filter(|token| token.kind == TokenKind::Word)?;
    let word = trouble.text(Some(found));
    let is_first = trouble.before.is_none();
    let rest = trouble.slice.get(found.end..).unwrap_or("");
    let missing = trouble.shape.follows(word)?;
    if trouble.shape == Shape::ServiceMember && !is_first {
        return None;
    }
    if !rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n') && !rest.trim().is_empty() {
        return None;
    }
    let place = place(found);
    let place = Span { start: place.end, ..place };
    let message = format!("{missing} is missing behind `{word}`");
    let help = trouble.shape.example(trouble.first_word());
    Some(Diagnostic::error(codes::E0101, message).at(place, format!("expected {missing}")).help(help))
}

fn unexpected(trouble: &Trouble<'_>, at: Span) -> Diagnostic {
    let found = trouble.text(trouble.found);
    let may_end = trouble.expected.contains(&Rule::EOI);
    let after_first =
        trouble.before.map(|token| token.start) == trouble.tokens.first().map(|token| token.start);
    let phrases = trouble.expected.iter().filter_map(|rule| phrase(*rule, trouble.shape, after_first));
    let expected = listed(phrases, trouble.first_word());
    let behind = match trouble.text(trouble.before) {
        "" => String::new(),
        before => format!(" behind `{before}`"),
    };
    let (message, label) = match () {
        () if found.is_empty() && expected.is_empty() => {
            ("this is not complete".to_owned(), "more is missing".to_owned())
        }
        () if found.is_empty() => (format!("{expected} is missing{behind}"), format!("expected {expected}")),
        () if may_end || expected.is_empty() => {
            (format!("{} cannot stand here", quoted(found)), "not understood".to_owned())
        }
        () => {
            (format!("expected {expected}{behind}, found {}", quoted(found)), format!("expected {expected}"))
        }
    };
    let help = hint(trouble).unwrap_or_else(|| trouble.shape.example(trouble.first_word()).to_owned());
    Diagnostic::error(codes::E0101, message).at(at, label).help(help)
}

/// A piece of the source in a message; a long one is cut.
fn quoted(found: &str) -> String {
    match found.char_indices().nth(30) {
        Some((end, _)) => format!("`{}...`", found.get(..end).unwrap_or(found)),
        None => format!("`{found}`"),
    }
}

/// The way out of slips that many people make.
fn hint(trouble: &Trouble<'_>) -> Option<String> {
    let (before, found) = (trouble.text(trouble.before), trouble.text(trouble.found));
    if before == "=" && found == "=" {
        return Some("equality is written with one `=`".to_owned());
    }
    if before == "?" && found == "(" {
        return Some("bounds stand before the `?`: `string(..=20)?`".to_owned());
    }
    if ANNOTATIONS.contains(&found) && trouble.shape == Shape::Member {
        return Some(format!("annotations begin with an at sign: `@{found}`"));
    }
    if found.starts_with('"') && trouble.expected.iter().any(|rule| matches!(rule, Rule::name | Rule::pair)) {
        return Some("names stand without quotes".to_owned());
    }
    let is_word = |token: Option<Token>| token.is_some_and(|token| token.kind == TokenKind::Word);
    if trouble.expected.contains(&Rule::comma) && is_word(trouble.found) && is_word(trouble.before) {
        return Some(format!("write `,` between `{before}` and `{found}` if they belong together"));
    }
    if found == "!" {
        return Some("the negation of a condition is written `not`, of an equality `!=`".to_owned());
    }
    None
}
