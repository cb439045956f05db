//! Where the text of a scalar stands in the file, byte for byte.

use atlas9_emitters_core::yaml::{Node, NodeKind};

/// The place of each byte of a scalar's text; empty where it does not stand there as it is, because of escapes. Line ends and
/// indentation of a text over several lines are one space or one line end of it.
pub(super) fn places(text: &str, node: &Node) -> Vec<usize> {
    let NodeKind::Scalar(value) = &node.kind else { return Vec::new() };
    let Some(written) = text.get(node.span.clone()) else { return Vec::new() };
    let skipped = begin(written);
    let places = written.get(skipped..).and_then(|inside| aligned(value.as_bytes(), inside.as_bytes()));
    let start = node.span.start + skipped;
    places.unwrap_or_default().into_iter().map(|place| place + start).collect()
}

/// Behind the quote, or behind the line of a block's sign: `|`, `>-`.
fn begin(written: &str) -> usize {
    match written.bytes().next() {
        Some(b'"' | b'\'') => 1,
        Some(b'|' | b'>') => written.find('\n').map_or(written.len(), |end| end + 1),
        _ => 0,
    }
}

fn aligned(value: &[u8], written: &[u8]) -> Option<Vec<usize>> {
    let mut at = 0;
    let mut places = Vec::with_capacity(value.len());
    for (index, byte) in value.iter().enumerate() {
        if byte.is_ascii_whitespace() {
            // A run of spaces is as long as it is: only its first byte has a place of its own.
            let inside = index
                .checked_sub(1)
                .and_then(|before| value.get(before))
                .is_some_and(u8::is_ascii_whitespace);
            places.push(at.min(written.len()));
            if !inside {
                at += blank(written.get(at..)?);
            }
            continue;
        }
        if index == 0 {
            at += blank(written);
        }
        if written.get(at) != Some(byte) {
            return None;
        }
        places.push(at);
        at += 1;
    }
    Some(places)
}

fn blank(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::places;
    use atlas9_emitters_core::yaml::{NodeKind, read};

    /// Every word of the value of `a` and what stands at its places.
    fn check(text: &str, expected: Option<&str>) {
        let NodeKind::Mapping(entries) = read(text).unwrap().kind else { panic!("no mapping") };
        let node = &entries[0].1;
        let NodeKind::Scalar(value) = &node.kind else { panic!("no scalar") };
        let places = places(text, node);
        let at = value.find("one").unwrap();
        let shown = places.get(at).map(|place| &text[*place..*place + 3]);
        assert_eq!(shown, expected, "{text}: {places:?} {value:?}");
    }

    #[test]
    fn a_word_is_found_in_every_form() {
        for text in [
            "a: x one\n",
            "a: \"é one\"\n",
            "a: '  x   one '\n",
            "a: |\n    x\n    one\n",
            "a: >-\n    x\n      y\n    one\n\n    z\n",
            "a: x\n   one\n",
            "a: \"x\n   one\"\n",
        ] {
            check(text, Some("one"));
        }
        check("a: \"\\x41 one\"\n", None);
        check("a: 'it''s one'\n", None);
    }
}
