//! Where places are after edits.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Edit, FileId, Span};

/// Edits of which no two meet, in order.
pub(super) struct Moved<'e> {
    edits: BTreeMap<FileId, Vec<&'e Edit>>,
}

impl<'e> Moved<'e> {
    pub fn new(edits: impl Iterator<Item = &'e Edit>) -> Result<Moved<'e>, String> {
        let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            by_file.entry(edit.span.file).or_default().push(edit);
        }
        for edits in by_file.values_mut() {
            edits.sort_by_key(|edit| edit.span);
            if edits.windows(2).any(|two| matches!(two, [a, b] if a.span.end > b.span.start)) {
                return Err("two names meet in one place".to_owned());
            }
        }
        Ok(Moved { edits: by_file })
    }

    pub fn changes(&self, file: FileId) -> bool {
        self.edits.contains_key(&file)
    }

    /// The text of the file afterwards.
    pub fn text(&self, file: FileId, text: &str) -> String {
        let mut new = String::with_capacity(text.len());
        let mut at = 0;
        for edit in self.of(file) {
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
        let edits = self.of(place.file);
        let before = edits.partition_point(|edit| edit.span.end <= place.start);
        // Of a place that is not empty, an edit at its end that is not within it begins there.
        let until = edits.partition_point(|edit| edit.span.start < place.end);
        let moved = |offset: u32, count: usize| {
            let edits = edits.iter().take(count);
            edits.fold(offset as usize, |offset, edit| {
                (offset + edit.text.len()).saturating_sub(edit.span.range().len())
            })
        };
        let start = moved(place.start, before);
        Span::new(place.file, start, moved(place.end, until.max(before)).max(start))
    }

    fn of(&self, file: FileId) -> &[&'e Edit] {
        self.edits.get(&file).map(Vec::as_slice).unwrap_or_default()
    }
}
