//! A text with `{{ expressions }}` in it.

use atlas9_ir::Ir;
use minijinja::value::ValueKind;

use super::CustomKind;
use super::expression::{Expression, Failure};
use super::scan::tokens;
use super::subject::Subject;
use super::wrong::Wrong;

/// The longest text that is made, in characters.
const MAX_LENGTH: usize = 1000;

/// A text that says something of a declaration.
#[derive(Clone, Debug)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    /// An expression, and where it begins.
    Expression(usize, Expression),
}

impl Template {
    /// A text about declarations of those kinds.
    ///
    /// # Errors
    /// Everything that is wrong with its expressions.
    pub fn compile(text: &str, kinds: &[CustomKind]) -> Result<Template, Vec<Wrong>> {
        let (mut parts, mut wrong) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")).map(|found| at + found) {
            parts.push(Part::Text(text.get(at..open).unwrap_or_default().to_owned()));
            let begin = open + 2;
            let Some(end) = end(text, begin) else {
                let help = "close it with `}}`: `{{ name }}`";
                wrong.push(Wrong::language(open..begin, "this expression has no end", help));
                return Err(wrong);
            };
            match Expression::compile(text.get(begin..end).unwrap_or_default(), kinds) {
                Ok(expression) => parts.push(Part::Expression(begin, expression)),
                Err(found) => wrong.extend(found.into_iter().map(|found| found.behind(begin))),
            }
            at = end + 2;
        }
        parts.push(Part::Text(text.get(at..).unwrap_or_default().to_owned()));
        wrong.extend(statement(&parts, text));
        if wrong.is_empty() { Ok(Template(parts)) } else { Err(wrong) }
    }

    /// What it says of a declaration, on one line.
    pub(super) fn text(&self, subject: &Subject<'_>, ir: &Ir) -> Result<String, Failure> {
        let mut made = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => made.push_str(text),
                Part::Expression(start, expression) => {
                    let value = expression.value(subject, ir).and_then(shown);
                    made.push_str(&value.map_err(|failure| failure.behind(*start))?);
                }
            }
        }
        let line = made.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(line.chars().take(MAX_LENGTH).collect())
    }
}

/// The value as it is shown; one that is not there would say nothing.
fn shown(value: minijinja::Value) -> Result<String, Failure> {
    match value.kind() {
        ValueKind::Undefined => Err(Failure { why: "a value is undefined".to_owned(), range: None }),
        ValueKind::Bool => Ok(value.is_true().to_string()),
        ValueKind::None => Ok("none".to_owned()),
        _ => Ok(value.to_string()),
    }
}

/// Where the expression that begins there ends: before the first `}}` that closes no braces of its own.
fn end(text: &str, begin: usize) -> Option<usize> {
    let rest = text.get(begin..)?;
    let mut depth = 0_usize;
    for token in tokens(rest) {
        match token.text {
            "{" => depth += 1,
            "}" if depth > 0 => depth -= 1,
            "}" if rest.get(token.start..)?.starts_with("}}") => return Some(begin + token.start),
            _ => {}
        }
    }
    None
}

/// Tags of the template language are not taken: what could loop has no place in a message.
fn statement(parts: &[Part], text: &str) -> Option<Wrong> {
    let tags = ["{%", "{#"];
    let written = |part: &Part| matches!(part, Part::Text(text) if tags.iter().any(|tag| text.contains(tag)));
    parts.iter().any(written).then(|| {
        let at = tags.iter().filter_map(|tag| text.find(tag)).min();
        let help = "a choice is an expression too: `{{ 'a list' if base == 'list' else base }}`";
        Wrong::language(at.map(|at| at..at + 2), "a text takes `{{ expressions }}` only", help)
    })
}
