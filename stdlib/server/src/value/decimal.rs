//! Decimals as JSON, SQLite and the bounds of a schema have them.

use rust_decimal::Decimal;

/// The text in JSON: no exponent, no zeros at the end of the fraction, no minus before zero.
pub(crate) fn decimal_text(value: Decimal) -> String {
    let value = value.normalize();
    if value.is_zero() { "0".to_owned() } else { value.to_string() }
}

/// Reads `-12.50`: digits, a point only between digits, no exponent. `None` for any other text and for more digits than
/// a decimal has.
pub(crate) fn parse_decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let sign = if digits.len() < text.len() { "-" } else { "" };
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let exact = Decimal::from_str_exact(&format!("{sign}0{whole}.{fraction}0")).ok();
    exact
        .or_else(|| Decimal::from_str_exact(&format!("{sign}0{whole}.{fraction}")).ok())
        .map(|d| d.normalize())
}

/// The whole number that SQLite stores: the decimal times ten to the power of the scale. `None` when that is not whole or
/// does not fit.
pub(crate) fn scaled(value: Decimal, scale: u8) -> Option<i64> {
    let value = value.normalize();
    let missing = u32::from(scale).checked_sub(value.scale())?;
    let number = value.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
    i64::try_from(number).ok()
}

/// The decimal that SQLite stored as a whole number.
pub(crate) fn unscaled(number: i64, scale: u8) -> Decimal {
    Decimal::try_from_i128_with_scale(i128::from(number), u32::from(scale)).unwrap_or_default().normalize()
}

#[cfg(test)]
mod tests {
    use super::{decimal_text, parse_decimal, scaled, unscaled};

    #[test]
    fn reads_and_shows() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(parse_decimal(text).map(decimal_text).as_deref(), expected, "{text}");
        };
        check("9.90", Some("9.9"));
        check("-0.00", Some("0"));
        check("0010", Some("10"));
        check("1234567890123456789012345678", Some("1234567890123456789012345678"));
        check("0.0000000000000000000000000001", Some("0.0000000000000000000000000001"));
        check("1.000000000000000000000000000000000000000", Some("1"));
        check("99999999999999999999999999999999999", None);
        check("1e5", None);
        check("+1", None);
        check("1.", None);
        check(".5", None);
        check("", None);
        check("١", None);
    }

    #[test]
    fn scales() {
        let check = |text: &str, scale, expected| {
            let number = scaled(parse_decimal(text).expect("a decimal"), scale);
            assert_eq!(number, expected, "{text}");
            if let Some(number) = number {
                assert_eq!(decimal_text(unscaled(number, scale)), text);
            }
        };
        check("9.99", 2, Some(999));
        check("-10", 2, Some(-1000));
        check("0.001", 2, None);
        check("999999999999999999", 0, Some(999_999_999_999_999_999));
        check("99999999999999999999", 0, None);
    }
}
