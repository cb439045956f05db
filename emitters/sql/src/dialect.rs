//! The two databases: how names and literals are written so that no text of the schema becomes SQL.

use atlas9_emitters_core::names::{Target, reserved};

/// A database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    pub(crate) const ALL: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

    /// Its name as an option, and its folder.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
        }
    }

    /// A text literal on one line; nothing where the database cannot hold the text.
    pub(crate) fn text(self, text: &str) -> Option<String> {
        let unusual = |c: char| c.is_control() || (c == '\\' && self == Dialect::Postgres);
        match self {
            // Both read a text only up to the first NUL, or refuse it.
            _ if text.contains('\0') => None,
            _ if !text.contains(unusual) => Some(format!("'{}'", text.replace('\'', "''"))),
            // An escape string means the same whatever `standard_conforming_strings` is set to.
            Dialect::Postgres => Some(format!("E'{}'", text.chars().map(escaped).collect::<String>())),
            Dialect::Sqlite => Some(concatenated(text)),
        }
    }

    pub(crate) fn bool(self, value: bool) -> &'static str {
        match (self, value) {
            (Dialect::Sqlite, false) => "0",
            (Dialect::Sqlite, true) => "1",
            (Dialect::Postgres, false) => "false",
            (Dialect::Postgres, true) => "true",
        }
    }

    pub(crate) fn bytes(self, bytes: &[u8]) -> String {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        match self {
            Dialect::Sqlite => format!("X'{hex}'"),
            Dialect::Postgres => format!("decode('{hex}', 'hex')"),
        }
    }
}

fn escaped(c: char) -> String {
    match c {
        '\'' => "''".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    }
}

/// SQLite has no escapes: `('a' || char(10) || 'b')`.
fn concatenated(text: &str) -> String {
    let mut parts = Vec::new();
    for piece in text.split_inclusive(char::is_control) {
        let plain = piece.trim_end_matches(char::is_control);
        parts.extend((!plain.is_empty()).then(|| format!("'{}'", plain.replace('\'', "''"))));
        parts.extend(piece.chars().filter(|c| c.is_control()).map(|c| format!("char({})", u32::from(c))));
    }
    format!("({})", parts.join(" || "))
}

/// A name, in quotes where it would be read as something else without them.
pub(crate) fn name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let bare = name.chars().all(plain) && !name.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty();
    match bare && !reserved(Target::Sql, name) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// Names behind one another: `author_id, created_at`.
pub(crate) fn names<T: AsRef<str>>(all: impl IntoIterator<Item = T>) -> String {
    all.into_iter().map(|one| name(one.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Text as comment lines. A comment ends at a line break, so whatever could be taken for one becomes a space.
pub(crate) fn comment(text: &str) -> Vec<String> {
    let lines = text.split(['\n', '\r']).map(|line| line.replace(unsafe_in_comment, " "));
    lines.map(|line| format!("-- {}", line.trim_end()).trim_end().to_owned()).collect()
}

fn unsafe_in_comment(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
