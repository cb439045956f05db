//! Lines as gofmt aligns them: cells of neighbouring lines stand below one another.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go;

use crate::text::Doc;

/// A line of cells with a comment above it.
pub(crate) struct Line {
    /// The comment; empty for none.
    pub(crate) doc: Doc,
    /// The cells, of which all but the last one are padded.
    pub(crate) cells: Vec<String>,
}

/// Writes lines; one with a comment stands by itself.
pub(crate) fn lines(w: &mut Writer, lines: &[Line]) {
    let mut rest = lines;
    let mut first = true;
    while let Some((line, after)) = rest.split_first() {
        let run = if line.doc.is_empty() { rest.iter().take_while(|l| l.doc.is_empty()).count() } else { 1 };
        if !first {
            w.blank();
        }
        line.doc.write(w);
        aligned(w, rest.get(..run).unwrap_or_default());
        rest = after.get(run - 1..).unwrap_or_default();
        first = false;
    }
}

/// `open`, the members one a line, `close`.
pub(crate) fn literal<K: AsRef<str>>(w: &mut Writer, open: &str, members: &[(K, String)], close: &str) {
    w.block(open, close, |w| {
        w.lines(go::aligned(members));
    });
}

fn aligned(w: &mut Writer, lines: &[Line]) {
    let columns = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.cells.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in lines {
        let padded = line.cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        w.line(padded.collect::<Vec<_>>().join(" ").trim_end());
    }
}
