//! Signed tokens at the compiled bookstore: PyJWT makes them and a server of its own publishes their keys, so that what is
//! accepted is not what our own code has written.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use atlas9_suite::place::{programs, root};
use atlas9_suite::server::Server;
use atlas9_suite::{postgres, tools};
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use crate::servers::on_sqlite;

#[test]
fn only_tokens_of_the_identity_provider_are_taken() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let provider = Provider::start();
    for database in [on_sqlite(folder.path())(), postgres::database()] {
        let server = Server::start(&mut trusting(&provider, &database));
        let check = |kind: &str, expected: u16| {
            let tokens = provider.said["tokens"][kind].as_object().expect("tokens by name");
            assert!(tokens.len() > 1, "{kind}");
            for (name, token) in tokens {
                let token = token.as_str().expect("a token");
                answers(&server, name, token, expected);
            }
        };
        check("accepted", 200);
        check("without scopes", 403);
        check("refused", 401);
        let good = provider.said["tokens"]["accepted"]["rs256"].as_str().expect("a token");
        let (_, list) = ask(&server, "GET", good);
        assert_eq!(list["items"].as_array().map(Vec::len), Some(0), "a refused token has made an author");
    }
}

/// The status of a read with the token, and that a write with it changes nothing where it is refused.
fn answers(server: &Server, name: &str, token: &str, expected: u16) {
    let (status, body) = ask(server, "GET", token);
    assert_eq!(status, expected, "{name}: {body}");
    if expected == 200 {
        return;
    }
    let (written, problem) = ask(server, "POST", token);
    assert_eq!(written, expected, "{name}: {problem}");
    let code = if expected == 401 { "unauthenticated" } else { "forbidden" };
    for problem in [body, problem] {
        assert_eq!(problem["code"], code, "{name}: {problem}");
        let text = problem.to_string();
        let leaked = ["signature", "kid", "RS256", "expired", "issuer", "audience"];
        assert!(leaked.iter().all(|word| !text.contains(word)), "{name}: {problem}");
        assert!(token.split('.').all(|part| part.len() < 8 || !text.contains(part)), "{name}: {problem}");
    }
}

fn ask(server: &Server, method: &str, token: &str) -> (u16, Value) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let request = Request::builder().method(method).uri(format!("{}/v1/authors", server.url));
    let request =
        request.header("authorization", format!("Bearer {token}")).header("content-type", "application/json");
    let body = if method == "POST" { r#"{"name": "Mallory"}"# } else { "" };
    let mut answer = agent.run(request.body(body).expect("a request")).expect("an answer");
    let text = answer.body_mut().read_to_string().expect("a body");
    let challenge = answer.headers().get("www-authenticate").and_then(|value| value.to_str().ok());
    assert_eq!(challenge.is_some(), matches!(answer.status().as_u16(), 401 | 403), "{challenge:?} {text}");
    (answer.status().as_u16(), serde_json::from_str(&text).expect("JSON"))
}

fn trusting(provider: &Provider, database: &str) -> Command {
    let mut command = Command::new(programs().1);
    command.env("DATABASE_URL", database).env("PORT", "0").env("ATLAS9_RATE_LIMIT", "false");
    command.env("BOOKSTORE_JWKS_URL", provider.said["jwks"].as_str().expect("an address"));
    command.env("BOOKSTORE_ISSUER", "https://id.example.com/");
    command.env("BOOKSTORE_AUDIENCE", "https://api.example.com/");
    command
}

/// The identity provider, which ends with its standard input.
struct Provider {
    child: Child,
    said: Value,
}

impl Provider {
    fn start() -> Provider {
        let mut command = tools::python("python");
        command.arg(root().join("tests/suite/tools/identity_provider.py"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("standard output is piped");
        BufReader::new(out).read_line(&mut line).expect("a line");
        Provider { child, said: serde_json::from_str(&line).expect("JSON") }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
