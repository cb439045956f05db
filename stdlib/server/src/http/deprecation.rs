//! What answers of an operation say that is on its way out.

use atlas9_descriptor::Deprecation;

use super::reply::Reply;
use crate::value::Date;

/// Adds `Sunset` (RFC 8594), and where to read about it: the OpenAPI document, where the server has one.
///
/// `Deprecation` (RFC 9745) is left out. Its value is the date since when, and the schema says since which version: when that
/// was released nobody here knows, and a made-up date is worse than none.
pub(crate) fn announce(reply: &mut Reply, deprecation: &Deprecation, documented: bool) {
    let sunset = deprecation.sunset.and_then(|sunset| sunset.parse::<Date>().ok());
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
