//! Where places are after edits.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Edit, FileId, Span};

/// Edits of which no two meet, in order.
pub(super) struct Moved<'e> {
    edits: BTreeMap<FileId, Vec<Change<'e>>>,
}

struct Change<'e> {
    edit: &'e Edit,
    /// By how many bytes everything behind it moves.
    shift: isize,
}

impl<'e> Moved<'e> {
    pub fn new(edits: impl Iterator<Item = &'e Edit>) -> Result<Moved<'e>, String> {
        let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            by_file.entry(edit.span.file).or_default().push(edit);
        }
        let in_order = by_file.into_iter().map(|(file, edits)| Ok((file, in_order(edits)?)));
        Ok(Moved { edits: in_order.collect::<Result<_, String>>()? })
    }

    pub fn changes(&self, file: FileId) -> bool {
        self.edits.contains_key(&file)
    }

    /// The text of the file afterwards.
    pub fn text(&self, file: FileId, text: &str) -> String {
        let mut new = String::with_capacity(text.len());
        let mut at = 0;
        for Change { edit, .. } in self.of(file) {
            let range = edit.span.range();
            new.push_str(text.get(at..range.start).unwrap_or_default());
            new.push_str(&edit.text);
            at = range.end;
        }
        new.push_str(text.get(at..).unwrap_or_default());
        new
    }

    /// Where that is afterwards.
    pub fn place(&self, place: Span) -> Span {
        let changes = self.of(place.file);
        let before = changes.partition_point(|change| change.edit.span.end <= place.start);
        // What begins where the place ends does not make it longer.
        let until = changes.partition_point(|change| change.edit.span.start < place.end);
        let moved = |offset: u32, count: usize| {
            let shift = count.checked_sub(1).and_then(|last| changes.get(last)).map_or(0, |last| last.shift);
            (offset as usize).saturating_add_signed(shift)
        };
        let start = moved(place.start, before);
        Span::new(place.file, start, moved(place.end, until.max(before)).max(start))
    }

    fn of(&self, file: FileId) -> &[Change<'e>] {
        self.edits.get(&file).map(Vec::as_slice).unwrap_or_default()
    }
}

fn in_order(mut edits: Vec<&Edit>) -> Result<Vec<Change<'_>>, String> {
    edits.sort_by_key(|edit| edit.span);
    if edits.windows(2).any(|two| matches!(two, [a, b] if a.span.end > b.span.start)) {
        return Err("two names meet in one place".to_owned());
    }
    let mut shift = 0;
    let changes = edits.into_iter().map(|edit| {
        shift += edit.text.len().cast_signed() - edit.span.range().len().cast_signed();
        Change { edit, shift }
    });
    Ok(changes.collect())
}
