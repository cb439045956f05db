//! Where lines begin.

/// The offsets at which the lines of a text begin, so that a long line is not searched for its start again and again.
pub(crate) struct LineStarts(Vec<usize>);

impl LineStarts {
    pub fn new(text: &str) -> LineStarts {
        LineStarts(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The start of the line that an offset lies on.
    pub fn start(&self, offset: usize) -> usize {
        let after = self.0.partition_point(|start| *start <= offset);
        after.checked_sub(1).and_then(|line| self.0.get(line)).copied().unwrap_or(0)
    }

    /// How many bytes stand before an offset on its line.
    pub fn column(&self, offset: usize) -> usize {
        offset - self.start(offset)
    }
}
