//! From lines and cells to text: computes the columns of each run.

/// A line before its columns are known.
#[derive(Debug)]
pub(super) enum Line {
    /// An empty line. It ends a run.
    Blank,
    /// A comment or documentation. It does not end a run.
    Note { indent: usize, text: String },
    /// Any other line without columns. It ends a run.
    Plain { indent: usize, text: String, comment: Option<String> },
    /// A line of a run.
    Row { indent: usize, row: Row, comment: Option<String> },
}

/// What stands in the columns.
#[derive(Debug)]
pub(super) struct Row {
    pub kind: RowKind,
    /// The name, with its colon if it has one.
    pub name: String,
    /// What stands in the second column; may be empty.
    pub value: String,
    /// What stands in the third column; may be empty.
    pub rest: String,
}

/// What a row is, as far as columns are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// `name: type @annotation`
    Field,
    /// A word and a value: `message "..."`, `draft "..."`, `list sort(name)`.
    Word,
}

/// How much longer than all others a name is that does not count, and a type.
const NAME_MARGIN: usize = 3;
const TYPE_MARGIN: usize = 16;

/// The least width of the second column of fields.
const TYPE_WIDTH: usize = 18;

/// The text of the lines, with a line break at the end of each.
pub(super) fn layout(lines: Vec<Line>) -> String {
    let mut out = String::new();
    let mut run: Vec<Line> = Vec::new();
    for line in lines {
        if matches!(line, Line::Blank | Line::Plain { .. }) {
            flush(&mut out, std::mem::take(&mut run));
        }
        run.push(line);
    }
    flush(&mut out, run);
    out
}

/// Where the columns of a run begin, counted from the indentation.
struct Columns {
    value: usize,
    rest: usize,
}

fn flush(out: &mut String, lines: Vec<Line>) {
    let rows: Vec<&Row> = lines
        .iter()
        .filter_map(|line| if let Line::Row { row, .. } = line { Some(row) } else { None })
        .collect();
    let columns = columns(&rows);
    for line in lines {
        let (indent, text, comment) = match line {
            Line::Blank => (0, String::new(), None),
            Line::Note { indent, text } => (indent, text, None),
            Line::Plain { indent, text, comment } => (indent, text, comment),
            Line::Row { indent, row, comment } => (indent, columns.place(&row), comment),
        };
        let comment = comment.map(|comment| format!("  {comment}")).unwrap_or_default();
        out.push_str(format!("{}{text}{comment}", "    ".repeat(indent)).trim_end());
        out.push('\n');
    }
}

impl Columns {
    fn place(&self, row: &Row) -> String {
        let mut text = row.name.clone();
        for (column, cell) in [(self.value, &row.value), (self.rest, &row.rest)] {
            if !cell.is_empty() {
                let missing = column.saturating_sub(width(&text)).max(1);
                text.push_str(&" ".repeat(missing));
                text.push_str(cell);
            }
        }
        text
    }
}

fn columns(rows: &[&Row]) -> Columns {
    let names = |kind| {
        rows.iter().filter(move |row| row.kind == kind).map(|row| width(&row.name)).collect::<Vec<_>>()
    };
    let (fields, words) = (names(RowKind::Field), names(RowKind::Word));
    let value = match (fields.len(), words.len()) {
        (1, 0) => return Columns { value: 0, rest: 0 },
        (_, 0) => widest(fields, NAME_MARGIN) + 2,
        (0, _) => widest(words, NAME_MARGIN) + 2,
        _ => (widest(fields, usize::MAX) + 1).max(widest(words, usize::MAX) + 2),
    };
    let ends = rows.iter().map(|row| value.max(width(&row.name) + 1) + width(&row.value)).collect();
    Columns { value, rest: (widest(ends, TYPE_MARGIN) + 1).max(value + TYPE_WIDTH) }
}

/// The largest width that does not stand out by `margin`.
fn widest(mut widths: Vec<usize>, margin: usize) -> usize {
    widths.sort_unstable_by(|a, b| b.cmp(a));
    let most = widths.len() / 4;
    let stands_out = |count: &usize| match (widths.get(count - 1), widths.get(*count)) {
        (Some(long), Some(rest)) => *long >= rest.saturating_add(margin),
        _ => false,
    };
    let outliers = (1..=most).rev().find(stands_out).unwrap_or(0);
    widths.get(outliers).copied().unwrap_or(0)
}

/// The columns that a text takes: one for each character.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}
