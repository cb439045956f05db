//! Whether text has the form of a scalar: uuid, date, timestamp, duration, base64.

use atlas9_syntax::ast::{Expr, ExprKind};

use crate::context::bare;

/// `2027-06-01`, a day that exists (ISO 8601, years 0001 to 9999).
pub(crate) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))
    else {
        return false;
    };
    year >= 1 && (1..=12).contains(&month) && (1..=days(year, month)).contains(&day)
}

fn days(year: u32, month: u32) -> u32 {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn digits(text: &str, from: usize, count: usize) -> Option<u32> {
    let part = text.get(from..from + count)?;
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}

/// `2027-06-01T09:00:00Z`, with up to six digits of a second (RFC 3339, UTC).
pub(crate) fn is_timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let Some(time) = time.strip_suffix('Z') else { return false };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let bytes = time.as_bytes();
    let colons = bytes.len() == 8 && bytes.get(2) == Some(&b':') && bytes.get(5) == Some(&b':');
    let part = |from, end| digits(time, from, 2).is_some_and(|value| value < end);
    let fraction_fits =
        (1..=6).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_date(date) && colons && part(0, 24) && part(3, 60) && part(6, 60) && fraction_fits
}

/// `0192f0c1-7d2e-7c3a-9b1f-2a6d6e0c5b11` (RFC 9562).
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `P1DT12H`: ISO 8601 in weeks, days, hours, minutes and seconds. Months and years have no fixed length.
pub(crate) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) if !time.is_empty() => (date, time),
        Some(_) => return false,
        None => (rest, ""),
    };
    !rest.is_empty() && units(date, &['W', 'D']) && units(time, &['H', 'M', 'S'])
}

/// Whole numbers, each with its unit, the units in that order and each at most once.
fn units(text: &str, units: &[char]) -> bool {
    let (mut rest, mut units) = (text, units.iter());
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let (number, tail) = rest.split_at(end);
        let mut letters = tail.chars();
        let Some(unit) = letters.next() else { return false };
        if number.is_empty() || number.len() > 9 || !units.any(|known| *known == unit) {
            return false;
        }
        rest = letters.as_str();
    }
    true
}

/// The duration `84d`, `30s`, `12h`, `15m`, `2w` in ISO 8601.
pub(crate) fn iso_duration(written: &str) -> Option<String> {
    let (number, unit) = parts(written)?;
    Some(match unit {
        'w' => format!("P{number}W"),
        'd' => format!("P{number}D"),
        'h' => format!("PT{number}H"),
        'm' => format!("PT{number}M"),
        _ => format!("PT{number}S"),
    })
}

/// How many days something is kept: whole days or weeks, at least one day.
pub(crate) fn kept_days(value: &Expr) -> Option<u32> {
    const LONGEST: u32 = 36_500;
    match &bare(value).kind {
        ExprKind::Duration(text) => in_days(text).filter(|days| (1..=LONGEST).contains(days)),
        _ => None,
    }
}

/// A duration of whole days, in days.
pub(crate) fn in_days(written: &str) -> Option<u32> {
    match parts(written)? {
        (number, 'd') => Some(number),
        (number, 'w') => number.checked_mul(7),
        _ => None,
    }
}

fn parts(written: &str) -> Option<(u32, char)> {
    let unit = written.chars().last().filter(|unit| "wdhms".contains(*unit))?;
    Some((written.strip_suffix(unit)?.parse().ok()?, unit))
}

/// How many bytes a base64 text stands for (RFC 4648, section 4, with padding).
pub(crate) fn base64_length(text: &str) -> Option<usize> {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    let sound = body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/');
    (sound && text.len().is_multiple_of(4) && padding <= 2).then(|| text.len() / 4 * 3 - padding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: fn(&str) -> bool, right: &[&str], wrong: &[&str]) {
        right.iter().for_each(|text| assert!(form(text), "{text}"));
        wrong.iter().for_each(|text| assert!(!form(text), "{text}"));
    }

    #[test]
    fn forms() {
        check(
            is_date,
            &["2027-06-01", "2024-02-29"],
            &["2027-02-29", "2027-13-01", "2027-6-1", "27-06-01", "0000-01-01", "2027-06-0é"],
        );
        check(
            is_timestamp,
            &["2027-06-01T09:00:00Z", "2027-06-01T23:59:59.123456Z"],
            &["2027-06-01", "2027-06-01T24:00:00Z", "2027-06-01T09:00:00+02:00", "2027-06-01T09:00:00.Z"],
        );
        check(is_uuid, &["0192f0c1-7d2e-7c3a-9b1f-2a6d6e0c5b11"], &["0192f0c17d2e7c3a9b1f2a6d6e0c5b11", ""]);
        check(is_duration, &["P1D", "PT1H30M", "P1WT5S"], &["P", "PT", "P1M", "1D", "PT5M1H", "P1"]);
        let base64 = |text: &str| base64_length(text).is_some();
        check(base64, &["", "AA==", "AAA=", "AAAA"], &["A", "AA", "A===", "AA-_"]);
        assert_eq!(base64_length("AA=="), Some(1));
        assert_eq!((in_days("2w"), in_days("12h")), (Some(14), None));
    }
}
