//! JSON as it came in: members in their order, none of them twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A JSON text, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Int(i64),
    /// A number with a fraction or an exponent, or a whole one beyond 64 bits.
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a JSON text. Nesting is limited to 128 levels.
    ///
    /// # Errors
    /// A sentence with line and column.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Json, String> {
        serde_json::from_slice(bytes).map_err(|error| error.to_string())
    }

    /// What it is called in messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "a boolean",
            Json::Int(_) | Json::Float(_) => "a number",
            Json::Text(_) => "a string",
            Json::List(_) => "an array",
            Json::Object(_) => "an object",
        }
    }

    /// The same in the form of free JSON. There is no negative zero: not every database keeps it.
    pub(crate) fn into_free(self) -> serde_json::Value {
        match self {
            Json::Null => serde_json::Value::Null,
            Json::Bool(value) => value.into(),
            Json::Int(value) => value.into(),
            Json::Float(value) => (value + 0.0).into(),
            Json::Text(value) => value.into(),
            Json::List(items) => items.into_iter().map(Json::into_free).collect(),
            Json::Object(members) => {
                members.into_iter().map(|(name, value)| (name, value.into_free())).collect()
            }
        }
    }

    /// True when a string in it, or a member's name, has the character U+0000, which PostgreSQL cannot store.
    pub(crate) fn has_nul(&self) -> bool {
        match self {
            Json::Text(text) => text.contains('\0'),
            Json::List(items) => items.iter().any(Json::has_nul),
            Json::Object(members) => {
                members.iter().any(|(name, value)| name.contains('\0') || value.has_nul())
            }
            Json::Null | Json::Bool(_) | Json::Int(_) | Json::Float(_) => false,
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(i64::try_from(value).map_or_else(|_| Json::Float(approximate(value)), Json::Int))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut members: Vec<(String, Json)> = Vec::new();
        let mut names = std::collections::HashSet::new();
        while let Some(name) = access.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("the member {name:?} stands there twice")));
            }
            members.push((name, access.next_value()?));
        }
        Ok(Json::Object(members))
    }
}

/// Beyond 63 bits a whole number is out of every range; what remains to be known is only that it is large.
#[expect(
    clippy::cast_precision_loss,
    reason = "the number is out of every range whatever its last digits are"
)]
fn approximate(value: u64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn reads_or_refuses() {
        let check = |text: &[u8], expected: Option<Json>| assert_eq!(Json::parse(text).ok(), expected);
        check(
            b"[1, -2.5, \"a\"]",
            Some(Json::List(vec![Json::Int(1), Json::Float(-2.5), Json::Text("a".into())])),
        );
        check(b"{\"a\": 1, \"a\": 2}", None);
        check(b"{\"a\": {\"b\": 1, \"b\": 2}}", None);
        check(b"\"\\ud800\"", None);
        check(b"\"\xff\"", None);
        check(b"1e400", None);
        check(b"[1] 2", None);
        check("[".repeat(200).as_bytes(), None);
        check(b"18446744073709551615", Some(Json::Float(18_446_744_073_709_551_615.0)));
    }
}
