//! JSON as it is read; and as it is sent: keys sorted, whole numbers without a fraction, so that one call has the same bytes whoever
//! makes it.

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Deserializer, Error, Number, Value};

use super::finite::Finite;

/// The greatest whole number that every reader of JSON keeps, 2^53 - 1.
const GREATEST: f64 = 9_007_199_254_740_991.0;

/// What a body says; an empty one says null. An error names the place of what cannot be read.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    match body {
        [] => serde_json::from_slice(b"null").map_err(|_| Error::custom("it is empty")),
        _ => serde_json::from_slice(body).map_err(|why| located::<T>(body, why)),
    }
}

/// The same error with the place. To note places while reading takes time, which is only spent where there is an error.
fn located<T: DeserializeOwned>(body: &[u8], why: Error) -> Error {
    match serde_path_to_error::deserialize::<_, T>(&mut Deserializer::from_slice(body)) {
        Err(found) => Error::custom(found),
        Ok(_) => why,
    }
}

/// A value as it stands in JSON.
pub(super) fn value(given: impl Serialize) -> Result<Value, Error> {
    given.serialize(Finite)?;
    let mut value = serde_json::to_value(given)?;
    whole(&mut value);
    Ok(value)
}

/// The bytes of a body.
pub(super) fn bytes(mut body: Value) -> Vec<u8> {
    // Other crates may have told serde_json to keep the order of insertion.
    body.sort_all_objects();
    body.to_string().into_bytes()
}

/// A value as it stands in a path, a query or a header; items of a list with commas between.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

fn whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number
                .as_f64()
                .filter(|float| number.is_f64() && float.fract() == 0.0 && float.abs() <= GREATEST);
            if let Some(Ok(digits)) = float.map(|float| format!("{:.0}", float + 0.0).parse::<i64>()) {
                *number = Number::from(digits);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole),
        Value::Object(members) => members.values_mut().for_each(whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn numbers_that_json_does_not_have_are_refused() {
        assert_eq!(value(Some(1.5)).ok(), Some(Value::from(1.5)));
        assert_eq!(
            value(BTreeMap::from([("a", [Some(2.0), None])])).ok().map(bytes),
            Some(br#"{"a":[2,null]}"#.to_vec())
        );
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(value(number).is_err(), "{number}");
            assert!(value(BTreeMap::from([("a", [Some(number)])])).is_err(), "{number}");
        }
    }

    #[test]
    fn errors_name_the_place() {
        type Read = Vec<BTreeMap<String, u8>>;
        let check = |body: &str, expected: &str| {
            let why = read::<Read>(body.as_bytes()).map_err(|why| why.to_string());
            assert!(why.as_ref().is_err_and(|why| why.starts_with(expected)), "{body}: {why:?}");
        };
        check(r#"[{}, {"a": 1, "b": "x"}]"#, "[1].b: invalid type");
        check("", "it is empty");
        check("null", "invalid type: null");
        check("[] []", "trailing characters");
        assert_eq!(read::<Option<Read>>(b"").ok(), Some(None));
    }
}
