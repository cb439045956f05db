//! The members of composite literals, as gofmt lays them out.

/// The longest literal that stands on one line, in characters.
const WIDTH: usize = 80;

/// Keys up to this length share a column, whatever their lengths: `smallSize` of go/printer.
const SMALL: usize = 40;

/// The members within braces, on one line where that is short.
pub(super) fn braced(members: &[(String, String)]) -> String {
    let short = members.iter().map(|(key, value)| key.chars().count() + value.chars().count() + 4);
    let fits = short.sum::<usize>() < WIDTH && !members.iter().any(|(_, value)| value.contains('\n'));
    if fits {
        let members: Vec<String> = members.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        return format!("{{{}}}", members.join(", "));
    }
    block(aligned(members))
}

/// The items of a list within braces, on one line where that is short.
pub(super) fn listed(items: &[String]) -> String {
    let fits = items.iter().map(|item| item.chars().count() + 2).sum::<usize>() < WIDTH
        && !items.iter().any(|item| item.contains('\n'));
    match fits {
        true => format!("{{{}}}", items.join(", ")),
        false => block(items.iter().map(|item| format!("{item},")).collect()),
    }
}

fn block(lines: Vec<String>) -> String {
    let lines = lines.iter().map(|line| format!("\t{}\n", line.replace('\n', "\n\t")));
    format!("{{\n{}}}", lines.collect::<String>())
}

/// The members, one a line. Values of neighbours stand below one another, unless one of them takes several lines or the keys are of
/// very different lengths.
pub fn aligned<K: AsRef<str>>(members: &[(K, String)]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut run: Vec<(&str, &str)> = Vec::new();
    for (key, value) in members {
        let (key, value) = (key.as_ref(), value.as_str());
        if !joins(&run, key, value) {
            flush(&mut run, &mut lines);
        }
        run.push((key, value));
    }
    flush(&mut run, &mut lines);
    lines
}

/// True where the member shares a column with those before it.
fn joins(run: &[(&str, &str)], key: &str, value: &str) -> bool {
    let Some((before, last)) = run.last() else { return true };
    let (before, size) = (before.chars().count(), key.chars().count());
    if last.contains('\n') || value.contains('\n') {
        return false;
    }
    let logarithms: f64 = run.iter().map(|(key, _)| length(key).ln()).sum();
    let ratio = length(key) / (logarithms / length_of(run)).exp();
    before <= SMALL && size <= SMALL || ratio > 0.4 && ratio < 2.5
}

fn length(key: &str) -> f64 {
    u32::try_from(key.chars().count()).map_or(f64::MAX, f64::from)
}

fn length_of(run: &[(&str, &str)]) -> f64 {
    u32::try_from(run.len()).map_or(f64::MAX, f64::from)
}

fn flush(run: &mut Vec<(&str, &str)>, lines: &mut Vec<String>) {
    let width = run.iter().map(|(key, _)| key.chars().count() + 1).max().unwrap_or(0);
    lines.extend(run.drain(..).map(|(key, value)| format!("{:<width$} {value},", format!("{key}:"))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_aligned_as_gofmt_aligns_them() {
        let member = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(braced(&[member("Amount", "\"9.99\""), member("To", "1")]), "{Amount: \"9.99\", To: 1}");
        let long = "\"".to_owned() + &"x".repeat(WIDTH) + "\"";
        let several =
            [member("A", "1"), member("Long", &long), member("At", "T{\n\tX: 1,\n}"), member("B", "2")];
        let expected = format!("{{\n\tA:    1,\n\tLong: {long},\n\tAt: T{{\n\t\tX: 1,\n\t}},\n\tB: 2,\n}}");
        assert_eq!(braced(&several), expected);
        let apart = aligned(&[member("A", "1"), member(&"K".repeat(200), "2")]);
        assert_eq!(apart, ["A: 1,".to_owned(), format!("{}: 2,", "K".repeat(200))]);
    }
}
