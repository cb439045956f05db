//! Code as rustfmt leaves it with the crate's own `rustfmt.toml`: on one line where that fits.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use atlas9_emitters_core::Writer;

/// The longest line of code.
const WIDTH: usize = 110;

/// What the crate tells rustfmt.
pub(crate) const RUSTFMT: &str = "max_width = 110\nuse_small_heuristics = \"Max\"\n";

/// `head(one, two) tail`, with one argument a line where that is too long.
pub(crate) fn call(w: &mut Writer, head: &str, arguments: &[String], tail: &str) {
    let one = format!("{head}({}){tail}", arguments.join(", "));
    if fits(w, &one) {
        w.line(one);
    } else {
        w.block(format!("{head}("), format!("){tail}"), |w| {
            w.lines(arguments.iter().map(|argument| format!("{argument},")));
        });
    }
}

/// A function with its body.
pub(crate) fn function(
    w: &mut Writer,
    head: &str,
    arguments: &[String],
    returns: &str,
    body: impl FnOnce(&mut Writer),
) {
    call(w, head, arguments, &format!(" -> {returns} {{"));
    w.indented(body);
    w.line("}");
}

/// `#[name(one, two)]`
pub(crate) fn attribute(w: &mut Writer, name: &str, arguments: &[String]) {
    let one = format!("#[{name}({})]", arguments.join(", "));
    if fits(w, &one) {
        w.line(one);
        return;
    }
    w.block(format!("#[{name}("), ")]", |w| {
        let last = arguments.len().saturating_sub(1);
        w.lines(arguments.iter().enumerate().map(|(at, argument)| match at == last {
            true => argument.clone(),
            false => format!("{argument},"),
        }));
    });
}

/// `name: Type,` of a field.
pub(crate) fn field(w: &mut Writer, name: &str, ty: &str) {
    let one = format!("{name}: {ty},");
    if fits(w, &one) {
        w.line(one);
    } else {
        w.line(format!("{name}:")).indented(|w| {
            w.line(format!("{ty},"));
        });
    }
}

/// `pattern => value,` with the value on a line of its own where that is too long.
pub(crate) fn arm(w: &mut Writer, pattern: &str, value: &str) {
    let one = format!("{pattern} => {value},");
    if fits(w, &one) {
        w.line(one);
    } else {
        w.block(format!("{pattern} => {{"), "}", |w| {
            w.line(value);
        });
    }
}

/// `{ one, two }` with its members, which are short.
pub(crate) fn literal(w: &mut Writer, head: &str, members: &[String], tail: &str) {
    let one = format!("{head} {{ {} }}{tail}", members.join(", "));
    if fits(w, &one) {
        w.line(one);
    } else {
        w.block(format!("{head} {{"), format!("}}{tail}"), |w| {
            w.lines(members.iter().map(|member| format!("{member},")));
        });
    }
}

/// `head literal;`, with the literal below its head, or its members below one another, where that is too long.
pub(crate) fn constant(w: &mut Writer, head: &str, ty: &str, members: &[String]) {
    let value = format!("{ty} {{ {} }};", members.join(", "));
    let one = format!("{head} {value}");
    if fits(w, &one) {
        w.line(one);
    } else if fits(w, &format!("    {value}")) {
        w.line(head).indented(|w| {
            w.line(value);
        });
    } else {
        literal(w, &format!("{head} {ty}"), members, ";");
    }
}

/// `use` lines: what is of the standard library, of other crates, and of this one.
pub(crate) fn imports(w: &mut Writer, modules: &BTreeMap<String, Vec<String>>) {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for (module, names) in modules {
        let (own, mut types): (Vec<String>, Vec<String>) =
            names.iter().cloned().partition(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
        lines.extend(own.into_iter().map(|name| (format!("{module}::{name}"), Vec::new())));
        types.sort_by(|one, other| by_number(one, other));
        match types.as_slice() {
            [] => {}
            [one] => lines.push((format!("{module}::{one}"), Vec::new())),
            _ => lines.push((format!("{module}::{{"), types)),
        }
    }
    lines.sort();
    let from = |path: &str| match path.split("::").next() {
        Some("std") => 0,
        Some("crate") => 2,
        _ => 1,
    };
    for group in 0..3 {
        w.blank();
        for (path, names) in lines.iter().filter(|(path, _)| from(path) == group) {
            match names.is_empty() {
                true => drop(w.line(format!("use {path};"))),
                false => list(w, &format!("use {path}"), names),
            }
        }
    }
}

/// Names within braces, as many on a line as fit.
pub(crate) fn list(w: &mut Writer, head: &str, names: &[String]) {
    let one = format!("{head}{}}};", names.join(", "));
    if fits(w, &one) {
        w.line(one);
        return;
    }
    w.block(head, "};", |w| {
        let mut line = String::new();
        for name in names {
            let next = if line.is_empty() { format!("{name},") } else { format!("{line} {name},") };
            if !line.is_empty() && !fits(w, &next) {
                w.line(&line);
                line = format!("{name},");
            } else {
                line = next;
            }
        }
        w.line(line);
    });
}

fn fits(w: &Writer, line: &str) -> bool {
    w.indentation() + line.chars().count() <= WIDTH
}

/// Numbers within names are compared as numbers.
fn by_number(one: &str, other: &str) -> Ordering {
    let (one, other) = (pieces(one), pieces(other));
    one.cmp(&other)
}

/// A name in pieces: texts, and numbers behind them.
fn pieces(name: &str) -> Vec<(String, u64)> {
    let mut found: Vec<(String, u64)> = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let text = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(text);
        let digits = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
        let (number, after) = behind.split_at(digits);
        found.push((word.to_owned(), number.parse().unwrap_or(0)));
        rest = after;
    }
    found
}
