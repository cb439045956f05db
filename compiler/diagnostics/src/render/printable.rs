//! Text without what a terminal would obey.

use std::borrow::Cow;

use crate::{Diagnostic, SourceMap};

/// The sources with each control character replaced by as many bytes of something to be seen, so that places stay.
pub(super) fn sources(sources: &SourceMap) -> Cow<'_, SourceMap> {
    let plain = |text: &str| !text.chars().any(|c| obeyed(c) || c == '\r');
    let whole = |name: &str| plain(name) && !name.contains('\n');
    match sources.iter().all(|(_, file)| whole(file.name()) && plain(file.text())) {
        true => Cow::Borrowed(sources),
        false => Cow::Owned(sources.renamed(|name| words(name).replace('\n', "\\n")).with_texts(text)),
    }
}

fn text(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut clean = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        clean.push(match c {
            // Alone it would go back to the beginning of the line.
            '\r' if chars.peek() != Some(&'\n') => '?',
            c if !obeyed(c) => c,
            c if c.is_ascii() => '?',
            // Two bytes, as every control character beyond ASCII.
            _ => '\u{b7}',
        });
    }
    clean
}

/// A finding whose words say control characters as Rust would write them.
pub(super) fn finding(diagnostic: &Diagnostic) -> Diagnostic {
    let mut clean = diagnostic.clone();
    clean.code = words(&clean.code).into();
    clean.message = words(&clean.message);
    clean.label = words(&clean.label);
    clean.path = clean.path.map(|path| words(&path));
    clean.help = clean.help.map(|help| words(&help));
    clean.labels.iter_mut().for_each(|label| label.text = words(&label.text));
    clean
}

fn words(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut clean, c| {
        match obeyed(c) || c == '\r' {
            true => clean.extend(c.escape_default()),
            false => clean.push(c),
        }
        clean
    })
}

fn obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}
