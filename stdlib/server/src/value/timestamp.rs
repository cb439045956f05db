//! An instant.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Date;

/// An instant in UTC with microseconds, from the year 1 to the year 9999. Shows and reads as RFC 3339; shown with `Z`, and
/// with six digits of a second's fraction unless that is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The first microsecond of the year 1 and the last of the year 9999.
const RANGE: std::ops::RangeInclusive<i64> = -62_135_596_800_000_000..=253_402_300_799_999_999;

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

impl Timestamp {
    /// The time of the system's clock.
    pub fn now() -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_micros()).unwrap_or(0))
    }

    /// So many microseconds after 1970 began; `None` outside the years 1 to 9999.
    pub fn from_micros(micros: i64) -> Option<Timestamp> {
        RANGE.contains(&micros).then_some(Timestamp(micros))
    }

    /// Microseconds since 1970 began.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// The form in which SQLite stores it: always six digits of a fraction, so that text sorts as time does.
    pub(crate) fn stored(self) -> String {
        format!("{}.{:06}Z", self.seconds(), self.0.rem_euclid(1_000_000))
    }

    /// The day in UTC. The calendar's own type of instants ends a day before the year 9999 does.
    pub(crate) fn date(self) -> Date {
        Date::from_days(self.0.div_euclid(DAY)).unwrap_or_default()
    }

    fn seconds(self) -> String {
        let seconds = self.0.rem_euclid(DAY) / 1_000_000;
        format!("{}T{:02}:{:02}:{:02}", self.date(), seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.seconds())?;
        match self.0.rem_euclid(1_000_000) {
            0 => f.write_str("Z"),
            fraction => write!(f, ".{fraction:06}Z"),
        }
    }
}

/// The text is no RFC 3339 timestamp of the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTimestamp;

impl FromStr for Timestamp {
    type Err = NoTimestamp;

    fn from_str(text: &str) -> Result<Timestamp, NoTimestamp> {
        parse(text.as_bytes()).and_then(Timestamp::from_micros).ok_or(NoTimestamp)
    }
}

/// Reads RFC 3339, section 5.6: any offset, `t` and `z` in either case, a leap second as the second before it.
fn parse(text: &[u8]) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let date = super::date::parse(date)?;
    let (clock, rest) = rest.split_at_checked(9)?;
    let [b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2] = clock else { return None };
    let (hour, minute, second) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?, digits(&[*s1, *s2])?);
    let leap = second == 60;
    let second = if leap { 59 } else { second };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (micros, zone) = fraction(rest)?;
    let offset = zone_seconds(zone)?;
    let seconds = date.days().checked_mul(86_400)? + hour * 3600 + minute * 60 + second - offset;
    seconds.checked_mul(1_000_000)?.checked_add(micros)
}

/// Microseconds of `.123456789Z`, and what follows the digits. Finer digits are cut.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some((b'.', rest)) = text.split_first() else { return Some((0, text)) };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 {
        return None;
    }
    let (given, zone) = rest.split_at_checked(count)?;
    let mut micros = [b'0'; 6];
    for (to, from) in micros.iter_mut().zip(given) {
        *to = *from;
    }
    Some((digits(&micros)?, zone))
}

fn zone_seconds(zone: &[u8]) -> Option<i64> {
    let [sign, h1, h2, b':', m1, m2] = zone else {
        return matches!(zone, [b'Z' | b'z']).then_some(0);
    };
    let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    match sign {
        b'+' => Some(hours * 3600 + minutes * 60),
        b'-' => Some(-(hours * 3600 + minutes * 60)),
        _ => None,
    }
}

/// A number of ASCII digits and nothing else.
pub(super) fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0_i64, |sum, byte| {
        byte.is_ascii_digit().then_some(sum.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?)
    })
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn reads_and_shows() {
        let check = |text: &str, expected: Option<&str>| {
            let shown = text.parse::<Timestamp>().ok().map(|time| time.to_string());
            assert_eq!(shown.as_deref(), expected, "{text}");
        };
        check("2026-11-01T09:00:00Z", Some("2026-11-01T09:00:00Z"));
        check("2026-11-01t09:00:00.5z", Some("2026-11-01T09:00:00.500000Z"));
        check("2026-11-01T09:00:00.123456789+02:00", Some("2026-11-01T07:00:00.123456Z"));
        check("1969-12-31T23:59:59.999999Z", Some("1969-12-31T23:59:59.999999Z"));
        check("2016-12-31T23:59:60Z", Some("2016-12-31T23:59:59Z"));
        check("0001-01-01T00:00:00Z", Some("0001-01-01T00:00:00Z"));
        check("9999-12-31T23:59:59.999999Z", Some("9999-12-31T23:59:59.999999Z"));
        check("0001-01-01T00:00:00+01:00", None);
        check("0000-01-01T00:00:00Z", None);
        check("2026-02-29T00:00:00Z", None);
        check("2026-11-01T24:00:00Z", None);
        check("2026-11-01 09:00:00Z", None);
        check("2026-11-01T09:00:00", None);
        check("2026-11-01T09:00:00.Z", None);
        check("", None);
    }

    #[test]
    fn stores_with_a_fraction() {
        let time: Timestamp = "1969-12-31T23:59:59.5Z".parse().expect("a timestamp");
        assert_eq!(time.stored(), "1969-12-31T23:59:59.500000Z");
    }
}
