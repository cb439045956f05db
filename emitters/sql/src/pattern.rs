//! Which of the language's regular expressions PostgreSQL reads alike.
//!
//! Both know far more than what is let through here. What is not (classes of scripts, lazy quantifiers) is left to the server, which checks every value anyway: a
//! CHECK that refuses what the server takes would be worse than none.

use std::iter::Peekable;
use std::str::Chars;

/// PostgreSQL's limit for a counted repetition (`DUPMAX`).
const MOST_REPETITIONS: u32 = 255;

/// The pattern as PostgreSQL's advanced regular expression, or nothing where the two could differ.
pub(crate) fn posix(pattern: &str) -> Option<String> {
    let mut reader = Reader { rest: pattern.chars().peekable(), depth: 0, out: String::new() };
    reader.branches()?;
    (reader.rest.next().is_none() && !reader.out.is_empty()).then_some(reader.out)
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    depth: u32,
    out: String,
}

impl Reader<'_> {
    /// Alternatives up to the end or a closing parenthesis.
    fn branches(&mut self) -> Option<()> {
        let mut empty = true;
        while let Some(&c) = self.rest.peek() {
            match c {
                ')' => break,
                '|' if empty => return None,
                '|' => {
                    self.keep();
                    empty = true;
                }
                _ => {
                    self.atom()?;
                    empty = false;
                }
            }
        }
        (!empty).then_some(())
    }

    fn atom(&mut self) -> Option<()> {
        match self.rest.peek()? {
            '^' | '$' => {
                self.keep();
                // A repeated anchor is an error in PostgreSQL.
                return self.quantifier().is_none().then_some(());
            }
            '(' => self.group()?,
            '[' => self.class()?,
            '\\' => self.escape()?,
            '.' => {
                // A dot stops at a line break in one and not in the other.
                self.rest.next();
                self.out.push_str("[^\\n]");
            }
            '*' | '+' | '?' | '{' | '}' | ']' => return None,
            c if c.is_control() => return None,
            _ => self.keep(),
        }
        if let Some(quantifier) = self.quantifier() {
            self.repeat(quantifier)?;
            // Lazy, possessive or a second one.
            return self.quantifier().is_none().then_some(());
        }
        Some(())
    }

    fn group(&mut self) -> Option<()> {
        self.depth += 1;
        self.keep();
        if self.rest.peek() == Some(&'?') {
            self.keep();
            (self.rest.peek() == Some(&':')).then_some(())?;
            self.keep();
        }
        if self.depth > 32 {
            return None;
        }
        self.branches()?;
        self.depth -= 1;
        (self.rest.peek() == Some(&')')).then(|| self.keep())
    }

    fn class(&mut self) -> Option<()> {
        self.keep();
        if self.rest.peek() == Some(&'^') {
            self.keep();
        }
        let mut before = None;
        loop {
            match *self.rest.peek()? {
                ']' if before.is_some() => break,
                // Doubled, they are set operations in one of the two.
                c @ ('&' | '~' | '-') if before == Some(c) => return None,
                '[' | ']' => return None,
                '\\' => {
                    self.escape()?;
                    before = Some('\\');
                }
                c if c.is_control() || !c.is_ascii() => return None,
                c => {
                    self.keep();
                    before = Some(c);
                }
            }
        }
        self.keep();
        Some(())
    }

    /// A backslash before punctuation, which then stands for itself, or one of the blanks that both spell alike.
    fn escape(&mut self) -> Option<()> {
        self.rest.next();
        let escaped = self.rest.next().filter(|c| c.is_ascii_punctuation() || "tnrf".contains(*c))?;
        self.out.push('\\');
        self.out.push(escaped);
        Some(())
    }

    fn quantifier(&mut self) -> Option<char> {
        self.rest.peek().copied().filter(|c| "*+?{".contains(*c))
    }

    fn repeat(&mut self, quantifier: char) -> Option<()> {
        self.keep();
        if quantifier != '{' {
            return Some(());
        }
        let mut counts = String::new();
        loop {
            match self.rest.next()? {
                '}' => break,
                c => counts.push(c),
            }
        }
        let small = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_digit())
                && text.parse().is_ok_and(|count: u32| count <= MOST_REPETITIONS)
        };
        let (low, high) = counts.split_once(',').unwrap_or((&counts, ""));
        (small(low) && (high.is_empty() || small(high))).then_some(())?;
        self.out.push_str(&counts);
        self.out.push('}');
        Some(())
    }

    fn keep(&mut self) {
        self.out.extend(self.rest.next());
    }
}

#[cfg(test)]
mod tests {
    use super::posix;

    #[test]
    fn only_what_both_read_alike_passes() {
        let check = |pattern: &str, expected: Option<&str>| {
            assert_eq!(posix(pattern).as_deref(), expected, "{pattern}");
        };
        for same in [
            "^[0-9]{13}$",
            "^[0-9]{9}[0-9X]$",
            "^(?:a|b)+$",
            "^[a-z][a-z0-9-]*$",
            "a\\.b",
            "^x{2,}$",
            "[^\\t\\n ]",
        ] {
            check(same, Some(same));
        }
        check("^.+@.+$", Some("^[^\\n]+@[^\\n]+$"));
        for other in [
            "\\d+",
            "\\w",
            "(?i)a",
            "a+?",
            "a++",
            "^*",
            "[[:alpha:]]",
            "[a&&b]",
            "a{256}",
            "a{,3}",
            "(a",
            "a)",
            "[]",
            "[^]a]",
            "()",
            "a||b",
            "",
            "\\pL",
            "[é]",
            "***:a",
            "a\nb",
        ] {
            check(other, None);
        }
    }
}
