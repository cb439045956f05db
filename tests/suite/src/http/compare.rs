//! Whether an answer is what was expected.

use serde_json::Value;

/// What differs, each with its place; empty when `actual` has all that `expected` asks for.
pub fn differences(expected: &Value, actual: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", expected, actual, &mut found);
    found
}

fn compare(at: &str, expected: &Value, actual: &Value, found: &mut Vec<String>) {
    match (expected, actual) {
        (Value::String(any), actual) if any == "<any>" && !actual.is_null() => {}
        (Value::Object(expected), Value::Object(actual)) => {
            for (key, value) in expected {
                match actual.get(key) {
                    Some(there) if value == "<none>" => found.push(format!("{at}/{key} is {there}")),
                    None if value == "<none>" => {}
                    Some(there) => compare(&format!("{at}/{key}"), value, there, found),
                    None => found.push(format!("{at}/{key} is missing")),
                }
            }
        }
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
            for (index, (value, there)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{at}/{index}"), value, there, found);
            }
        }
        _ if expected == actual => {}
        _ => found.push(format!("{at} is {actual}, not {expected}")),
    }
}
