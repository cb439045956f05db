//! The way out of slips that many people make.

use super::Rule;
use super::shape::{ANNOTATIONS, CLAUSES, OPERATIONS, Shape};
use super::trouble::Trouble;
use crate::scan::{Token, TokenKind};

/// What to do, where more can be said than how such an entry is written.
pub(super) fn hint(trouble: &Trouble<'_>) -> Option<String> {
    let (before, found) = (trouble.text(trouble.before), trouble.text(trouble.found));
    if before == "?" && found == "(" {
        return Some("bounds stand before the `?`: `string(..=20)?`".to_owned());
    }
    if let Some(name) = bare_annotation(trouble) {
        return Some(format!("annotations begin with an at sign: `@{name}`"));
    }
    if is_behind_annotation(trouble) {
        return Some(format!("the arguments of an annotation stand in parentheses: `@{before}(...)`"));
    }
    if before == "at" && trouble.shape.has_operations() {
        return Some(format!("write `at POST {found}`, or another method"));
    }
    if before == "fields" && found == "(" && trouble.shape == Shape::Operation {
        return Some("`fields` stands alone: each request chooses among all fields".to_owned());
    }
    if expects_parens(trouble) && is_of_fields(trouble) {
        return Some(format!("fields stand in parentheses: `{before}({})`", named(trouble)));
    }
    if expects_parens(trouble) && trouble.shape.has_operations() {
        return Some(format!("parentheses are needed, even without parameters: `{before}()`"));
    }
    if found.starts_with('"') && (trouble.expects(Rule::name) || trouble.expects(Rule::pair)) {
        return Some("names stand without quotes".to_owned());
    }
    let is_word = |token: Option<Token>| token.is_some_and(|token| token.kind == TokenKind::Word);
    if trouble.expects(Rule::comma) && is_word(trouble.found) && is_word(trouble.before) {
        return Some(format!("write `,` between `{before}` and `{found}` if they belong together"));
    }
    None
}

/// The word that was found, where an annotation lacks its at sign.
fn bare_annotation<'s>(trouble: &Trouble<'s>) -> Option<&'s str> {
    let found = trouble.found.filter(|token| token.kind == TokenKind::Word)?;
    let name = trouble.text(Some(found));
    let has_arguments = trouble.text(trouble.behind(Some(found))) == "(";
    let can_be = trouble.expects(Rule::annotation) || trouble.expects(Rule::at_sign);
    let is_field = trouble.shape == Shape::Member && can_be;
    (trouble.shape == Shape::Member && ANNOTATIONS.contains(&name) || is_field && has_arguments)
        .then_some(name)
}

/// Whether the last token read is the name of an annotation.
fn is_behind_annotation(trouble: &Trouble<'_>) -> bool {
    let Some(before) = trouble.before else { return false };
    let at = trouble.code().rfind(|token| token.end <= before.start);
    let Some(found) = trouble.found else { return false };
    let gap = trouble.slice.get(before.end..found.start).unwrap_or("");
    expects_parens(trouble) && trouble.text(at) == "@" && !gap.contains('\n')
}

/// Whether the last token read is the word of a clause that lists fields, and not the name of an operation.
fn is_of_fields(trouble: &Trouble<'_>) -> bool {
    let Some(before) = trouble.before else { return false };
    let head = trouble.text(trouble.code().rfind(|token| token.end <= before.start));
    let is_head = matches!(head, "action" | "query" | "operation");
    trouble.shape.has_operations()
        && !is_head
        && matches!(trouble.text(Some(before)), "filter" | "sort" | "search" | "expand")
}

/// The field that was found, or one that could stand there.
fn named<'s>(trouble: &Trouble<'s>) -> &'s str {
    let found = trouble.found.filter(|token| token.kind == TokenKind::Word);
    let word = trouble.text(found);
    let is_other = CLAUSES.contains(&word) || OPERATIONS.contains(&word);
    if word.is_empty() || is_other { "title" } else { word }
}

fn expects_parens(trouble: &Trouble<'_>) -> bool {
    [Rule::open_paren, Rule::args, Rule::params].iter().any(|rule| trouble.expects(*rule))
}
