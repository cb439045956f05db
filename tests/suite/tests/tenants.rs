//! The third service: two tenants with the same data, of whom neither learns that the other one is there. PostgreSQL is asked by an
//! ordinary role, which row security binds.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use atlas9_suite::place::{atlas9, root, tenants};
use atlas9_suite::postgres::{database_of_ordinary_role, psql};
use atlas9_suite::server::{Server, TOKEN};
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

use crate::servers::{audit_and_events, compare, on_sqlite};

const A: &str = "0a000000-0000-7000-8000-00000000000a";
const B: &str = "0b000000-0000-7000-8000-00000000000b";
const OF_B: &str = "of-b";

/// What belongs to no tenant.
const SHARED: [&str; 2] = ["countries", "tiers"];

#[test]
fn both_servers_answer_alike_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    compare(&cases(), serve, compiled, on_sqlite(folder.path()), audit_and_events);
}

#[test]
fn both_servers_answer_alike_on_postgres() {
    compare(&cases(), serve, compiled, database_of_ordinary_role, audit_and_events);
}

#[test]
fn no_operation_reaches_another_tenant() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut sqlite = on_sqlite(folder.path());
    for server in [serve(&sqlite()), compiled(&sqlite()), serve(&database_of_ordinary_role())] {
        apart(&server);
    }
}

#[test]
fn whoever_has_no_tenant_has_no_rows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = compiled(&on_sqlite(folder.path())());
    let nobody = Caller { url: &server.url, token: "of-nobody" };
    for operation in
        operations(&server).iter().filter(|operation| !SHARED.contains(&operation.resource.as_str()))
    {
        let path = operation.path_with(&BTreeMap::new());
        let (status, answer) = nobody.send(&operation.method, &path, &json!({}));
        assert_eq!((status, &answer["code"]), (403, &json!("tenant_required")), "{operation:?}");
        assert!(answer["remedy"].is_string(), "{answer}");
    }
    assert_eq!(nobody.send("GET", "/v1/countries", &Value::Null).0, 200, "what is shared is for everybody");
}

/// The deliberate mistake: SQL that names no tenant.
#[test]
fn row_security_stands_behind() {
    let url = database_of_ordinary_role();
    let server = compiled(&url);
    let (a, b) = (Caller { url: &server.url, token: TOKEN }, Caller { url: &server.url, token: OF_B });
    a.seed("DE");
    let (status, seen) = b.send("GET", "/v1/contacts/unguarded", &Value::Null);
    assert_eq!((status, &seen["rows"]), (200, &json!(0)), "the rows of the first tenant are not there");
    assert_eq!(a.send("GET", "/v1/contacts/unguarded", &Value::Null).1["rows"], json!(2));
    let count = "SELECT count(*) FROM contacts";
    assert_eq!(psql(&url, count).trim(), "0", "closed without a setting");
    let other = format!("SET atlas9.tenant = '{B}'; {count}");
    assert_eq!(psql(&url, &other).trim(), "0");
    let own = format!("SET atlas9.tenant = '{A}'; {count}");
    assert_eq!(psql(&url, &own).trim(), "2");
    let every = format!("SET atlas9.every_tenant = 'on'; {count}");
    assert_eq!(psql(&url, &every).trim(), "2");
}

/// Sends every operation that the service documents with whatever leads to the first tenant's rows as the second tenant, and the same
/// with what leads nowhere: the answers have to be the same, and the first tenant's rows as they were.
fn apart(server: &Server) {
    let (a, b) = (Caller { url: &server.url, token: TOKEN }, Caller { url: &server.url, token: OF_B });
    let foreign = a.seed("DE");
    let own = b.seed("DE");
    let operations = operations(server);
    let before = a.everything(&operations, &foreign);
    assert!(before.len() > 8, "{before:?}");
    let nothing: BTreeMap<String, String> = foreign
        .iter()
        .map(|(name, key)| {
            (name.clone(), if key.len() == 36 { NOBODY.to_owned() } else { "nobody".to_owned() })
        })
        .collect();
    for operation in operations.iter().filter(|operation| !SHARED.contains(&operation.resource.as_str())) {
        for body in operation.bodies(&own) {
            // Paths with the other's keys, then references to them from the own rows.
            let (theirs, none) = (operation.path_with(&foreign), operation.path_with(&nothing));
            let chosen = theirs.contains("hot");
            if theirs != none && !chosen {
                same(&b, operation, (&theirs, &body), (&none, &body), &foreign);
            }
            let mine = operation.path_with(&own);
            for reference in ["manager_id", "buyer_id", "about", "first"] {
                let with = |key: &str| replaced(&body, reference, json!(key));
                if let (Some(one), Some(other)) = (with(&foreign["contact_id"]), with(NOBODY)) {
                    same(&b, operation, (&mine, &one), (&mine, &other), &foreign);
                }
            }
            for list in ["friend_ids", "owners"] {
                let with = |key: &str| replaced(&body, list, json!([key]));
                if let (Some(one), Some(other)) = (with(&foreign["contact_id"]), with(NOBODY)) {
                    same(&b, operation, (&mine, &one), (&mine, &other), &foreign);
                }
            }
        }
        for parameter in &operation.query {
            for key in foreign.values().filter(|key| key.len() == 36) {
                let path = |key: &str| format!("{}?{parameter}={key}", operation.path_with(&own));
                same(&b, operation, (&path(key), &Value::Null), (&path(NOBODY), &Value::Null), &foreign);
            }
        }
    }
    assert_eq!(a.everything(&operations, &foreign), before, "the first tenant's rows are as they were");
}

/// A key that leads nowhere.
const NOBODY: &str = "0f000000-0000-7000-8000-00000000000f";

fn same(
    b: &Caller<'_>,
    operation: &Operation,
    (foreign, body): (&str, &Value),
    (nowhere, other): (&str, &Value),
    keys: &BTreeMap<String, String>,
) {
    let told = |(status, answer): (u16, Value)| {
        let mut text = answer.to_string();
        assert!(!text.contains(A), "{operation:?} tells the first tenant: {text}");
        for key in keys.values().filter(|key| key.len() == 36) {
            text = text.replace(key, NOBODY);
        }
        (status, text)
    };
    let (one, two) =
        (told(b.send(&operation.method, foreign, body)), told(b.send(&operation.method, nowhere, other)));
    assert_eq!(one, two, "{operation:?}: {foreign} (left) is not like {nowhere} (right)");
    if operation.method == "GET" {
        assert!(one.0 < 500, "{one:?}");
    } else {
        assert!((400..500).contains(&one.0), "{operation:?} {foreign} {body}: {one:?}");
    }
}

/// The body with another value for a member that it has.
fn replaced(body: &Value, name: &str, value: Value) -> Option<Value> {
    let mut body = body.clone();
    *body.get_mut(name)? = value;
    Some(body)
}

/// An operation as the service's own OpenAPI document tells of it.
#[derive(Debug)]
struct Operation {
    method: String,
    path: String,
    /// The first segment of the path.
    resource: String,
    /// Filters and references that can be embedded.
    query: Vec<String>,
}

/// Every operation; one of a new kind is among them by itself.
fn operations(server: &Server) -> Vec<Operation> {
    let (_, document) = Caller { url: &server.url, token: TOKEN }.send("GET", "/openapi.json", &Value::Null);
    let paths = document["paths"].as_object().expect("paths");
    let mut found = Vec::new();
    for (path, item) in paths {
        let path = if path.starts_with("/v1") { path.clone() } else { format!("/v1{path}") };
        let resource = path.split('/').nth(2).unwrap_or_default().to_owned();
        for (method, operation) in item.as_object().expect("operations") {
            if !["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                continue;
            }
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let query = parameters
                .iter()
                .filter(|parameter| parameter["in"] == "query")
                .filter_map(|parameter| Some(parameter["name"].as_str()?.to_owned()))
                .collect();
            found.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                resource: resource.clone(),
                query,
            });
        }
    }
    assert!(found.len() > 25, "{found:?}");
    found
}

impl Operation {
    /// The path with these keys, and where there is none with one that leads nowhere.
    fn path_with(&self, keys: &BTreeMap<String, String>) -> String {
        let mut above = "";
        let parts: Vec<&str> = self
            .path
            .split('/')
            .map(|part| {
                let Some(name) = part.strip_prefix('{') else {
                    above = part;
                    return part;
                };
                let name = name.trim_end_matches('}');
                let own = format!("{}_{name}", above.trim_end_matches('s'));
                keys.get(name).or_else(|| keys.get(&own)).map_or(NOBODY, String::as_str)
            })
            .collect();
        parts.join("/")
    }

    /// What such a request may carry.
    fn bodies(&self, own: &BTreeMap<String, String>) -> Vec<Value> {
        let key = |name: &str| own.get(name).cloned().unwrap_or_default();
        if matches!(self.method.as_str(), "GET" | "DELETE") {
            return vec![Value::Null];
        }
        let known = match self
            .path
            .split('/')
            .skip(2)
            .filter(|part| !part.starts_with('{'))
            .collect::<Vec<_>>()[..]
        {
            ["contacts"] => json!({
                "email": format!("x{}@example.com", key("contact_id").len()), "name": "Xen", "country_id": "DE",
                "manager_id": key("contact_id"), "friend_ids": [key("contact_id")]
            }),
            ["contacts", "notes"] => json!({"text": "Hello.", "about": key("contact_id")}),
            ["deals"] => json!({"label_id": "hot", "buyer_id": key("contact_id"), "title": "Ten"}),
            ["labels"] => json!({"colour": "green"}),
            ["settings"] => json!({"logo": null, "owners": [key("contact_id")], "first": key("contact_id")}),
            _ => return vec![json!({})],
        };
        vec![known, json!({})]
    }
}

struct Caller<'s> {
    url: &'s str,
    token: &'s str,
}

impl Caller<'_> {
    /// The status and the JSON of an answer, without what differs from request to request.
    fn send(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
        let ty = if method == "PATCH" { "application/merge-patch+json" } else { "application/json" };
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {}", self.token))
            .header("idempotency-key", format!("{method}{path}{body}").len().to_string());
        let answer = match body {
            Value::Null => agent.run(request.body(()).expect("a request")),
            body => agent.run(request.header("content-type", ty).body(body.to_string()).expect("a request")),
        };
        let answer = answer.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.into_body().read_to_string().expect("text");
        let mut json: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if let Some(object) = json.as_object_mut() {
            object.remove("instance");
        }
        (status, json)
    }

    fn make(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.send("POST", path, body);
        assert!(status == 201 || (status == 409 && path == "/v1/countries"), "{path}: {status} {answer}");
        answer
    }

    /// Makes the same rows for each tenant; their keys by the names of paths.
    fn seed(&self, country: &str) -> BTreeMap<String, String> {
        self.make("/v1/countries", &json!({"code": country}));
        let text = |answer: &Value| answer["id"].as_str().expect("an id").to_owned();
        let contact = |email: &str, name: &str, of: &[String]| json!({"email": email, "name": name, "country_id": country, "manager_id": of.first(), "friend_ids": of});
        let ada = text(&self.make("/v1/contacts", &contact("ada@example.com", "Ada", &[])));
        self.make("/v1/contacts", &contact("bea@example.com", "Bea", std::slice::from_ref(&ada)));
        let note =
            text(&self.make(&format!("/v1/contacts/{ada}/notes"), &json!({"text": "Hello.", "about": ada})));
        self.make("/v1/labels", &json!({"name": "hot", "colour": "red"}));
        let deal = json!({"label_id": "hot", "buyer_id": ada, "title": "Ten"});
        let deal = text(&self.make("/v1/deals", &deal));
        let settings = json!({"logo": "a.png", "owners": [ada], "first": ada});
        assert_eq!(self.send("PUT", "/v1/settings", &settings).0, 200);
        let keys = [
            ("code", country.to_owned()),
            ("contact_id", ada),
            ("note_id", note),
            ("deal_id", deal),
            ("label_name", "hot".to_owned()),
        ];
        keys.into_iter().map(|(name, key)| (name.to_owned(), key)).collect()
    }

    /// All that the caller can read.
    fn everything(&self, operations: &[Operation], keys: &BTreeMap<String, String>) -> Vec<(String, Value)> {
        let reads = operations.iter().filter(|operation| operation.method == "GET");
        let reads = reads.filter(|operation| !operation.path.ends_with("unguarded"));
        reads
            .map(|operation| {
                let path = operation.path_with(keys);
                let (status, answer) = self.send("GET", &path, &Value::Null);
                assert!(status == 200, "{path}: {answer}");
                (path, answer)
            })
            .collect()
    }
}

fn cases() -> PathBuf {
    root().join("tests/run/http/tenants")
}

fn serve(database: &str) -> Server {
    let (a, b) = (format!("{TOKEN}={A}"), format!("{OF_B}={B}"));
    Server::start(
        atlas9()
            .args(["serve", "--port", "0", "--no-reload", "--dev-token", &a, "--dev-token", &b])
            .args(["--database", database])
            .arg("tests/run/tenants"),
    )
}

fn compiled(database: &str) -> Server {
    Server::start(
        Command::new(tenants())
            .env("DATABASE_URL", database)
            .env("CRM_TOKENS", format!("{TOKEN}={A},{OF_B}={B}"))
            .env("PORT", "0")
            .current_dir(root()),
    )
}
