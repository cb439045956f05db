//! Files with mistakes: sound declarations are laid out, everything else is left byte for byte as it is.
//!
//! Runs of sound declarations are laid out as a file of their own would be. What is between them is not touched: the broken
//! declaration, what shares a line with it, and the comments and blank lines around it. So the runs end their lines as the file's
//! first line does: the file would have both line ends otherwise.
//!
//! Indentation tells to what a forgotten bracket belongs, so that laying out one declaration could change what is said of another. It
//! is seen to that it does not: a result of which something else is said than of the file is not taken.

use atlas9_diagnostics::Diagnostic;

use super::pieces::{Piece, above_the_damage, pieces};
use super::{Reading, laid_out};

/// The file with its sound declarations laid out.
pub(super) fn partial(reading: &Reading<'_>) -> String {
    for text in results(reading) {
        let again = Reading::new(reading.file.id, &text);
        if says_the_same(reading, &again) && is_settled(&again) {
            return text;
        }
    }
    reading.text.to_owned()
}

/// Whether nothing else comes out of it.
fn is_settled(reading: &Reading<'_>) -> bool {
    for text in results(reading) {
        if text == reading.text {
            return true;
        }
        if says_the_same(reading, &Reading::new(reading.file.id, &text)) {
            return false;
        }
    }
    true
}

/// What may come out, the best first.
fn results(reading: &Reading<'_>) -> impl Iterator<Item = String> {
    let all = pieces(reading);
    let above = above_the_damage(&all);
    [all, above].into_iter().map(|pieces| joined(reading, &pieces))
}

/// Whether the same is said of both, wherever it stands.
fn says_the_same(one: &Reading<'_>, other: &Reading<'_>) -> bool {
    one.diagnostics.iter().map(words).eq(other.diagnostics.iter().map(words))
}

fn words(of: &Diagnostic) -> Vec<&str> {
    let help = of.help.as_deref().unwrap_or("");
    let labels = of.labels.iter().map(|label| label.text.as_str());
    [of.code.as_ref(), &of.message, &of.label, help].into_iter().chain(labels).collect()
}

/// The file with its runs of sound pieces laid out.
fn joined(reading: &Reading<'_>, pieces: &[Piece]) -> String {
    let mut out = String::with_capacity(reading.text.len());
    let line_end = line_end(reading.text);
    let mut start = 0;
    let mut runs = pieces.chunk_by(|one, other| one.is_sound == other.is_sound).peekable();
    while let Some(run) = runs.next() {
        let next = runs.peek().and_then(|run| run.first());
        let end =
            run.last().zip(next).map_or(reading.text.len(), |(last, next)| border(reading.text, last, next));
        let text = reading.text.get(start..end).unwrap_or("");
        let is_sound = run.iter().all(|piece| piece.is_sound);
        let formatted = if is_sound { laid_out(&Reading::new(reading.file.id, text)) } else { None };
        match formatted {
            Some(formatted) => push_lines(&mut out, &formatted, line_end),
            None => out.push_str(text),
        }
        start = end;
    }
    out.push_str(reading.text.get(start..).unwrap_or(""));
    out
}

/// How the first line ends. It is the same in the result, whatever is laid out.
fn line_end(text: &str) -> &'static str {
    let first = text.split_once('\n').map_or("", |(line, _)| line);
    if first.ends_with('\r') { "\r\n" } else { "\n" }
}

fn push_lines(out: &mut String, text: &str, line_end: &str) {
    for line in text.lines() {
        out.push_str(line);
        out.push_str(line_end);
    }
}

/// Where a line begins between two pieces: right behind or right before the sound one of them.
fn border(text: &str, last: &Piece, next: &Piece) -> usize {
    let between = text.get(last.place.end..next.place.start).unwrap_or("");
    let line = if last.is_sound { between.find('\n') } else { between.rfind('\n') };
    line.map_or(next.place.start, |at| last.place.end + at + 1)
}
