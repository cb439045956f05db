//! Plays a case against a server and writes down what it answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use regex::{Captures, Regex};
use serde_json::Value;
use ureq::Agent;
use ureq::http::{Request, Response};

use super::compare::differences;
use super::{Case, Step};

/// All answers of a case, with ids, times and cursors replaced by what is the same in every run.
pub type Transcript = String;

/// Headers that differ between runs or servers without meaning anything to a client.
const UNIMPORTANT: [&str; 4] = ["date", "x-request-id", "content-length", "ratelimit"];

/// Plays a case; what was not as expected fails the test.
pub fn play(case: &Case, base: &str, token: &str) -> Transcript {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let mut player = Player {
        agent,
        base,
        token,
        kept: BTreeMap::from([("token".to_owned(), token.to_owned())]),
        complaints: Vec::new(),
        transcript: String::new(),
    };
    case.steps.iter().for_each(|step| player.step(step));
    assert!(
        player.complaints.is_empty(),
        "case {} against {base}:\n{}",
        case.name,
        player.complaints.join("\n")
    );
    normal(&player.transcript)
}

struct Player<'a> {
    agent: Agent,
    base: &'a str,
    token: &'a str,
    kept: BTreeMap<String, String>,
    complaints: Vec<String>,
    transcript: String,
}

impl Player<'_> {
    fn step(&mut self, step: &Step) {
        let response = self.send(step);
        let (status, headers) = (response.status().as_u16(), headers(&response));
        let bytes =
            response.into_body().read_to_vec().unwrap_or_else(|error| panic!("{}: {error}", step.title));
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let _ = writeln!(self.transcript, "### {}\n{status}", step.title);
        for (name, value) in headers.iter().filter(|(name, _)| !UNIMPORTANT.contains(&name.as_str())) {
            let _ = writeln!(self.transcript, "{name}: {value}");
        }
        let _ = writeln!(self.transcript, "\n{body}\n");
        let before = self.complaints.len();
        self.judge(step, status, &headers, &body);
        if self.complaints.len() > before {
            self.complaints.push(format!("    answered {status} {body}"));
        }
        self.keep(step, &headers, &body);
    }

    fn send(&self, step: &Step) -> Response<ureq::Body> {
        let mut request = Request::builder().method(step.method.as_str()).uri(format!(
            "{}{}",
            self.base,
            self.filled(&step.path)
        ));
        let has = |name: &str| step.headers.iter().any(|(known, _)| known == name);
        if !has("authorization") {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        if !step.body.is_empty() && !has("content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in step.headers.iter().filter(|(_, value)| value != "<none>") {
            request = request.header(name, self.filled(value));
        }
        let body = self.filled(&step.body);
        let sent = match body.is_empty() {
            true => {
                self.agent.run(request.body(()).unwrap_or_else(|error| panic!("{}: {error}", step.title)))
            }
            false => {
                self.agent.run(request.body(body).unwrap_or_else(|error| panic!("{}: {error}", step.title)))
            }
        };
        sent.unwrap_or_else(|error| panic!("{} {}: {error}", step.method, step.path))
    }

    fn judge(&mut self, step: &Step, status: u16, headers: &[(String, String)], body: &str) {
        if status != step.status {
            self.complaints.push(format!("- {}: status {status}, not {}", step.title, step.status));
        }
        for (name, expected) in &step.expected_headers {
            // Several of one name are one list (RFC 9110, section 5.3).
            let values: Vec<&str> =
                headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
            let actual = (!values.is_empty()).then(|| values.join(", "));
            let expected = self.filled(expected);
            let fits = match expected.as_str() {
                "<any>" => actual.is_some(),
                "<none>" => actual.is_none(),
                value => actual.as_deref() == Some(value),
            };
            if !fits {
                self.complaints.push(format!("- {}: {name} is {actual:?}, not {expected}", step.title));
            }
        }
        if let Some(expected) = &step.expected_body {
            let expected = parse(&step.title, &self.filled(expected));
            let actual = serde_json::from_str(body).unwrap_or(Value::Null);
            self.complaints.extend(
                differences(&expected, &actual)
                    .into_iter()
                    .map(|difference| format!("- {}: {difference}", step.title)),
            );
        }
    }

    fn keep(&mut self, step: &Step, headers: &[(String, String)], body: &str) {
        let body: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        for (name, from) in &step.keep {
            let value = match from.strip_prefix('/') {
                Some(_) => body
                    .pointer(from)
                    .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
                None => headers
                    .iter()
                    .find(|(known, _)| *known == from.to_lowercase())
                    .map(|(_, value)| value.clone()),
            };
            match value {
                Some(value) => drop(self.kept.insert(name.clone(), value)),
                None => self.complaints.push(format!("- {}: nothing at {from} to keep", step.title)),
            }
        }
    }

    fn filled(&self, text: &str) -> String {
        self.kept
            .iter()
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
    }
}

fn parse(title: &str, text: &str) -> Value {
    serde_json::from_str(text)
        .unwrap_or_else(|error| panic!("{title}: the expected body is not JSON: {error}\n{text}"))
}

fn headers(response: &Response<ureq::Body>) -> Vec<(String, String)> {
    let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut headers: Vec<_> =
        response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    headers.sort();
    headers
}

/// Ids and the versions that begin at a time by the order of their first appearance, times and cursors by a word.
fn normal(transcript: &str) -> Transcript {
    let uuid = pattern(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    let version = pattern(r#""\d{16}""#);
    let time = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z");
    let cursor = pattern(r#"("next_cursor":\s*"|cursor=)[^"&>]+"#);
    let text = numbered(transcript, &uuid, "id");
    let text = numbered(&text, &version, "version");
    let text = time.replace_all(&text, "<time>");
    cursor.replace_all(&text, "$1<cursor>").into_owned()
}

fn numbered(text: &str, pattern: &Regex, word: &str) -> String {
    let mut seen: Vec<String> = Vec::new();
    let number = |found: &Captures<'_>| {
        let index = seen.iter().position(|known| *known == found[0]).unwrap_or_else(|| {
            seen.push(found[0].to_owned());
            seen.len() - 1
        });
        format!("<{word} {index}>")
    };
    pattern.replace_all(text, number).into_owned()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the harness's patterns are patterns")
}
