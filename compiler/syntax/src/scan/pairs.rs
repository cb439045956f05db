//! Pairs opening and closing brackets.

use super::flaw::Repair;

/// A bracket of the text, or one that a repair adds.
#[derive(Clone, Debug)]
pub(crate) struct Bracket {
    pub byte: u8,
    pub at: usize,
    pub line: usize,
    /// The indentation of its line.
    pub indent: usize,
    /// Whether it is the first token of its line.
    pub leads: bool,
    /// Whether it is the last token of its line.
    pub last: bool,
    /// Whether a repair adds it.
    pub added: bool,
}

impl Bracket {
    /// The bracket that belongs to this one.
    pub fn partner(&self) -> u8 {
        match self.byte {
            b'{' => b'}',
            b'(' => b')',
            b'[' => b']',
            b'}' => b'{',
            b')' => b'(',
            _ => b'[',
        }
    }

    /// Whether something begins with it.
    pub fn opens(&self) -> bool {
        matches!(self.byte, b'{' | b'(' | b'[')
    }

    /// The repair that adds it.
    pub fn insertion(&self) -> Repair {
        Repair::Insert { at: self.at, character: char::from(self.byte) }
    }
}

/// The first bracket without a partner. Numbers are indices of the brackets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Problem {
    /// An opening bracket is not closed before this closing one of another kind, or not at all.
    Unclosed { opener: usize, before: Option<usize> },
    /// A closing bracket for which nothing is open.
    Stray(usize),
    /// A closing bracket of another kind than the opening one before it on its line, which nothing else closes there.
    Wrong { opener: usize, closer: usize },
}

/// An opening and a closing bracket; the outermost has depth 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub ends: (usize, usize),
    pub depth: usize,
}

/// How the brackets belong together.
#[derive(Debug, Default)]
pub(crate) struct Pairing {
    pub pairs: Vec<Pair>,
    /// The first pair whose closing bracket begins a line with another indentation than its opening one's line.
    pub mismatch: Option<(usize, usize)>,
    /// The first pair whose closing bracket stands on another line than the opening one, but does not begin it: of braces, and of
    /// others where nothing follows the opening one on its line.
    pub trailing: Option<(usize, usize)>,
    pub problem: Option<Problem>,
}

/// Pairs brackets up to the first problem.
pub(crate) fn pair(brackets: &[Bracket]) -> Pairing {
    let mut out = Pairing::default();
    let mut stack: Vec<(usize, &Bracket)> = Vec::new();
    for (index, bracket) in brackets.iter().enumerate() {
        if bracket.opens() {
            stack.push((index, bracket));
            continue;
        }
        let wanted = bracket.partner();
        match stack.last() {
            Some((open, opener)) if opener.byte == wanted => {
                if bracket.leads && bracket.line != opener.line && bracket.indent != opener.indent {
                    out.mismatch = out.mismatch.or(Some((*open, index)));
                }
                let is_block = bracket.byte == b'}' || opener.last;
                if is_block && !bracket.leads && bracket.line != opener.line {
                    out.trailing = out.trailing.or(Some((*open, index)));
                }
                out.pairs.push(Pair { ends: (*open, index), depth: stack.len() });
                stack.pop();
            }
            Some((open, opener)) if is_wrong(opener, &stack, brackets.get(index..).unwrap_or_default()) => {
                out.problem = Some(Problem::Wrong { opener: *open, closer: index });
                return out;
            }
            Some((open, _)) if stack.iter().any(|(_, opener)| opener.byte == wanted) => {
                out.problem = Some(forgotten(&stack, bracket.line, *open, index));
                return out;
            }
            _ => {
                out.problem = Some(Problem::Stray(index));
                return out;
            }
        }
    }
    out.problem = stack.last().map(|(open, _)| Problem::Unclosed { opener: *open, before: None });
    out
}

/// Whether the first one of `rest` was to close `opener`: nothing else on the line does, and nothing on the line is open that it
/// could close.
fn is_wrong(opener: &Bracket, stack: &[(usize, &Bracket)], rest: &[Bracket]) -> bool {
    let Some(closer) = rest.first().filter(|closer| closer.line == opener.line && !closer.added) else {
        return false;
    };
    let wanted = closer.partner();
    let mut depth = 0_usize;
    let mut others = rest.iter().skip(1).take_while(|bracket| bracket.line == closer.line);
    // Something further up may need it: then what stands between was forgotten.
    if stack.iter().any(|(_, other)| other.byte == wanted) && !closes_again(stack, rest, wanted) {
        return false;
    }
    let is_closed = others.any(|bracket| match bracket.opens() {
        true => {
            depth += 1;
            false
        }
        false if depth == 0 => bracket.partner() == opener.byte,
        false => {
            depth -= 1;
            false
        }
    });
    !is_closed && !stack.iter().any(|(_, other)| other.line == closer.line && other.byte == wanted)
}

/// Whether the innermost bracket of the kind `byte` is closed behind the first one of `rest`, so that it does not need that one.
fn closes_again(stack: &[(usize, &Bracket)], rest: &[Bracket], byte: u8) -> bool {
    let Some((_, outer)) = stack.iter().rfind(|(_, other)| other.byte == byte) else { return false };
    let mut depth = 0_usize;
    for bracket in rest.iter().skip(1).filter(|bracket| bracket.byte == byte || bracket.partner() == byte) {
        match bracket.opens() {
            true => depth += 1,
            false if depth == 0 => return bracket.leads && bracket.indent == outer.indent,
            false => depth -= 1,
        }
    }
    false
}

/// A parenthesis with more behind it on its line hardly goes on over later lines: it was forgotten rather than the innermost bracket.
fn forgotten(stack: &[(usize, &Bracket)], line: usize, top: usize, closer: usize) -> Problem {
    let inner = stack.iter().rev().take_while(|(_, bracket)| bracket.byte != b'{');
    let above = inner.filter(|(_, bracket)| !bracket.last && bracket.line < line).last();
    match above {
        Some((open, bracket))
            if stack.iter().any(|(_, other)| other.line != bracket.line && other.byte != b'{') =>
        {
            Problem::Unclosed { opener: *open, before: None }
        }
        _ => Problem::Unclosed { opener: top, before: Some(closer) },
    }
}
