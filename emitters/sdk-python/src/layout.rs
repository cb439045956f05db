//! Lines as ruff breaks them: on one line where that fits, else an item a line with a comma behind the last one.

use atlas9_emitters_core::Writer;

/// The longest line, in characters.
pub(crate) const WIDTH: usize = 120;

/// True when a line fits at the present depth.
pub(crate) fn fits(w: &Writer, line: &str) -> bool {
    w.indentation() + line.chars().count() <= WIDTH
}

/// `open`, the items with commas between, `close`.
pub(crate) fn list(w: &mut Writer, open: &str, items: &[String], close: &str) {
    let line = format!("{open}{}{close}", items.join(", "));
    if items.is_empty() || !line.contains('\n') && fits(w, &line) {
        w.line(line);
        return;
    }
    w.block(open, close, |w| {
        w.lines(items.iter().map(|item| format!("{item},")));
    });
}

/// A tuple: one of a single item has its comma.
pub(crate) fn tuple(w: &mut Writer, open: &str, items: &[String]) {
    match items {
        [one] if fits(w, &format!("{open}({one},)")) => {
            w.line(format!("{open}({one},)"));
        }
        items => list(w, &format!("{open}("), items, ")"),
    }
}

/// `before` and a type that is one of several; each may take several lines.
pub(crate) fn union(w: &mut Writer, before: &str, members: &[String]) {
    let joined = members.join(" | ");
    if !joined.contains('\n') && fits(w, &format!("{before}{joined}")) || members.len() == 1 {
        w.line(format!("{before}{joined}"));
        return;
    }
    w.block(format!("{before}("), ")", |w| {
        if !joined.contains('\n') && fits(w, &joined) {
            w.line(&joined);
            return;
        }
        for (at, member) in members.iter().enumerate() {
            w.line(format!("{}{member}", if at == 0 { "" } else { "| " }));
        }
    });
}

/// `target = value`, where a value that is one name and too long stands in parentheses.
pub(crate) fn assign_name(w: &mut Writer, target: &str, value: &str) {
    let line = format!("{target} = {value}");
    if fits(w, &line) {
        w.line(line);
        return;
    }
    w.block(format!("{target} = ("), ")", |w| {
        w.line(value);
    });
}

/// A name with its type, which is quoted where it is too long: a formatter leaves text alone.
pub(crate) fn annotated(w: &Writer, name: &str, ty: &str, end: &str) -> String {
    let line = format!("{name}: {ty}{end}");
    // A comma may follow.
    if fits(w, &format!("{line},")) || ty.contains('"') { line } else { format!("{name}: \"{ty}\"{end}") }
}
