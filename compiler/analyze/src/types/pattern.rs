//! Regular expressions: only what RE2 knows and what means the same in every target.

use std::cell::RefCell;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use foldhash::HashMap;
use regex::Regex;
use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{self, Ast, ClassPerl, ClassPerlKind, ClassSetItem, GroupKind, LiteralKind, Visitor};

use crate::context::At;

/// How deep groups and repetitions may nest.
const NEST_LIMIT: u32 = 64;

/// Patterns that have been compiled, by their text as written.
#[derive(Default)]
pub(crate) struct Patterns {
    sources: RefCell<HashMap<String, Result<String, Problem>>>,
    compiled: RefCell<HashMap<String, Option<Regex>>>,
}

/// What is wrong with a pattern, and the bytes it concerns.
#[derive(Clone)]
struct Problem {
    text: String,
    at: std::ops::Range<usize>,
}

impl Patterns {
    /// The pattern as it goes into the model: `\d`, `\w` and `\s` are written out, since targets disagree whether they
    /// mean ASCII. Nothing where it cannot be used, which is then reported. `written` stands between the slashes of `span`.
    pub(crate) fn check(&self, at: At<'_, '_>, written: &str, span: Span) -> Option<String> {
        let known = self.sources.borrow().get(written).cloned();
        let result = known.unwrap_or_else(|| {
            let result = portable(written).and_then(|pattern| self.compile(pattern));
            self.sources.borrow_mut().insert(written.to_owned(), result.clone());
            result
        });
        match result {
            Ok(pattern) => Some(pattern),
            Err(problem) => {
                let first = span.start as usize + 1;
                let place = Span::new(span.file, first + problem.at.start, first + problem.at.end);
                let inside = place.end < span.end && place.start < place.end;
                at.report(
                    Diagnostic::error(codes::E0303, "this pattern cannot be used")
                        .at(if inside { place } else { span }, problem.text)
                        .help("patterns are RE2: no look-around, no back-references"),
                );
                None
            }
        }
    }

    fn compile(&self, pattern: String) -> Result<String, Problem> {
        match Regex::new(&pattern) {
            Ok(regex) => {
                self.compiled.borrow_mut().insert(pattern.clone(), Some(regex));
                Ok(pattern)
            }
            Err(_) => Err(Problem {
                text: "it is too large once its repetitions are written out".to_owned(),
                at: 0..0,
            }),
        }
    }

    /// True when the text matches a pattern of the model.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> bool {
        let compiled = self.compiled.borrow();
        compiled.get(pattern).and_then(Option::as_ref).is_none_or(|regex| regex.is_match(text))
    }
}

fn portable(written: &str) -> Result<String, Problem> {
    let tree = ParserBuilder::new().nest_limit(NEST_LIMIT).build().parse(written).map_err(|error| {
        Problem { text: error.kind().to_string(), at: error.span().start.offset..error.span().end.offset }
    })?;
    let found = ast::visit(&tree, Portable::default())?;
    let mut text = String::with_capacity(written.len());
    let mut done = 0;
    for (range, replacement) in found {
        text.push_str(written.get(done..range.start).unwrap_or_default());
        text.push_str(&replacement);
        done = range.end;
    }
    text.push_str(written.get(done..).unwrap_or_default());
    Ok(text)
}

/// Bytes of the pattern, and what stands in their place.
type Replacement = (std::ops::Range<usize>, String);

/// Collects what has to be written differently, and refuses what targets read differently.
#[derive(Default)]
struct Portable {
    replacements: Vec<Replacement>,
}

impl Portable {
    fn perl(&mut self, class: &ClassPerl, in_brackets: bool) -> Result<(), Problem> {
        let text = match (&class.kind, class.negated, in_brackets) {
            (ClassPerlKind::Digit, false, true) => "0-9",
            (ClassPerlKind::Digit, false, false) => "[0-9]",
            (ClassPerlKind::Digit, true, false) => "[^0-9]",
            (ClassPerlKind::Word, false, true) => "0-9A-Za-z_",
            (ClassPerlKind::Word, false, false) => "[0-9A-Za-z_]",
            (ClassPerlKind::Word, true, false) => "[^0-9A-Za-z_]",
            (ClassPerlKind::Space, false, true) => r"\t\n\f\r ",
            (ClassPerlKind::Space, false, false) => r"[\t\n\f\r ]",
            (ClassPerlKind::Space, true, false) => r"[^\t\n\f\r ]",
            (_, true, true) => {
                return Err(problem("a negated class inside brackets: write the characters", &class.span));
            }
        };
        self.replacements.push((range(&class.span), text.to_owned()));
        Ok(())
    }

    fn literal(&mut self, literal: &ast::Literal, in_brackets: bool) {
        let same_everywhere = match &literal.kind {
            LiteralKind::Verbatim => true,
            LiteralKind::Meta => !"#&~-".contains(literal.c),
            LiteralKind::Special(kind) => *kind != ast::SpecialLiteralKind::Bell,
            LiteralKind::Superfluous
            | LiteralKind::Octal
            | LiteralKind::HexFixed(_)
            | LiteralKind::HexBrace(_) => false,
        };
        if !same_everywhere {
            self.replacements.push((range(&literal.span), spelt(literal.c, in_brackets)));
        }
    }
}

/// A character as every target reads it: ECMAScript's `u` flag refuses escapes that are not needed.
fn spelt(character: char, in_brackets: bool) -> String {
    match character {
        '-' if in_brackets => r"\-".to_owned(),
        '&' | '~' if in_brackets => format!(r"\x{:02x}", u32::from(character)),
        '#' | '&' | '~' | '-' => character.to_string(),
        _ if character.is_ascii_control() => format!(r"\x{:02x}", u32::from(character)),
        _ => regex_syntax::escape(character.encode_utf8(&mut [0; 4])),
    }
}

impl Visitor for Portable {
    type Output = Vec<Replacement>;
    type Err = Problem;

    fn finish(mut self) -> Result<Self::Output, Problem> {
        self.replacements.sort_by_key(|(range, _)| range.start);
        Ok(self.replacements)
    }

    fn visit_pre(&mut self, tree: &Ast) -> Result<(), Problem> {
        match tree {
            Ast::Flags(flags) => Err(problem("flags are not the same in every target", &flags.span)),
            Ast::Group(group) => match &group.kind {
                GroupKind::NonCapturing(flags) if !flags.items.is_empty() => {
                    Err(problem("flags are not the same in every target", &flags.span))
                }
                GroupKind::CaptureName { name, .. } => {
                    Err(problem("groups need no names here: write `(...)`", &name.span))
                }
                _ => Ok(()),
            },
            Ast::Assertion(assertion) => match assertion.kind {
                ast::AssertionKind::StartLine | ast::AssertionKind::EndLine => Ok(()),
                ast::AssertionKind::StartText => {
                    self.replacements.push((range(&assertion.span), "^".to_owned()));
                    Ok(())
                }
                ast::AssertionKind::EndText => {
                    self.replacements.push((range(&assertion.span), "$".to_owned()));
                    Ok(())
                }
                _ => Err(problem("word boundaries are not the same in every target", &assertion.span)),
            },
            Ast::Literal(literal) => {
                self.literal(literal, false);
                Ok(())
            }
            Ast::ClassPerl(class) => self.perl(class, false),
            _ => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Problem> {
        match item {
            ClassSetItem::Bracketed(class) => {
                Err(problem("brackets inside brackets: write the characters", &class.span))
            }
            ClassSetItem::Ascii(class) => {
                Err(problem("a named class: write the characters, such as `a-z`", &class.span))
            }
            ClassSetItem::Perl(class) => self.perl(class, true),
            ClassSetItem::Literal(literal) => {
                self.literal(literal, true);
                Ok(())
            }
            ClassSetItem::Range(range) => {
                self.literal(&range.start, true);
                self.literal(&range.end, true);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(&mut self, op: &ast::ClassSetBinaryOp) -> Result<(), Problem> {
        Err(problem(
            "`&&`, `--` and `~~` inside brackets are not known everywhere: write the characters",
            &op.span,
        ))
    }
}

fn problem(text: &str, span: &ast::Span) -> Problem {
    Problem { text: text.to_owned(), at: range(span) }
}

fn range(span: &ast::Span) -> std::ops::Range<usize> {
    span.start.offset..span.end.offset
}
