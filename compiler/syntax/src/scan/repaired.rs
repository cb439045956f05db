//! The text as the readers see it, and the way back to the author's offsets.

use super::flaw::Repair;

/// A text with its repairs.
pub(crate) struct Repaired {
    /// Nothing where nothing had to be repaired.
    text: Option<String>,
    /// Where in the author's text a character was added, in order.
    added: Vec<usize>,
}

impl Repaired {
    pub fn new<'a>(text: &str, repairs: impl Iterator<Item = &'a Repair>) -> Repaired {
        let mut bytes: Option<Vec<u8>> = None;
        let mut added: Vec<(usize, char)> = Vec::new();
        for repair in repairs {
            let bytes = bytes.get_or_insert_with(|| text.as_bytes().to_vec());
            match repair {
                Repair::Blank { start, end } => blank(bytes.get_mut(*start..*end)),
                Repair::Overwrite { start, text } => {
                    if let Some(place) = bytes.get_mut(*start..start + text.len()) {
                        place.copy_from_slice(text.as_bytes());
                    }
                }
                Repair::Insert { at, character } => added.push((*at, *character)),
            }
        }
        added.sort_by_key(|(at, _)| *at);
        let text = bytes.map(|bytes| insert(&String::from_utf8_lossy(&bytes), &added));
        Repaired { text, added: added.into_iter().map(|(at, _)| at).collect() }
    }

    /// Whether nothing had to be repaired.
    pub fn is_untouched(&self) -> bool {
        self.text.is_none()
    }

    /// The text to read.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        self.text.as_deref().unwrap_or(source)
    }

    /// The offset in the author's text.
    pub fn original(&self, offset: usize) -> usize {
        let before = self.before(offset);
        offset - before
    }

    /// The offset in the repaired text of what stands at one of the author's.
    pub fn shifted(&self, original: usize) -> usize {
        original + self.added.partition_point(|at| *at <= original)
    }

    /// How many characters were added before an offset of the repaired text. The addition with index `i` stands at `added[i] + i`.
    fn before(&self, offset: usize) -> usize {
        let mut low = 0;
        let mut high = self.added.len();
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.added.get(middle) {
                Some(at) if at + middle < offset => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }
}

fn blank(place: Option<&mut [u8]>) {
    for byte in place.into_iter().flatten().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

fn insert(text: &str, added: &[(usize, char)]) -> String {
    let mut out = String::with_capacity(text.len() + added.len());
    let mut done = 0;
    for (at, character) in added {
        out.push_str(text.get(done..*at).unwrap_or(""));
        out.push(*character);
        done = *at;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_way_back() {
        let repairs = [
            Repair::Insert { at: 4, character: '}' },
            Repair::Insert { at: 2, character: ')' },
            Repair::Blank { start: 3, end: 4 },
        ];
        let repaired = Repaired::new("ab$c\nd", repairs.iter());
        assert_eq!(repaired.text(""), "ab)$ }\nd");
        let offsets: Vec<usize> = (0..=8).map(|offset| repaired.original(offset)).collect();
        assert_eq!(offsets, [0, 1, 2, 2, 3, 4, 4, 5, 6]);
        let shifted: Vec<usize> = (0..=5).map(|offset| repaired.shifted(offset)).collect();
        assert_eq!(shifted, [0, 1, 3, 4, 6, 7]);
    }
}
