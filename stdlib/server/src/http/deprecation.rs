//! What answers of an operation say that is on its way out.

use atlas9_descriptor::Deprecation;

use super::reply::Reply;
use crate::value::Date;

/// Adds `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and where to read about it.
pub(crate) fn announce(reply: &mut Reply, deprecation: &Deprecation) {
    // The schema says since which version, not since when; the header must have a date, and one that has passed says that
    // the deprecation holds.
    let since = deprecation.since.and_then(|since| since.parse::<Date>().ok()).map_or(0, Date::days);
    reply.header("deprecation", &format!("@{}", since * 86_400));
    if let Some(day) = deprecation.sunset.and_then(|sunset| sunset.parse::<Date>().ok()) {
        reply.header("sunset", &http_date(day));
    }
    reply.header("link", "</openapi.json>; rel=\"deprecation\"; type=\"application/json\"");
}

/// The beginning of a day in the form of RFC 9110, section 5.6.7.
fn http_date(day: Date) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let weekday = usize::try_from(day.days().rem_euclid(7)).ok().and_then(|index| DAYS.get(index));
    let month = usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index));
    let (weekday, month) = (weekday.unwrap_or(&""), month.unwrap_or(&""));
    format!("{weekday}, {:02} {month} {:04} 00:00:00 GMT", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::http_date;
    use crate::value::Date;

    #[test]
    fn shows_dates() {
        let check =
            |day: &str, expected| assert_eq!(http_date(day.parse::<Date>().expect("a day")), expected);
        check("2027-06-01", "Tue, 01 Jun 2027 00:00:00 GMT");
        check("1969-12-31", "Wed, 31 Dec 1969 00:00:00 GMT");
    }
}
