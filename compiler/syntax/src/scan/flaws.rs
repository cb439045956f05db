//! All that is wrong with the characters of a file: what can be shown of it, and what the repairs need.

use super::flaw::{Flaw, Repair};

/// How many flaws are kept to be shown. A text that is no schema may have one for each of its characters.
const MAX_SHOWN: usize = 200;

/// The flaws of a text.
#[derive(Default)]
pub(crate) struct Flaws {
    /// The first ones that are worth a message.
    pub shown: Vec<Flaw>,
    /// How many more there are.
    pub omitted: usize,
    /// The places of all, of those without a message as well.
    pub places: Vec<(usize, usize)>,
    /// The repairs of all.
    pub repairs: Vec<Repair>,
}

impl Flaws {
    pub fn add(&mut self, mut flaw: Flaw) {
        match self.places.last_mut() {
            Some((_, end)) if *end == flaw.start => *end = flaw.end,
            _ => self.places.push((flaw.start, flaw.end)),
        }
        // The flaw itself keeps only what it proposes to the author.
        let repairs = if flaw.fixable { flaw.repairs.clone() } else { std::mem::take(&mut flaw.repairs) };
        repairs.into_iter().for_each(|repair| self.repair(repair));
        if !flaw.silent && self.shown.len() < MAX_SHOWN {
            self.shown.push(flaw);
        } else {
            self.omitted += usize::from(!flaw.silent);
        }
    }

    fn repair(&mut self, repair: Repair) {
        match (self.repairs.last_mut(), &repair) {
            (Some(Repair::Blank { end: last, .. }), Repair::Blank { start, end }) if *last == *start => {
                *last = *end;
            }
            _ => self.repairs.push(repair),
        }
    }

    pub fn append(&mut self, mut other: Flaws) {
        self.shown.append(&mut other.shown);
        self.omitted += other.omitted;
        self.places.append(&mut other.places);
        self.repairs.append(&mut other.repairs);
    }

    /// Whether one of them touches the place; they must be in order.
    pub fn touch(&self, start: usize, end: usize) -> bool {
        let next = self.places.partition_point(|(_, last)| *last < start);
        self.places.get(next).is_some_and(|(first, _)| *first <= end)
    }
}
