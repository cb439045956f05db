//! What a misspelt name may have been meant to be.

/// The sentence's end that suggests the known name nearest to `name`: `; did you mean `title`?`. Empty where none is near.
pub(crate) fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let wanted: Vec<char> = letters(name);
    let limit = (wanted.len() / 3).max(1);
    // A name of that length is no slip, and comparing it would cost more than it helps.
    if wanted.len() > 64 {
        return String::new();
    }
    let best = known
        .into_iter()
        .map(|candidate| (distance(&wanted, &letters(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min();
    best.map(|(_, candidate)| format!("; did you mean `{candidate}`?")).unwrap_or_default()
}

fn letters(name: &str) -> Vec<char> {
    name.chars().flat_map(char::to_lowercase).collect()
}

/// How many letters have to be inserted, removed, replaced or swapped with their neighbour (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = at(&last, j) + usize::from(from != to);
            let mut least = replaced.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && b.get(j - 1) == Some(from) && a.get(i - 1) == Some(to);
            if swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    at(&last, b.len())
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn suggests() {
        let check = |name: &str, expected: &str| {
            assert_eq!(suggestion(name, ["title", "isbn", "author_id"]), expected, "{name}");
        };
        check("titel", "; did you mean `title`?");
        check("Title", "; did you mean `title`?");
        check("authorid", "; did you mean `author_id`?");
        check("price", "");
        check("", "");
        check(&"x".repeat(10_000), "");
    }
}
