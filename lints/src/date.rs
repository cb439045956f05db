//! Calendar days, to count between.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Days since 1970-01-01.
    days: i64,
}

impl Date {
    /// The day written `2027-06-01`; nothing for another form, or a day that the calendar does not have.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let (year, month, day) =
            (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
        let known =
            parts.next().is_none() && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
        known.then(|| Date { days: days_from_civil(year, month, day) })
    }

    /// How many days `self` lies behind `earlier`; negative when it lies before.
    pub fn days_since(self, earlier: Date) -> i64 {
        self.days - earlier.days
    }
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn length(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that the leap day is the last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn counts_days() {
        let check = |text: &str, expected: Option<i64>| {
            assert_eq!(Date::parse(text).map(|date| date.days), expected, "{text}")
        };
        check("1970-01-01", Some(0));
        check("0000-03-01", Some(-719_468));
        check("2000-02-29", Some(11_016));
        check("2026-11-21", Some(20_778));
        check("1900-02-29", None);
        check("2027-13-01", None);
        check("2027-6-01", None);
        check("2027-06-01-1", None);
        check("+027-06-01", None);
    }
}
