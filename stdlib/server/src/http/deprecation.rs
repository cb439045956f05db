//! What a request used that is on its way out: announced to whoever asked, and counted.

use atlas9_descriptor::Deprecation;

use super::reply::Reply;
use crate::uses::Use;
use crate::value::{Date, Timestamp};

const DAY_SECONDS: i64 = 86_400;

/// Adds `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), of several things the earliest, and where to read about it: the OpenAPI
/// document, where the server has one.
///
/// A thing of which the schema does not say since which day has no `Deprecation`: a made-up date is worse than none.
pub(crate) fn announce(reply: &mut Reply, uses: &[Use], documented: bool) {
    if uses.is_empty() {
        return;
    }
    let earliest = |day: fn(&Deprecation) -> Option<&'static str>| {
        uses.iter().filter_map(|one| day(&one.deprecation)?.parse::<Date>().ok()).min_by_key(|day| day.days())
    };
    if let Some(day) = earliest(|deprecation| deprecation.on) {
        reply.header("deprecation", &format!("@{}", day.days() * DAY_SECONDS));
    }
    let sunset = earliest(|deprecation| deprecation.sunset);
    if let Some(day) = sunset {
        reply.header("sunset", &http_date(day));
    }
    if documented {
        reply.header("link", &link("deprecation"));
    }
    if documented && sunset.is_some() {
        reply.header("link", &link("sunset"));
    }
}

/// True once the last day has passed on which clients could count on it.
pub(crate) fn is_gone(deprecation: &Deprecation, now: Timestamp) -> bool {
    let sunset = deprecation.sunset.and_then(|day| day.parse::<Date>().ok());
    sunset.is_some_and(|day| now.micros().div_euclid(1_000_000 * DAY_SECONDS) > day.days())
}

/// From the root of where the service is, like the paths of the document itself.
fn link(relation: &str) -> String {
    format!("</openapi.json>; rel=\"{relation}\"; type=\"application/json\"")
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
