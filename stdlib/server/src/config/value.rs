//! Texts to values and back.

use std::time::Duration;

/// `65536`, `64KiB`, `1MiB`, `1GiB`.
pub(super) fn size(text: &str) -> Option<usize> {
    const UNITS: [(&str, u32); 3] = [("KiB", 10), ("MiB", 20), ("GiB", 30)];
    let unit = UNITS.iter().find_map(|(unit, bits)| Some((text.strip_suffix(unit)?, *bits)));
    let (digits, bits) = unit.unwrap_or((text, 0));
    number(digits)?.checked_mul(1 << bits).and_then(|bytes| usize::try_from(bytes).ok())
}

/// `500ms`, `30s`, `5m`, `24h`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    const UNITS: [(&str, u64); 4] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];
    let (digits, unit) = UNITS.iter().find_map(|(unit, millis)| Some((text.strip_suffix(unit)?, *millis)))?;
    number(digits)?.checked_mul(unit).map(Duration::from_millis)
}

pub(super) fn truth(text: &str) -> Option<bool> {
    text.parse().ok()
}

/// The form that [`duration`] reads.
pub(super) fn shown_duration(time: Duration) -> String {
    match time.as_millis() {
        millis if millis % 1000 != 0 => format!("{millis}ms"),
        millis if millis % 3_600_000 == 0 && millis > 0 => format!("{}h", millis / 3_600_000),
        millis => format!("{}s", millis / 1000),
    }
}

/// A sign is none.
fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{duration, shown_duration, size};

    #[test]
    fn reads_sizes_and_times() {
        let sizes = [
            ("0", Some(0)),
            ("64KiB", Some(65536)),
            ("1MiB", Some(1 << 20)),
            ("1 MiB", None),
            ("-1", None),
            ("1kb", None),
        ];
        for (text, expected) in sizes {
            assert_eq!(size(text), expected, "{text}");
        }
        for text in ["0s", "500ms", "30s", "24h"] {
            assert_eq!(duration(text).map(shown_duration).as_deref(), Some(text));
        }
        assert_eq!(duration("5m").map(shown_duration).as_deref(), Some("300s"));
        for text in ["30", "s", "1.5s", "-1s", "99999999999999999999h", ""] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
