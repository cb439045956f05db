//! Calls of an operation as people write them: with curl, and with the SDK of each language.
//!
//! A language is added here: a variant, and the module that writes its calls.

mod curl;
pub mod go;
pub mod typescript;

use atlas9_ir::{Ir, Operation, Resource};

use crate::requests::Request;

/// A language that calls are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The command line.
    Curl,
    /// The SDK that `sdk-typescript` makes.
    TypeScript,
}

impl Language {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Language; 2] = [Language::Curl, Language::TypeScript];

    /// Its name in `atlas.yaml`.
    pub fn word(self) -> &'static str {
        match self {
            Language::Curl => "curl",
            Language::TypeScript => "typescript",
        }
    }

    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Language::Curl => "curl",
            Language::TypeScript => "TypeScript",
        }
    }

    /// What a fenced block of Markdown calls it.
    pub fn fence(self) -> &'static str {
        match self {
            Language::Curl => "sh",
            Language::TypeScript => "ts",
        }
    }

    /// The call of an operation, without a line break at its end.
    pub fn call(self, call: &Call<'_>) -> String {
        match self {
            Language::Curl => curl::call(call),
            Language::TypeScript => typescript::call(call),
        }
    }
}

/// What is called, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The model.
    pub ir: &'a Ir,
    /// Where the service is, without its base path: `https://api.books.net`.
    pub server: &'a str,
    /// The resource that offers the operation.
    pub resource: Option<&'a Resource>,
    /// The operation.
    pub operation: &'a Operation,
    /// What it is given.
    pub request: &'a Request<'a>,
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
