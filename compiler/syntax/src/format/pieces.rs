//! What a file with mistakes consists of: declarations that are sound, and the rest.

use std::ops::Range;

use atlas9_diagnostics::{Level, Span};

use super::Reading;
use crate::ast::{Docs, ItemKind};

/// A declaration, a `use` line, the namespace, or text that is none of them: never a comment alone.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub place: Range<usize>,
    /// Whether it can be laid out: its own text has no error when it is read alone, none of the file's errors stands in it, and it
    /// stands where its kind belongs.
    pub is_sound: bool,
}

/// All that is neither white space nor a comment, in order.
pub(super) fn pieces(reading: &Reading<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = 0;
    let mut reached = Rank::Namespace;
    for (place, rank) in entries(reading) {
        pieces.extend(stray(reading, end..place.start));
        end = end.max(place.end);
        let is_sound = rank >= reached && !is_told_of(reading, &place) && reads_alone(reading, &place);
        reached = reached.max(rank);
        pieces.push(Piece { place, is_sound });
    }
    pieces.extend(stray(reading, end..reading.text.len()));
    join_lines(reading.text, pieces.iter_mut());
    join_lines(reading.text, pieces.iter_mut().rev());
    pieces
}

/// The same where nothing is sound from the first broken piece on.
pub(super) fn above_the_damage(pieces: &[Piece]) -> Vec<Piece> {
    let broken = pieces.iter().position(|piece| !piece.is_sound).unwrap_or(pieces.len());
    let above = |(index, piece): (usize, &Piece)| Piece { is_sound: index < broken, ..piece.clone() };
    pieces.iter().enumerate().map(above).collect()
}

/// The order in which a file has its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Namespace,
    Use,
    Item,
}

/// What the tree has at the top of the file, in the author's order.
fn entries(reading: &Reading<'_>) -> Vec<(Range<usize>, Rank)> {
    let file = &reading.file;
    let namespace = file.namespace.iter().map(|one| (documented(&one.docs, one.span), Rank::Namespace));
    let uses = file.uses.iter().map(|line| (line.span.range(), Rank::Use));
    let items = file.items.iter().filter(|item| !matches!(item.kind, ItemKind::Broken(_)));
    let items = items.map(|item| (documented(&item.docs, item.span), Rank::Item));
    let mut all: Vec<_> = namespace.chain(uses).chain(items).collect();
    all.sort_by_key(|(place, _)| place.start);
    all
}

fn documented(docs: &Docs, span: Span) -> Range<usize> {
    let first = if docs.lines.is_empty() { span } else { docs.span };
    first.range().start..span.range().end
}

/// Whether one of the file's errors stands there.
fn is_told_of(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let errors = reading.diagnostics.iter().filter(|told| told.level == Level::Error);
    let mut spans = errors.filter_map(|told| told.span).map(Span::range);
    spans.any(|span| span.start <= place.end && place.start <= span.end)
}

/// Whether the text there has no error when it is read alone.
fn reads_alone(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let text = reading.text.get(place.clone()).unwrap_or("");
    Reading::new(reading.file.id, text).is_sound()
}

/// From the first to the last character in the gap between entries that is part of no comment, if there is one.
fn stray(reading: &Reading<'_>, gap: Range<usize>) -> Option<Piece> {
    let comments = &reading.file.comments;
    let first = comments.partition_point(|comment| comment.span.range().start < gap.start);
    let comments = comments.iter().skip(first).map(|comment| comment.span.range());
    let mut found: Option<Range<usize>> = None;
    let mut start = gap.start;
    for comment in comments.take_while(|place| place.start < gap.end).chain(std::iter::once(gap.end..gap.end))
    {
        let text = reading.text.get(start..comment.start).unwrap_or("");
        if let Some(place) = trimmed(text, start) {
            found = Some(found.map_or(place.start, |found| found.start)..place.end);
        }
        start = comment.end;
    }
    found.map(|place| Piece { place, is_sound: false })
}

/// The place of a text that begins at `start`, without the white space around it; nothing where there is no more.
fn trimmed(text: &str, start: usize) -> Option<Range<usize>> {
    // The mark at the beginning of a file is no text.
    let rest = if start == 0 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let from = text.len() - rest.trim_start_matches(is_blank).len();
    let to = text.trim_end_matches(is_blank).len();
    (from < to).then_some(start + from..start + to)
}

/// What shares a line with something broken stays with it.
fn join_lines<'p>(text: &str, pieces: impl Iterator<Item = &'p mut Piece>) {
    let mut before: Option<Range<usize>> = None;
    for piece in pieces {
        let gap = |before: &Range<usize>| match before.end <= piece.place.start {
            true => before.end..piece.place.start,
            false => piece.place.end..before.start,
        };
        let gap = before.as_ref().map(|before| text.get(gap(before)).unwrap_or(""));
        piece.is_sound &= gap.is_none_or(|gap| gap.contains('\n'));
        before = (!piece.is_sound).then(|| piece.place.clone());
    }
}
