//! What is put into the parts of a request.

use serde_json::Value;

use super::services::{Operation, Request};

/// A request with something in it.
pub struct Attack {
    /// Where it is.
    pub what: String,
    pub bytes: Vec<u8>,
    /// True where the operation's code may be missing.
    pub may_lack_code: bool,
}

impl Attack {
    pub fn new(what: impl Into<String>, request: Request) -> Attack {
        let may_lack_code = request.may_lack_code;
        Attack { what: what.into(), bytes: request.bytes(), may_lack_code }
    }
}

/// Texts that mean something to a database, a shell, a page or a path.
const TEXTS: [&str; 14] = [
    "' OR '1'='1",
    "'; DROP TABLE books; --",
    "\" OR \"\"=\"",
    "1); DELETE FROM authors; --",
    "') UNION SELECT name FROM sqlite_master --",
    "'||(SELECT pg_sleep(9))||'",
    "\\'; --",
    "$1",
    "?1",
    "%' ESCAPE '",
    "../../../etc/passwd",
    "<script>alert(1)</script>",
    "\u{202e}\u{fffe}\u{1f4a9}",
    "{{7*7}}${7*7}#{7*7}",
];

/// What stands in a path or a query as it is.
const ENCODED: [&str; 12] = [
    "%",
    "%z",
    "%zz",
    "%00",
    "a%00b",
    "%ff",
    "%c3%28",
    "%ED%A0%80",
    "%2500",
    "%2e%2e%2f",
    "-1",
    "99999999999999999999",
];

/// JSON that a field may not expect.
const VALUES: [&str; 22] = [
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "-0.0",
    "1e-400",
    "99999999999999999999999999999999999999",
    "0.1000000000000000055511151231257827",
    "\"\"",
    "\"a\\u0000b\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "[]",
    "[[[[[[[[]]]]]]]]",
    "{}",
    "{\"$gt\": \"\"}",
    "{\"__proto__\": {\"a\": 1}}",
    "{\"a\": 1, \"a\": 2}",
    "[null, \"\\u0000\", {}]",
    "\"9223372036854775808\"",
    "\"0001-02-30T25:61:61Z\"",
];

type Make = fn() -> Vec<u8>;

/// Whole bodies, and what they may be answered.
pub const BODIES: [(Make, &[u16]); 14] = [
    (|| b"{".to_vec(), &[400]),
    (|| b"{\"a\":}".to_vec(), &[400]),
    (|| b"{} {}".to_vec(), &[400]),
    (|| b"\0\0\0".to_vec(), &[400]),
    (|| b"{\"a\": \"\xff\xfe\"}".to_vec(), &[400]),
    (|| b"\xef\xbb\xbf{\"a\":".to_vec(), &[400]),
    (|| b"{\"a\": 1, \"a\": 2}".to_vec(), &[400]),
    (|| b"{\"a\": NaN}".to_vec(), &[400]),
    (|| b"{'a': 1}".to_vec(), &[400]),
    (|| [b"[".repeat(100_000), b"]".repeat(100_000)].concat(), &[400]),
    (|| [b"{\"a\":".repeat(100_000), b"1".to_vec(), b"}".repeat(100_000)].concat(), &[400]),
    (|| format!("{{\"a\": {}}}", "9".repeat(100_000)).into_bytes(), &[400, 422]),
    (|| format!("{{\"a\": \"{}\"}}", "x".repeat((1 << 20) + 1)).into_bytes(), &[413]),
    (|| b"[1, 2]".to_vec(), &[422]),
];

/// Tokens that are none: nobody's, signed by nobody, expired, texts.
pub const TOKENS: [&str; 9] = [
    "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZG1pbiIsInNjb3BlIjoicmVhZCB3cml0ZSJ9.",
    "Bearer eyJhbGciOiJOb25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
    "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZG1pbiIsImV4cCI6MX0.c2lnbmF0dXJl",
    "Bearer ' OR '1'='1",
    "Bearer test-token x",
    "Bearer test-toke",
    "Basic YWRtaW46YWRtaW4=",
    "Bearer ",
    "",
];

/// What is no HTTP, or too much of it.
pub const PROTOCOL: [Make; 12] = [
    || b"GET / HTTP/9.9\r\n\r\n".to_vec(),
    || b"'; DROP TABLE books; -- / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
    || b"GET /v1/books\0 HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
    || b"GET /v1/books HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n".to_vec(),
    || b"GET /v1/books HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n".to_vec(),
    || b"POST /v1/authors HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n{}".to_vec(),
    || b"POST /v1/authors HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}".to_vec(),
    || {
        b"POST /v1/authors HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n".to_vec()
    },
    || b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(20),
    || {
        [b"GET /v1/books?q=".to_vec(), b"a".repeat(1 << 20), b" HTTP/1.1\r\nHost: x\r\n\r\n".to_vec()]
            .concat()
    },
    || {
        [b"GET /v1/books HTTP/1.1\r\nHost: x\r\nA: ".to_vec(), b"a".repeat(1 << 20), b"\r\n\r\n".to_vec()]
            .concat()
    },
    || {
        [b"GET /v1/books HTTP/1.1\r\nHost: x\r\n".to_vec(), b"A: b\r\n".repeat(10_000), b"\r\n".to_vec()]
            .concat()
    },
];

/// Every part of an operation's request, with each of the above in it.
pub fn attacks(operation: &Operation) -> Vec<Attack> {
    let mut found = Vec::new();
    let texts: Vec<String> =
        TEXTS.iter().map(|text| encoded(text)).chain(ENCODED.map(str::to_owned)).collect();
    for text in &texts {
        for place in 0..operation.keys() {
            found.push(Attack::new("the path", operation.request().segment(place, text)));
        }
        for name in operation.query.iter().map(String::as_str).chain(["x"]) {
            found.push(Attack::new(format!("?{name}"), operation.request().query(name, text)));
        }
        found.push(Attack::new("a parameter's name", operation.request().query(text, "1")));
    }
    for name in operation.headers.iter().map(String::as_str).chain(["accept", "content-type"]) {
        let wild: [&[u8]; 5] = [b"\xff\xfe", b"\"", b"", b",;,=\"\\\"", &[b'a'; 5000]];
        for value in TEXTS.iter().map(|text| text.as_bytes()).chain(wild) {
            found.push(Attack::new(name, operation.request().header(name, value)));
        }
    }
    if let Some(body) = &operation.body {
        for place in places(body) {
            let values = VALUES.iter().map(|value| (*value).to_owned());
            let texts = TEXTS.iter().map(|text| Value::from(*text).to_string());
            for value in values.chain(texts).chain([format!("\"{}\"", "x".repeat(20_000))]) {
                found.push(Attack::new(
                    place.clone(),
                    operation.request().raw_body(with(body, &place, &value)),
                ));
            }
        }
    }
    found
}

/// The text percent-encoded, whatever it is.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Every place in a body, as a JSON pointer.
fn places(body: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), body)];
    while let Some((at, value)) = open.pop() {
        let members: Vec<(String, &Value)> = match value {
            Value::Object(members) => {
                members.iter().map(|(name, value)| (format!("{at}/{name}"), value)).collect()
            }
            Value::Array(items) => {
                items.iter().enumerate().map(|(place, item)| (format!("{at}/{place}"), item)).collect()
            }
            _ => Vec::new(),
        };
        found.extend(members.iter().map(|(place, _)| place.clone()));
        open.extend(members);
    }
    found
}

/// The body with other JSON, as it is, at a place.
fn with(body: &Value, place: &str, json: &str) -> Vec<u8> {
    const MARK: &str = "\u{1f4cd}";
    let mut body = body.clone();
    if let Some(there) = body.pointer_mut(place) {
        *there = MARK.into();
    }
    body.to_string().replace(&format!("\"{MARK}\""), json).into_bytes()
}
