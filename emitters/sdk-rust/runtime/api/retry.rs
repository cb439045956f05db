//! When a failed attempt is repeated.

use std::time::{Duration, SystemTime};

use super::{Error, Problem};

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);

/// The time to wait before the next attempt; nothing when another one would not help.
pub(super) fn pause_before(attempt: u32, error: &Error) -> Option<Duration> {
    match error {
        Error::Connection(_) | Error::Timeout(_) => Some(backoff(attempt)),
        Error::Api(problem) if problem.is_retryable() => {
            Some(asked_for(problem).unwrap_or_else(|| backoff(attempt)))
        }
        Error::Api(_) | Error::Decode(_) | Error::Request(_) => None,
    }
}

fn asked_for(problem: &Problem) -> Option<Duration> {
    let header = problem.headers().get(reqwest::header::RETRY_AFTER)?.to_str().ok()?;
    retry_after(header, SystemTime::now())
}

/// Doubles with each attempt; half of it is left to chance, so that clients do not come back all at once.
fn backoff(attempt: u32) -> Duration {
    let longest = LONGEST.min(FIRST * 2_u32.pow(attempt.min(10)));
    let [first, second, ..] = *uuid::Uuid::new_v4().as_bytes();
    let chance = f64::from(u16::from_be_bytes([first, second])) / 65_536.0;
    longest / 2 + (longest / 2).mul_f64(chance)
}

/// Reads the header: it holds seconds or a date.
fn retry_after(header: &str, now: SystemTime) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large is the largest one.
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)));
    }
    let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(header).ok()?;
    Some(SystemTime::from(at).duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_as_long_as_the_server_says() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770);
        let check = |header: &str, seconds: Option<u64>| {
            assert_eq!(retry_after(header, now), seconds.map(Duration::from_secs), "{header:?}");
        };
        check("3", Some(3));
        check(" 0 ", Some(0));
        check("99999999999999999999", Some(u64::MAX));
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(7));
        check("Sun, 06 Nov 1994 08:49:00 GMT", Some(0));
        check("soon", None);
        check("", None);
        check("-1", None);
    }

    #[test]
    fn pauses_grow_to_a_limit() {
        for (attempt, longest) in [(0, 500), (1, 1000), (2, 2000), (4, 8000), (40, 8000)] {
            let (pause, longest) = (backoff(attempt), Duration::from_millis(longest));
            assert!(longest / 2 <= pause && pause <= longest, "{attempt}: {pause:?}");
        }
    }
}
