//! HTML in documentation.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::Declaration;
use crate::spelling::contains;

/// Elements of HTML that people write into texts, in small letters. Sorted.
const ELEMENTS: &[&str] = &[
    "a",
    "audio",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "code",
    "details",
    "div",
    "em",
    "embed",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "kbd",
    "li",
    "link",
    "meta",
    "object",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let found = element(node.docs).or_else(|| script(node.docs))?;
    let (kind, name) = (node.kind.word(), node.name);
    Some(Finding::new(
        format!("the documentation of the {kind} `{name}` has HTML in it: `{found}`"),
        "documented with HTML",
        "write Markdown: `**bold**`, `- item`, `[text](https://...)`; what is meant to be read as it is stands in backticks",
    ))
}

/// The first element that stands outside of code.
fn element(docs: &str) -> Option<&str> {
    if !docs.contains('<') {
        return None;
    }
    let mut fenced = false;
    for line in docs.lines() {
        if ["```", "~~~"].iter().any(|fence| line.trim_start().starts_with(fence)) {
            fenced = !fenced;
        } else if !fenced {
            // Every second part stands in backticks.
            let found = line.split('`').step_by(2).find_map(in_text);
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn in_text(text: &str) -> Option<&str> {
    text.match_indices('<').find_map(|(at, _)| {
        let tag = text.get(at..)?;
        let inner = tag[1..].trim_start_matches('/');
        let name = inner.split(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
        let behind = inner.get(name.len()..)?;
        let ends = behind.starts_with('>')
            || behind.starts_with('/')
            || behind.starts_with(' ') && behind.contains('>');
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        (ends && contains(ELEMENTS, name)).then_some(tag.get(..end)?)
    })
}

/// A link that runs something.
fn script(docs: &str) -> Option<&str> {
    let at = docs.find("](javascript:")?;
    docs.get(at + 2..)?.split(')').next()
}
