//! Queries and paths: percent-encoding, each parameter once.

use std::collections::BTreeSet;

use crate::Failure;

/// The parameters of a query in their order. What cannot be read is a failure.
pub(crate) fn parameters(query: Option<&str>) -> (Vec<(String, String)>, Vec<Failure>) {
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (decode(name, true), decode(value, true)) {
            (Some(name), Some(value)) => found.push((name, value)),
            (name, _) => {
                let name = name.unwrap_or_else(|| "query".to_owned());
                failures.push(Failure::parameter(name, "wrong_encoding", "must be percent-encoded UTF-8"));
            }
        }
    }
    (found, failures)
}

/// The first of each; the others are failures.
pub(crate) fn once(found: Vec<(String, String)>, failures: &mut Vec<Failure>) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::with_capacity(found.len());
    for (name, value) in found {
        if seen.insert(name.clone()) {
            kept.push((name, value));
        } else {
            failures.push(Failure::parameter(name, "repeated", "must be there once"));
        }
    }
    kept
}

/// A segment of a path.
pub(crate) fn segment(text: &str) -> Option<String> {
    decode(text, false)
}

fn decode(text: &str, plus: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            b'+' if plus => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{once, parameters};

    #[test]
    fn reads() {
        let check = |query: &str, expected: &[(&str, &str)], failures: usize| {
            let (found, mut wrong) = parameters(Some(query));
            let found = once(found, &mut wrong);
            let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!((found.as_slice(), wrong.len()), (expected, failures), "{query}");
        };
        check("", &[], 0);
        check("a=1&b=x+y%20z&c", &[("a", "1"), ("b", "x y z"), ("c", "")], 0);
        check("a=1&a=2", &[("a", "1")], 1);
        check("a=%ff&b=%zz&%c3=1&d=%", &[], 4);
        check("q=%C3%A9", &[("q", "é")], 0);
    }
}
