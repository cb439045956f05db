//! A day.

use std::fmt;
use std::str::FromStr;

use jiff::civil;

use super::timestamp::digits;

/// A day of the years 1 to 9999, `2027-06-01`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// A day of the calendar; `None` where there is no such day, or outside the years 1 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        let date = civil::Date::new(year, month, day).ok()?;
        (year >= 1).then_some(Date(date))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        let epoch = civil::date(1970, 1, 1);
        epoch.until((jiff::Unit::Day, self.0)).map_or(0, |span| i64::from(span.get_days()))
    }

    /// The day that is so many days after 1970-01-01; `None` outside the years 1 to 9999.
    pub fn from_days(days: i64) -> Option<Date> {
        let span = jiff::Span::new().try_days(days).ok()?;
        let date = civil::date(1970, 1, 1).checked_add(span).ok()?;
        (date.year() >= 1).then_some(Date(date))
    }

    /// The day of an instant in UTC.
    pub fn of(time: super::Timestamp) -> Date {
        time.date()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// The text is no day of the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDate;

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Date, NoDate> {
        parse(text.as_bytes()).ok_or(NoDate)
    }
}

/// Reads `full-date` of RFC 3339.
pub(super) fn parse(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = digits(&[*y1, *y2, *y3, *y4])?;
    let (month, day) = (digits(&[*m1, *m2])?, digits(&[*d1, *d2])?);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn reads_shows_and_counts() {
        let check = |text: &str, days: Option<i64>| {
            let date = text.parse::<Date>().ok();
            assert_eq!(date.map(Date::days), days, "{text}");
            if let Some(days) = days {
                assert_eq!(Date::from_days(days).map(|date| date.to_string()).as_deref(), Some(text));
            }
        };
        check("1970-01-01", Some(0));
        check("1969-12-31", Some(-1));
        check("2000-02-29", Some(11_016));
        check("0001-01-01", Some(-719_162));
        check("9999-12-31", Some(2_932_896));
        check("2026-02-29", None);
        check("0000-01-01", None);
        check("2026-1-1", None);
    }
}
