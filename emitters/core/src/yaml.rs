//! The one place that reads and writes YAML.
//!
//! Reading gives a tree that knows where everything stands and keeps scalars as written, so that `1.10` stays `1.10`
//! and `no` stays `no`; whoever asks for a boolean or a number says so.

use std::fmt;
use std::ops::Range;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_saphyr::{DuplicateKeyPolicy, Spanned};

/// A value of a document and the bytes it covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub kind: NodeKind,
    /// Its place in the text.
    pub span: Range<usize>,
}

/// The kinds of value.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Nothing, `null`, `~`.
    Null,
    /// A scalar: as written where it is plain, without quotes and escapes where it is quoted.
    Scalar(String),
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping, in order; keys are scalars. One that stands twice is there twice.
    Mapping(Vec<(Key, Node)>),
}

/// A key of a mapping and the bytes it covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The key.
    pub text: String,
    /// Its place in the text.
    pub span: Range<usize>,
}

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes.
    pub span: Range<usize>,
}

/// The document as a tree.
///
/// # Errors
/// When the text is not YAML, or holds a key that is no scalar.
pub fn read(text: &str) -> Result<Node, YamlError> {
    // Whoever reads the tree can say of a key where it stands first.
    let options = serde_saphyr::options! { duplicate_keys: DuplicateKeyPolicy::LastWins };
    let raw: Spanned<Raw> =
        serde_saphyr::from_str_with_options(text, options).map_err(|error| describe(text, &error))?;
    Ok(node(text, &raw))
}

/// A part of a document as JSON, typed as YAML 1.2 types it: what is quoted is text. `text` is the whole document.
pub fn json(text: &str, node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar(value)
            if text.get(node.span.clone()).is_some_and(|written| written.trim() == value) =>
        {
            plain(value)
        }
        NodeKind::Scalar(value) => Value::from(value.as_str()),
        NodeKind::Sequence(items) => items.iter().map(|item| json(text, item)).collect(),
        NodeKind::Mapping(entries) => {
            entries.iter().map(|(key, value)| (key.text.clone(), json(text, value))).collect()
        }
    }
}

/// A scalar without quotes.
fn plain(value: &str) -> Value {
    match value {
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => match value.parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::from(value),
        },
    }
}

/// A value as a document.
///
/// # Errors
/// When the value holds what YAML cannot say, such as a mapping with a sequence as key.
pub fn write<T: Serialize>(value: &T) -> Result<String, YamlError> {
    serde_saphyr::to_string(value).map_err(|error| YamlError { message: error.to_string(), span: 0..0 })
}

fn describe(text: &str, error: &serde_saphyr::Error) -> YamlError {
    let span = error.location().map_or(0..0, |location| place(text, location));
    let shown = error.without_snippet().to_string();
    // The library appends the position, which the diagnostic shows better.
    let message = shown.split(" at line ").next().unwrap_or(&shown).lines().next().unwrap_or("").to_owned();
    YamlError { message, span }
}

fn place(text: &str, location: serde_saphyr::Location) -> Range<usize> {
    let span = location.span();
    // Errors of the scanner have a line and a column only.
    let Some(start) = span.byte_offset().filter(|_| span.byte_len() != Some(0)) else {
        return at_line(text, location);
    };
    let start = usize::try_from(start).unwrap_or(text.len()).min(text.len());
    let length = span.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    start..(start + length).min(text.len())
}

fn at_line(text: &str, location: serde_saphyr::Location) -> Range<usize> {
    let [line, column] =
        [location.line(), location.column()].map(|count| usize::try_from(count).unwrap_or(1).max(1) - 1);
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(before..).unwrap_or("");
    let start = before + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    start..start
}

fn node(text: &str, raw: &Spanned<Raw>) -> Node {
    let span = place(text, raw.referenced);
    let kind = match &raw.value {
        Raw::Null => NodeKind::Null,
        Raw::Text(value) => NodeKind::Scalar(value.clone()),
        Raw::Plain(value) => NodeKind::Scalar(text.get(span.clone()).map_or_else(|| value.clone(), written)),
        Raw::Sequence(items) => NodeKind::Sequence(items.iter().map(|item| node(text, item)).collect()),
        Raw::Mapping(entries) => NodeKind::Mapping(
            entries.iter().map(|(key, value)| (self::key(text, key), node(text, value))).collect(),
        ),
    };
    Node { kind, span }
}

fn written(slice: &str) -> String {
    slice.trim().to_owned()
}

fn key(text: &str, raw: &Spanned<String>) -> Key {
    Key { text: raw.value.clone(), span: place(text, raw.referenced) }
}

enum Raw {
    Null,
    Text(String),
    /// A boolean or a number; the text is what it was read as.
    Plain(String),
    Sequence(Vec<Spanned<Raw>>),
    Mapping(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::Sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Mapping(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_stay_as_written_and_know_their_place() {
        let text = "# é\nname: shop\nversion: 1.10\nflag: no\nlist: [1, 'two']\nempty:\n";
        let NodeKind::Mapping(entries) = read(text).unwrap().kind else { panic!("no mapping") };
        let shown: Vec<String> = entries
            .iter()
            .map(|(key, value)| format!("{}={:?}@{}", key.text, value.kind, &text[key.span.clone()]))
            .collect();
        assert_eq!(
            shown,
            [
                "name=Scalar(\"shop\")@name",
                "version=Scalar(\"1.10\")@version",
                "flag=Scalar(\"no\")@flag",
                "list=Sequence([Node { kind: Scalar(\"1\"), span: 46..47 }, Node { kind: Scalar(\"two\"), span: 49..54 }])@list",
                "empty=Null@empty",
            ]
        );
    }

    #[test]
    fn what_is_no_yaml_is_said_with_its_place() {
        let error = read("name: [shop\nversion: 1\n").unwrap_err();
        assert!(error.span.start > 0, "{error:?}");
        let NodeKind::Mapping(entries) = read("name: a\nname: b\n").unwrap().kind else {
            panic!("no mapping")
        };
        assert_eq!(entries.iter().map(|(key, _)| key.span.clone()).collect::<Vec<_>>(), [0..4, 8..12]);
    }

    #[test]
    fn json_has_the_types_of_yaml() {
        let text =
            "a: 1\nb: 1.50\nc: '1'\nd: true\ne: \"no\"\nf: no\ng: [x, {h: }]\ni: |\n  12\nj: -3e2\nk: 0x10\n";
        let made = json(text, &read(text).unwrap());
        let expected = r#"{"a":1,"b":1.5,"c":"1","d":true,"e":"no","f":"no","g":["x",{"h":null}],"i":"12\n","j":-300.0,"k":"0x10"}"#;
        assert_eq!(made.to_string(), expected);
    }
}
