//! Calls of an operation as people write them: with curl, and with the SDK of each language.
//!
//! A language is added here, and nowhere else: a variant, its word in the two lists, its row, and the module that writes its calls.

mod curl;
pub mod go;
pub mod python;
pub mod rust;
pub mod typescript;

use atlas9_ir::{Ir, Operation, Resource, ResourceId};

use crate::requests::Request;

/// A language that calls are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The command line.
    Curl,
    /// The SDK that `sdk-typescript` makes.
    TypeScript,
    /// The SDK that `sdk-python` makes.
    Python,
    /// The SDK that `sdk-go` makes.
    Go,
    /// The SDK that `sdk-rust` makes.
    Rust,
}

/// What is known of a language.
struct Row {
    word: &'static str,
    name: &'static str,
    fence: &'static str,
    writer: for<'a> fn(&'a Ir) -> Box<dyn CallWriter + 'a>,
}

impl Language {
    /// All of them, in the order in which they are shown.
    pub const ALL: &'static [Language] =
        &[Language::Curl, Language::TypeScript, Language::Python, Language::Go, Language::Rust];

    /// Their names in `atlas.yaml`, in the same order.
    pub const WORDS: &'static [&'static str] = &["curl", "typescript", "python", "go", "rust"];

    /// All their names, as `atlas.yaml` would list them.
    pub const LISTED: &'static str = "curl, typescript, python, go, rust";

    fn row(self) -> Row {
        match self {
            Language::Curl => {
                Row { word: "curl", name: "curl", fence: "sh", writer: |_| Box::new(curl::Calls) }
            }
            Language::TypeScript => Row {
                word: "typescript",
                name: "TypeScript",
                fence: "ts",
                writer: |ir| Box::new(typescript::Calls(ir)),
            },
            Language::Python => Row {
                word: "python",
                name: "Python",
                fence: "python",
                writer: |ir| Box::new(python::Calls(ir)),
            },
            Language::Go => {
                Row { word: "go", name: "Go", fence: "go", writer: |ir| Box::new(go::Calls::new(ir)) }
            }
            Language::Rust => {
                Row { word: "rust", name: "Rust", fence: "rust", writer: |ir| Box::new(rust::Calls::new(ir)) }
            }
        }
    }

    /// Its name in `atlas.yaml`.
    pub fn word(self) -> &'static str {
        self.row().word
    }

    /// Its name, for people.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What a fenced block of Markdown calls it.
    pub fn fence(self) -> &'static str {
        self.row().fence
    }

    /// What writes the calls of a model. Made once for all of them: some languages look at the whole model to name its parts.
    pub fn writer<'a>(self, ir: &'a Ir) -> Box<dyn CallWriter + 'a> {
        (self.row().writer)(ir)
    }
}

/// Writes the calls of one model in one language.
pub trait CallWriter {
    /// How a client is made; nothing where a call stands by itself.
    fn client(&self) -> Option<String>;

    /// The call of an operation, without a line break at its end.
    fn call(&self, call: &Call<'_>) -> String;
}

/// What is called, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The model.
    pub ir: &'a Ir,
    /// Where the service is, without its base path: `https://api.books.net`.
    pub server: &'a str,
    /// The resource that offers the operation.
    pub owner: Option<ResourceId>,
    /// The operation.
    pub operation: &'a Operation,
    /// What it is given.
    pub request: &'a Request<'a>,
}

impl<'a> Call<'a> {
    /// The resource that offers the operation.
    pub fn resource(&self) -> Option<&'a Resource> {
        self.owner.map(|id| &self.ir.resources[id])
    }
}

/// The path with the values of a request, percent-encoded (RFC 3986), and its query.
pub fn target(call: &Call<'_>) -> String {
    let mut values = call.request.path.iter();
    let segments = call.operation.path.split('/').map(|part| match part.starts_with('{') {
        true => values.next().map_or_else(String::new, |given| encoded(&given.texts().concat())),
        false => part.to_owned(),
    });
    let path = segments.collect::<Vec<_>>().join("/");
    let query = call.request.query.iter().flat_map(|given| {
        given.texts().into_iter().map(|text| format!("{}={}", encoded(&given.name), encoded(&text)))
    });
    let query = query.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{path}{mark}{query}", call.ir.service.base_path)
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_listed() {
        let words: Vec<&str> = Language::ALL.iter().map(|language| language.word()).collect();
        assert_eq!(words, Language::WORDS);
        assert_eq!(words.join(", "), Language::LISTED);
    }
}
