//! What is wrong with a broken entry: the precise place, and what was expected there.

use atlas9_diagnostics::{Diagnostic, Span, codes};

use super::Rule;
use super::hint::hint;
use super::reader::Reader;
use super::shape::{BLOCKS, ITEMS, Shape};
use super::trouble::Trouble;
use super::unknown::{elsewhere, foreign_operator, reserved_scope, unknown_word};
use super::words::{listed, phrase};
use crate::scan::{Token, TokenKind};

impl Reader<'_> {
    /// Reports one error for the broken entry `slice`, which begins at the offset `start` of the repaired text.
    pub fn explain(&mut self, shape: Shape, slice: &str, tokens: &[Token], start: usize) {
        let trouble = Trouble::new(shape, slice, tokens);
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
        let is_known = |word| ITEMS.contains(&word) || elsewhere(word).is_some();
        if self.is_outside && shape == Shape::Item && !is_known(trouble.first_word()) {
            return;
        }
        let diagnostic = documentation(&trouble, at, place)
            .or_else(|| unknown_word(&trouble, place))
            .or_else(|| reserved_scope(&trouble, place))
            .or_else(|| foreign_operator(&trouble, place))
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
    let word = trouble.first()?;
    let (name, next) = (trouble.first_word(), trouble.second_word());
    let is_block = BLOCKS.contains(&name) && next == "{";
    let is_text = next.starts_with('"') && elsewhere(name).is_none();
    let is_member = is_block || next == ":" || is_text;
    if trouble.shape != Shape::Item || word.kind != TokenKind::Word || ITEMS.contains(&name) || !is_member {
        return None;
    }
    let message = format!("`{name}` stands outside of any declaration");
    let help = "move it between the braces of a declaration; perhaps a `}` above closes too early";
    Some(Diagnostic::error(codes::E0113, message).at(place(word), "no declaration around this").help(help))
}

/// A word whose values must stand on its line, but do not.
fn incomplete(trouble: &Trouble<'_>, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let is_bare = trouble.found.is_none() && trouble.first_word() == "reserved";
    let found = if is_bare { trouble.before } else { trouble.found };
    let found = found.filter(|token| token.kind == TokenKind::Word)?;
    let word = trouble.text(Some(found));
    let is_first = Some(found.start) == trouble.first().map(|token| token.start);
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
    let help = trouble.shape.example(trouble.first_word(), trouble.second_word());
    Some(Diagnostic::error(codes::E0112, message).at(place, format!("expected {missing}")).help(help))
}

fn unexpected(trouble: &Trouble<'_>, at: Span) -> Diagnostic {
    let found = trouble.text(trouble.found);
    let expected = expected(trouble);
    let behind = match trouble.text(trouble.before) {
        "" => String::new(),
        before => format!(" behind `{before}`"),
    };
    let (code, message, label) = match () {
        () if found.is_empty() && expected.is_empty() => {
            (codes::E0112, "this is not complete".to_owned(), "more is missing".to_owned())
        }
        () if found.is_empty() => {
            (codes::E0112, format!("{expected} is missing{behind}"), format!("expected {expected}"))
        }
        () if trouble.expects(Rule::EOI) || expected.is_empty() => {
            (codes::E0101, format!("{} cannot stand here", quoted(trouble)), "not understood".to_owned())
        }
        () => (
            codes::E0101,
            format!("expected {expected}{behind}, found {}", quoted(trouble)),
            format!("expected {expected}"),
        ),
    };
    let example = || trouble.shape.example(trouble.first_word(), trouble.second_word()).to_owned();
    Diagnostic::error(code, message).at(at, label).help(hint(trouble).unwrap_or_else(example))
}

/// What could have stood there, in words.
fn expected(trouble: &Trouble<'_>) -> String {
    let first_word = trouble.first_word();
    let after_first = trouble.before.map(|token| token.start) == trouble.first().map(|token| token.start);
    let phrases = trouble.expected.iter().filter_map(|rule| match rule {
        Rule::colon if after_first || first_word == "error" && trouble.shape == Shape::Item => {
            Some(trouble.shape.behind_colon())
        }
        Rule::colon => Some("`:`"),
        Rule::name if trouble.shape.has_operations() && trouble.text(trouble.before) == "at" => {
            Some("a method")
        }
        rule => phrase(*rule),
    });
    let is_headless = trouble.shape == Shape::Item && trouble.expected.is_empty() && trouble.found.is_some();
    if is_headless && trouble.before.is_some() { "a name".to_owned() } else { listed(phrases, first_word) }
}

/// What was found, for a message; a long piece is cut.
fn quoted(trouble: &Trouble<'_>) -> String {
    let found = trouble.text(trouble.found);
    let start = trouble.found.map_or(0, |token| token.start);
    if trouble.slice.get(start..).is_some_and(|rest| rest.starts_with("->")) {
        return "`->`".to_owned();
    }
    match found.char_indices().nth(30) {
        Some((end, _)) => format!("`{}...`", found.get(..end).unwrap_or(found)),
        None => format!("`{found}`"),
    }
}
