//! The nearest of some known names, for "did you mean".

/// The candidate that is most like `name`, if one is near enough that it may have been meant.
///
/// Near means at most a third of the letters changed, counting a swap of neighbours as one change
/// (optimal string alignment distance), and letters' case counts for nothing.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = letters(name);
    let limit = (wanted.len() / 3).max(1);
    let length = name.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name && candidate.chars().count().abs_diff(length) <= limit)
        .filter_map(|candidate| Some((distance(&wanted, &letters(candidate), limit)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

fn letters(name: &str) -> Vec<char> {
    name.chars().flat_map(char::to_lowercase).collect()
}

/// Nothing where it is beyond the limit.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let changed = last[j] + usize::from(from != to);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        // A swap reaches back by two rows.
        if row.iter().chain(&last).all(|least| *least > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let known = ["timestamp", "string", "uuid", "Book", "BookStatus"];
        let check = |name, expected| assert_eq!(nearest(name, known), expected, "{name}");
        check("timestmap", Some("timestamp"));
        check("strng", Some("string"));
        check("book", Some("Book"));
        check("BookStats", Some("BookStatus"));
        check("duration", None);
        check("é", None);
    }
}
