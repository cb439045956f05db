//! A short text that a pattern matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// An example that is longer explains nothing.
const LONGEST: usize = 100;

/// A text that the pattern matches; nothing where none is found easily.
pub(super) fn matching(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut made = String::new();
    // What a look-around asks for is not looked into, apart from the anchors that every text has.
    write(&hir, &mut made).filter(|()| !made.is_empty()).map(|()| made)
}

fn write(hir: &Hir, out: &mut String) -> Option<()> {
    if out.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty => Some(()),
        HirKind::Literal(literal) => {
            out.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(class) => {
            let letter = letter(class, out.chars().count())?;
            out.push(letter);
            Some(())
        }
        HirKind::Look(look) => {
            use regex_syntax::hir::Look;
            matches!(look, Look::Start | Look::End | Look::StartLF | Look::EndLF).then_some(())
        }
        HirKind::Repetition(repeated) => {
            let times = repeated.min.max(1).min(repeated.max.unwrap_or(u32::MAX));
            (0..times).try_for_each(|_| write(&repeated.sub, out).map(drop).ok_or(())).ok()
        }
        HirKind::Capture(capture) => write(&capture.sub, out),
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, out).ok_or(())).ok(),
        HirKind::Alternation(ways) => ways.first().and_then(|first| write(first, out)),
    }
}

/// A letter of the class: digits count up, so that ten of them look like a number, and so do letters.
fn letter(class: &Class, place: usize) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let has = |c: char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c));
    let digit = char::from_digit(u32::try_from((place + 1) % 10).ok()?, 10)?;
    let small = char::from(b'a' + u8::try_from(place % 26).ok()?);
    let wanted = [digit, small, small.to_ascii_uppercase()].into_iter().find(|c| has(*c));
    let plain = || (' '..='~').rev().find(|c| c.is_ascii_alphanumeric() && has(*c));
    let any = || class.ranges().first().map(|range| range.start()).filter(|c| !c.is_control());
    wanted.or_else(plain).or_else(any)
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn patterns_have_texts_that_they_match() {
        let check = |pattern: &str, expected: Option<&str>| {
            assert_eq!(matching(pattern).as_deref(), expected, "{pattern}");
        };
        check("^[0-9]{13}$", Some("1234567890123"));
        check("^[0-9]{9}[0-9X]$", Some("1234567890"));
        check("^[A-Z]{3}$", Some("ABC"));
        check("^[a-z][a-z0-9-]*$", Some("a2"));
        check("^(draft|final)_v[0-9]+$", Some("draft_v8"));
        check("^[^@]+@[^@]+$", Some("1@3"));
        check("\\bword\\b", None);
        check("^$", None);
        check("^a{500}$", None);
    }
}
