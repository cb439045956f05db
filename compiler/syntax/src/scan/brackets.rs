//! Finds brackets without a partner, and how deep they nest. Indentation tells which one was forgotten.

use atlas9_diagnostics::codes;

use super::flaw::{Flaw, Repair};
use super::flaws::Flaws;
use super::lexer::{Token, TokenKind};
use super::lines::{Lines, may_be_head};
use super::pairs::{Bracket, Pairing, Problem, pair};

/// How deep brackets may nest.
pub(crate) const MAX_DEPTH: usize = 64;

/// How many brackets of one declaration are put right before all of it is given up.
const MAX_REPAIRS: usize = 12;

/// What is wrong with the brackets of a text, and the characters to add besides the flaws' own repairs.
pub(crate) fn balance(text: &str, tokens: &[Token], flaws: &Flaws) -> (Flaws, Vec<Repair>) {
    let mut out = (Flaws::default(), Vec::new());
    if is_balanced(text, tokens) {
        return out;
    }
    let lines = Lines::new(text, tokens);
    let mut first = 0;
    for line in 1..=lines.count() {
        if line == lines.count() || lines.is_head(line) {
            let mut segment = Segment::new(&lines, flaws, first, line);
            segment.balance();
            segment.found.drain(..).for_each(|flaw| out.0.add(flaw));
            out.1.extend(segment.brackets.iter().filter(|bracket| bracket.added).map(Bracket::insertion));
            first = line;
        }
    }
    out
}

/// Whether every bracket has its partner within its declaration, as in nearly all texts: then there is no need to look at lines.
fn is_balanced(text: &str, tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    for token in tokens {
        let slice = text.get(token.start..token.end).unwrap_or("");
        let is_fine = match token.kind {
            TokenKind::Open => {
                open.push(partner(slice));
                open.len() <= MAX_DEPTH
            }
            TokenKind::Close => open.pop() == Some(slice),
            TokenKind::Word if !open.is_empty() => !may_be_head(text, token),
            _ => true,
        };
        if !is_fine {
            return false;
        }
    }
    open.is_empty()
}

fn partner(opener: &str) -> &'static str {
    match opener {
        "{" => "}",
        "(" => ")",
        _ => "]",
    }
}

/// The lines from one declaration's head to the next.
struct Segment<'a> {
    lines: &'a Lines<'a>,
    flaws: &'a Flaws,
    first: usize,
    end: usize,
    brackets: Vec<Bracket>,
    found: Vec<Flaw>,
}

impl<'a> Segment<'a> {
    fn new(lines: &'a Lines<'a>, flaws: &'a Flaws, first: usize, end: usize) -> Segment<'a> {
        let brackets = (first..end).flat_map(|line| {
            lines.of(line).iter().enumerate().filter_map(move |(index, token)| {
                let kind = matches!(token.kind, TokenKind::Open | TokenKind::Close);
                let byte = lines.slice(token).bytes().next()?;
                let last = index + 1 == lines.of(line).len();
                kind.then_some(Bracket {
                    byte,
                    at: token.start,
                    line,
                    indent: lines.indent(line),
                    leads: index == 0,
                    last,
                    added: false,
                })
            })
        });
        Segment { lines, flaws, first, end, brackets: brackets.collect(), found: Vec::new() }
    }

    fn balance(&mut self) {
        for _ in 0..MAX_REPAIRS {
            let pairing = pair(&self.brackets);
            match pairing.problem {
                None => return self.limit_depth(&pairing),
                Some(Problem::Unclosed { opener, before }) => self.close(&pairing, opener, before),
                Some(Problem::Wrong { opener, closer }) => self.replace(opener, closer),
                Some(Problem::Stray(closer)) => self.drop_or_open(&pairing, closer),
            }
        }
        let pairing = pair(&self.brackets);
        match pairing.problem {
            None => self.limit_depth(&pairing),
            Some(_) => self.give_up(),
        }
    }

    /// Adds the partner of an opening bracket.
    fn close(&mut self, pairing: &Pairing, top: usize, before: Option<usize>) {
        // A brace at the margin of an outer block has closed an inner one: the inner one is what was forgotten.
        let early = pairing.mismatch.filter(|(open, close)| self.indent(*close) < self.indent(*open));
        let (culprit, before) = match early {
            Some((open, _)) if self.byte(open) == self.byte(top) => (open, None),
            _ => (top, before),
        };
        let Some(open) = self.brackets.get(culprit).cloned() else { return };
        let place = self.place_of_closer(&open, before);
        // Behind what was added at the same place for inner brackets, but before what the outer ones need.
        let beyond = |bracket: &Bracket| bracket.at >= place.end && (!bracket.added || bracket.opens());
        let index = self.brackets.iter().skip(culprit + 1).position(beyond).map(|index| index + culprit + 1);
        let index = index.unwrap_or(self.brackets.len()).min(before.unwrap_or(usize::MAX));
        let closer =
            Bracket { byte: open.partner(), at: place.end, leads: false, added: true, ..open.clone() };
        self.brackets.insert(index, Bracket { line: place.line, ..closer });
        if !self.is_flawed(open.line) {
            self.found.push(self.unclosed(&open, &place));
        }
    }

    fn unclosed(&self, open: &Bracket, place: &Place) -> Flaw {
        let (opener, partner) = (char::from(open.byte), char::from(open.partner()));
        let title = self.lines.title(open.line);
        let message = match opener {
            '{' if !title.is_empty() => format!("`{title}` has no closing `}}`"),
            _ => format!("this `{opener}` has no closing `{partner}`"),
        };
        Flaw::new(codes::E0102, place.start, place.end, message)
            .label(format!("`{partner}` is missing behind this"))
            .help(format!("add `{partner}` where the `{opener}` is to end"))
            .second(open.at, open.at + 1, "opened here")
    }

    /// Before the line that stands no deeper than the opener's, or at the end of the opener's line if more follows it there.
    fn place_of_closer(&self, open: &Bracket, before: Option<usize>) -> Place {
        if let Some(closer) = before.and_then(|index| self.brackets.get(index))
            && closer.line == open.line
        {
            let inside = self.lines.of(closer.line).iter().rfind(|token| token.start < closer.at);
            let start = inside.map_or(closer.at, |token| token.start);
            return Place { line: closer.line, start, end: closer.at };
        }
        let outside = |line: &usize| self.lines.indent(*line) <= open.indent;
        let line = match open.last {
            true => (open.line + 1..self.end).find(outside).unwrap_or(self.end) - 1,
            false => open.line,
        };
        // What belongs to something around it stays behind what was not closed.
        let tokens = self.lines.of(line);
        let ends_outside = |token: &Token| matches!(self.lines.slice(token), "," | "{") && open.byte != b'{';
        let is_outside = !open.last && tokens.last().is_some_and(ends_outside);
        let last = tokens.get(tokens.len().saturating_sub(1 + usize::from(is_outside)));
        let (start, end) = last.map_or((open.at, open.at + 1), |token| (token.start, token.end));
        Place { line, start, end }
    }

    /// Makes a closing bracket one of the kind that its opening one needs.
    fn replace(&mut self, opener: usize, closer: usize) {
        let Some(open) = self.brackets.get(opener).cloned() else { return };
        let Some(close) = self.brackets.get_mut(closer) else { return };
        let (at, shown, partner) = (close.at, char::from(close.byte), char::from(open.partner()));
        close.byte = open.partner();
        let flaw = Flaw::new(
            codes::E0102,
            at,
            at + 1,
            format!("this `{}` is closed by `{shown}`", char::from(open.byte)),
        )
        .label(format!("`{partner}` is expected here"))
        .help(format!("write `{partner}` instead"))
        .second(open.at, open.at + 1, "opened here")
        .repair(Repair::Overwrite { start: at, text: partner.to_string() })
        .fixable();
        self.found.push(Flaw { silent: self.is_flawed(open.line), ..flaw });
    }

    /// Blanks a closing bracket that closes nothing, or adds the brace that it lacks.
    fn drop_or_open(&mut self, pairing: &Pairing, stray: usize) {
        // A brace that stands deeper than what it closed was the one too many.
        let late = pairing.mismatch.filter(|(open, close)| self.indent(*close) > self.indent(*open));
        let early = late.into_iter().chain(pairing.trailing).map(|(_, close)| close).min();
        let culprit = early.filter(|close| self.byte(*close) == self.byte(stray)).unwrap_or(stray);
        let Some(closer) = self.brackets.get(culprit).cloned() else { return };
        match self.line_without_opener(&closer) {
            Some(line) => self.open(line, culprit, closer.partner()),
            None if closer.added => {
                self.brackets.remove(culprit);
            }
            None => {
                self.brackets.remove(culprit);
                let shown = char::from(closer.byte);
                let flaw = Flaw::new(
                    codes::E0103,
                    closer.at,
                    closer.at + 1,
                    format!("this `{shown}` closes nothing"),
                )
                .label("nothing is open here")
                .help(format!("remove it, or add a `{}` where it belongs", char::from(closer.partner())));
                let repair = Repair::Blank { start: closer.at, end: closer.at + 1 };
                // The repair is needed even where another flaw of the line makes the message superfluous.
                self.found.push(Flaw { silent: self.is_flawed(closer.line), ..flaw.repair(repair) });
            }
        }
    }

    /// The line that begins what the closing bracket ends, but has no opening one.
    fn line_without_opener(&self, closer: &Bracket) -> Option<usize> {
        let is_same = |line: &usize| self.lines.indent(*line) == closer.indent;
        let mut above = (self.first..closer.line).rev().filter(is_same);
        match closer.byte {
            _ if !closer.leads => None,
            b'}' => above.find(|line| self.lines.lacks_brace(*line)),
            _ => above.next().filter(|line| *line + 1 < closer.line && self.lines.ends_with_word(*line)),
        }
    }

    fn open(&mut self, line: usize, closer: usize, opener: u8) {
        let Some(last) = self.lines.of(line).last() else { return };
        let index = self.brackets.iter().position(|bracket| bracket.at >= last.end).unwrap_or(closer);
        let indent = self.lines.indent(line);
        let bracket =
            Bracket { byte: opener, at: last.end, line, indent, leads: false, last: true, added: true };
        self.brackets.insert(index, bracket);
        let (title, sign) = (self.lines.title(line), char::from(opener));
        let flaw =
            Flaw::new(codes::E0123, last.start, last.end, format!("`{title}` has no opening `{sign}`"))
                .label(format!("`{sign}` is missing behind this"))
                .help(format!("write `{sign}` behind `{title}`"));
        if !self.is_flawed(line) {
            self.found.push(flaw);
        }
    }

    fn limit_depth(&mut self, pairing: &Pairing) {
        let deep = pairing.pairs.iter().filter(|pair| pair.depth == MAX_DEPTH + 1).map(|pair| pair.ends);
        let mut flaw: Option<Flaw> = None;
        let mut kept = vec![true; self.brackets.len()];
        for (open, close) in deep {
            kept.get_mut(open..=close).unwrap_or_default().fill(false);
            let (Some(open), Some(close)) = (self.brackets.get(open), self.brackets.get(close)) else {
                continue;
            };
            let blank = Repair::Blank { start: open.at, end: close.at + usize::from(!close.added) };
            flaw = Some(flaw.unwrap_or_else(|| too_deep(open.at, open.at + 1)).repair(blank));
        }
        if let Some(flaw) = flaw {
            let mut kept = kept.into_iter();
            self.brackets.retain(|_| kept.next().unwrap_or(true));
            self.found.push(flaw);
        }
    }

    /// Leaves the head of a declaration whose brackets make no sense.
    fn give_up(&mut self) {
        self.brackets.clear();
        let tokens = &self.lines.tokens;
        let range = self.lines.row(self.first).start..self.lines.row(self.end - 1).end;
        let tokens = tokens.get(range).unwrap_or(&[]);
        let (Some(head), Some(last)) = (tokens.first(), tokens.last()) else { return };
        let from =
            if self.lines.is_head(self.first) { tokens.get(2).unwrap_or(last).start } else { head.start };
        for flaw in &mut self.found {
            flaw.silent = true;
        }
        let flaw =
            Flaw::new(codes::E0102, head.start, head.end, "the brackets of this declaration do not match")
                .label("the declaration that begins here cannot be read")
                .help("check that every `{`, `(` and `[` has its partner")
                .repair(Repair::Blank { start: from, end: last.end });
        self.found.push(flaw);
    }

    fn byte(&self, bracket: usize) -> u8 {
        self.brackets.get(bracket).map_or(0, |bracket| bracket.byte)
    }

    fn indent(&self, bracket: usize) -> usize {
        self.brackets.get(bracket).map_or(0, |bracket| bracket.indent)
    }

    /// Whether the line has an error already, so that its brackets need not be complained of as well.
    fn is_flawed(&self, line: usize) -> bool {
        let tokens = self.lines.of(line);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
        self.flaws.touch(first.start, last.end)
    }
}

/// Where a closing bracket is missing: behind the token from `start` to `end`.
struct Place {
    line: usize,
    start: usize,
    end: usize,
}

/// The error of what nests too deep.
pub(crate) fn too_deep(start: usize, end: usize) -> Flaw {
    Flaw::new(codes::E0107, start, end, format!("this is nested deeper than {MAX_DEPTH} levels"))
        .label("one level too deep")
        .help("give the inner part a name of its own, as a `type` for example")
}
