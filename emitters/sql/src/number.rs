//! Exact decimal text, moved by powers of ten.

use crate::dialect::Dialect;

/// A decimal as a whole number of units of `10^-scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scaled {
    /// The units, rounded towards minus infinity.
    pub(crate) floor: i128,
    /// False when there is a rest above `floor`.
    pub(crate) exact: bool,
}

impl Scaled {
    /// The units, rounded towards plus infinity.
    pub(crate) fn ceiling(self) -> i128 {
        if self.exact { self.floor } else { self.floor + 1 }
    }
}

/// The number in units of `10^-scale`; nothing where the text is no plain decimal or is longer than any type allows.
pub(crate) fn scaled(text: &str, scale: u32) -> Option<Scaled> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || !numeric(whole)
        || !numeric(fraction)
        || (fraction.is_empty() && digits.contains('.'))
    {
        return None;
    }
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(scale as usize).collect();
    let rest = fraction.bytes().skip(scale as usize).any(|byte| byte != b'0');
    let magnitude: i128 = format!("{whole}{kept}").parse().ok()?;
    Some(match (negative, rest) {
        (false, rest) => Scaled { floor: magnitude, exact: !rest },
        (true, false) => Scaled { floor: -magnitude, exact: true },
        (true, true) => Scaled { floor: -magnitude - 1, exact: false },
    })
}

/// How many digits stand behind the point.
pub(crate) fn digits_after_point(text: &str) -> u32 {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    u32::try_from(fraction.len()).unwrap_or(u32::MAX)
}

/// `10^exponent`, where that fits.
pub(crate) fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

/// The number as a literal. Anything that is no plain decimal becomes a text literal, which the database refuses: a
/// number is never a way to write SQL.
pub(crate) fn literal(dialect: Dialect, text: &str) -> String {
    match scaled(text, 0) {
        Some(_) => text.to_owned(),
        None => dialect.text(text).unwrap_or_else(|| "NULL".to_owned()),
    }
}

/// `x` within bounds, both of which may be missing; nothing where there is no bound.
pub(crate) fn within(x: &str, low: Option<&str>, high: Option<&str>, exclusive: bool) -> Option<String> {
    match (low, high) {
        (None, None) => None,
        (Some(low), None) => Some(format!("{x} >= {low}")),
        (None, Some(high)) if exclusive => Some(format!("{x} < {high}")),
        (None, Some(high)) => Some(format!("{x} <= {high}")),
        (Some(low), Some(high)) if exclusive => Some(format!("{x} >= {low} AND {x} < {high}")),
        (Some(low), Some(high)) if low == high => Some(format!("{x} = {low}")),
        (Some(low), Some(high)) => Some(format!("{x} BETWEEN {low} AND {high}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_become_units() {
        let check = |text: &str, scale: u32, expected: Option<(i128, bool)>| {
            assert_eq!(scaled(text, scale).map(|units| (units.floor, units.exact)), expected, "{text}");
        };
        check("9.99", 2, Some((999, true)));
        check("-0.5", 2, Some((-50, true)));
        check("1.005", 2, Some((100, false)));
        check("-1.005", 2, Some((-101, false)));
        check("7", 0, Some((7, true)));
        for bad in ["", "-", ".5", "5.", "1e3", "1; DROP TABLE books", "--1"] {
            check(bad, 2, None);
        }
    }
}
