//! A span of time.

use std::fmt;
use std::str::FromStr;

/// An ISO 8601 duration, `P1DT2H30M`, kept as it is written: a month has no fixed number of days.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duration(String);

impl Duration {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is no ISO 8601 duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDuration;

impl FromStr for Duration {
    type Err = NoDuration;

    fn from_str(text: &str) -> Result<Duration, NoDuration> {
        if text.len() <= 64 && valid(text) { Ok(Duration(text.to_owned())) } else { Err(NoDuration) }
    }
}

fn valid(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    match rest.split_once('T') {
        None => parts(rest, "YMWD", false),
        Some(("", time)) => parts(time, "HMS", true),
        Some((date, time)) => parts(date, "YMWD", false) && parts(time, "HMS", true),
    }
}

/// At least one number with its unit, units in order and each once; a fraction only of seconds.
fn parts(text: &str, units: &str, fraction: bool) -> bool {
    let mut left = units;
    let mut rest = text;
    while !rest.is_empty() {
        let Some(at) = rest.find(|c: char| c.is_ascii_alphabetic()) else { return false };
        let (number, tail) = rest.split_at(at);
        let mut letters = tail.chars();
        let Some((before, after)) = letters.next().and_then(|unit| left.split_once(unit)) else {
            return false;
        };
        let seconds = after.is_empty() && fraction;
        if !is_number(number, seconds) {
            return false;
        }
        let _ = before;
        (left, rest) = (after, letters.as_str());
    }
    !text.is_empty()
}

fn is_number(text: &str, fraction: bool) -> bool {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, part)) => fraction && all_digits(whole) && all_digits(part) && part.len() <= 9,
        None => all_digits(text) && text.len() <= 18,
    }
}

#[cfg(test)]
mod tests {
    use super::Duration;

    #[test]
    fn reads() {
        let check = |text: &str, valid| assert_eq!(text.parse::<Duration>().is_ok(), valid, "{text}");
        check("P1DT2H30M", true);
        check("PT1.5S", true);
        check("P1Y2M3W4D", true);
        check("-PT1H", true);
        check("PT1H30M", true);
        check("P", false);
        check("PT", false);
        check("P1DT", false);
        check("1D", false);
        check("P1.5D", false);
        check("PT1M1H", false);
        check("P1D1D", false);
        check("P1é", false);
    }
}
