//! Lines as prettier breaks them: on one line where that fits, else an item a line.

use atlas9_emitters_core::Writer;

/// The longest line, in characters.
pub(crate) const WIDTH: usize = 120;

/// `open`, the items with commas between, `close`.
pub(crate) fn list(w: &mut Writer, open: &str, items: &[String], close: &str) {
    let line = format!("{open}{}{close}", items.join(", "));
    if items.is_empty() || w.indentation() + line.chars().count() <= WIDTH {
        w.line(line);
        return;
    }
    w.block(open, close, |w| {
        w.lines(items.iter().map(|item| format!("{item},")));
    });
}

/// As [`list`], with spaces inside the braces: `import { a, b } from "c";`
pub(crate) fn braces(w: &mut Writer, before: &str, items: &[String], after: &str) {
    let line = format!("{before}{{ {} }}{after}", items.join(", "));
    if w.indentation() + line.chars().count() <= WIDTH {
        w.line(line);
        return;
    }
    w.block(format!("{before}{{"), format!("}}{after}"), |w| {
        w.lines(items.iter().map(|item| format!("{item},")));
    });
}

/// A call whose first argument is an object: `open({ a, b }, more);`
pub(crate) fn call_with_object(w: &mut Writer, open: &str, members: &[String], more: &str) {
    let line = format!("{open}({{ {} }}, {more});", members.join(", "));
    if w.indentation() + line.chars().count() <= WIDTH {
        w.line(line);
        return;
    }
    w.block(format!("{open}("), ");", |w| {
        w.block("{", "},", |w| {
            w.lines(members.iter().map(|member| format!("{member},")));
        });
        w.line(format!("{more},"));
    });
}

/// A type that is one of several: `export type A = "b" | "c";`
pub(crate) fn union(w: &mut Writer, before: &str, members: &[String]) {
    let line = format!("{before} = {};", members.join(" | "));
    if w.indentation() + line.chars().count() <= WIDTH || members.len() == 1 {
        w.line(line);
        return;
    }
    w.line(format!("{before} ="));
    w.indented(|w| {
        let last = members.len().saturating_sub(1);
        for (at, member) in members.iter().enumerate() {
            w.line(format!("| {member}{}", if at == last { ";" } else { "" }));
        }
    });
}
