//! What a regular expression says of a text: whether it bounds how long it can be, and whether it holds both of its ends.

/// True when only texts up to some length match. May say false of an unusual pattern that does bound it.
pub(crate) fn bounds_length(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    inner.is_some_and(|inner| !inner.ends_with('\\') && bounded(inner))
}

fn bounded(inner: &str) -> bool {
    let mut chars = inner.chars().peekable();
    let mut depth = 0_u32;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => skip_class(&mut chars),
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // A choice at the top splits the anchors: `^a|b$` holds neither end.
            '|' if depth == 0 => return false,
            '*' | '+' => return false,
            '{' => {
                let repeat: String = chars.by_ref().take_while(|c| *c != '}').collect();
                if repeat.ends_with(',') {
                    return false;
                }
            }
            // Flags can change what the anchors mean.
            '?' if depth > 0 && chars.peek().is_some_and(char::is_ascii_lowercase) => return false,
            _ => {}
        }
    }
    true
}

/// Which ends of a text a pattern leaves open, though it describes what stands there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ends {
    pub start: bool,
    pub end: bool,
}

/// A part of a pattern at its top.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `^`, `$`, `\A`, `\z`
    Anchor,
    /// A character that stands for itself.
    Plain,
    /// `.`, repeated or not.
    Any,
    /// A class, a group, a repetition.
    Described,
    /// `|`
    Or,
}

/// The ends that a pattern leaves open.
pub(crate) fn ends(pattern: &str) -> Ends {
    // Nearly all are anchored, and need no closer look.
    let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    if inner.is_some_and(|inner| !inner.ends_with('\\') && !inner.contains('|')) {
        return Ends { start: false, end: false };
    }
    let parts = parts(pattern);
    let choices: Vec<&[Part]> = parts.split(|part| *part == Part::Or).collect();
    let held = |choice: &[Part]| [choice.first(), choice.last()].map(|part| part == Some(&Part::Anchor));
    let some = choices.len() > 1 && choices.iter().any(|choice| held(choice).contains(&true));
    // Anchors hold only the alternative that they stand in.
    let open = |at: usize, part: Option<&Part>, choice: &[Part]| {
        part == Some(&Part::Described) || (some && !held(choice)[at])
    };
    Ends {
        start: choices.iter().any(|choice| open(0, choice.first(), choice)),
        end: choices.iter().any(|choice| open(1, choice.last(), choice)),
    }
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut chars = pattern.chars().peekable();
    let mut parts = Vec::new();
    while let Some(c) = chars.next() {
        let part = match c {
            '^' | '$' => Part::Anchor,
            '|' => Part::Or,
            '.' => Part::Any,
            '\\' => escaped(chars.next()),
            '[' => {
                skip_class(&mut chars);
                Part::Described
            }
            '(' => {
                skip_group(&mut chars);
                Part::Described
            }
            '*' | '+' | '?' | '{' => {
                if c == '{' {
                    chars.by_ref().take_while(|c| *c != '}').for_each(drop);
                }
                // What is repeated is described by that; anything stays anything.
                match parts.pop() {
                    Some(Part::Any) => Part::Any,
                    _ => Part::Described,
                }
            }
            _ => Part::Plain,
        };
        parts.push(part);
    }
    parts
}

fn escaped(c: Option<char>) -> Part {
    match c {
        Some('A' | 'z') => Part::Anchor,
        Some(c) if c.is_ascii_alphanumeric() => Part::Described,
        _ => Part::Plain,
    }
}

/// Reads to the end of `(...)`.
fn skip_group(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut depth = 1_u32;
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' => skip_class(chars),
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

/// Reads to the end of `[...]`; a bracket at its beginning stands for itself.
fn skip_class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    chars.next_if_eq(&'^');
    chars.next_if_eq(&']');
    while let Some(c) = chars.next() {
        match c {
            ']' => return,
            '\\' => {
                chars.next();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ends, bounds_length, ends};

    #[test]
    fn bounded_patterns() {
        let check = |pattern: &str, expected| assert_eq!(bounds_length(pattern), expected, "{pattern}");
        check("^[0-9]{13}$", true);
        check("^[0-9]{9}[0-9X]$", true);
        check("^(draft|sold)?$", true);
        check(r"^[+*\]{]\+$", true);
        check("^(?:a|b){1,3}$", true);
        check("^a|b$", false);
        check("^[a-z]+$", false);
        check("^[a-z]{2,}$", false);
        check("[0-9]{13}", false);
        check(r"^a\$", false);
        check("^(?m)a$", false);
        check("", false);
    }

    #[test]
    fn open_ends() {
        let check = |pattern: &str, start, end| assert_eq!(ends(pattern), Ends { start, end }, "{pattern}");
        check("^[0-9]{13}$", false, false);
        check("[0-9]{13}", true, true);
        check("^[A-Z]{3}", false, true);
        check("@", false, false);
        check(r"\.pdf$", false, false);
        check(r"^\d+\.", false, false);
        check("^a.*", false, false);
        check("^a|b$", true, true);
        check("^a$|^b$", false, false);
        check("(a|b)$", true, false);
        check("colou?r", false, false);
        check("a+", true, true);
        check("", false, false);
    }
}
