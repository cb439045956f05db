//! Fields that need a scope: who lacks it neither sees nor writes them, nor finds out what they hold.

use atlas9_server::descriptor::{
    Access, Action, Answered, Assigned, Auth, ErrorType, Field, Fields, List, Literal, Method, Migration,
    Operation, OperationKind, Paging, Raise, Resource, Retry, Returns, Scalar, Service, Store as Kept,
    Structure, Target, Transition, Type,
};
use atlas9_server::{
    App, BoxFuture, Cx, Handler, Output, Principal, Problem, Record, Store, default, handler,
};
use serde_json::{Value, json};

use crate::fixtures::{self, RESOURCE};
use crate::harness::{Api, Call, Reply, call, databases};

const COSTS: &[&str] = &["costs"];
const WORD: Type = Type::string(0, 40);
const NUMBER: Type = Type::Scalar(Scalar::Int32 { min: 0, max: 9999 });

static TERMS: Structure = Structure {
    name: "Terms",
    fields: Fields::of(&[Field::new("days", NUMBER), Field::new("rate", NUMBER).optional().requires(COSTS)]),
    rules: &[],
};

static SECRETIVE: ErrorType = ErrorType {
    code: "not_open",
    title: "Not open",
    kind: "conflict",
    status: 409,
    retry: Retry::No,
    message: "The margin is {margin}, {name}.",
    remedy: "",
    fields: &[Field::new("name", WORD), Field::new("margin", WORD).requires(COSTS)],
};

static THING: Resource = Resource {
    name: "Thing",
    snake: "thing",
    table: "things",
    path: "/things",
    fields: &[
        Field::new("name", WORD).access(Access::Immutable),
        Field::new("title", WORD),
        Field::new("margin", WORD).default(Literal::Text("usual")).requires(COSTS),
        Field::new("terms", Type::Structure(&TERMS)).optional().store(Kept::Json),
    ],
    operations: &[
        Operation::new(
            "list",
            Method::Get,
            "/things",
            OperationKind::List(List {
                filter: &[&["title"], &["margin"]],
                sort: &[&["title"], &["margin"]],
                search: &[&["title"], &["margin"]],
                search_index: None,
                paging: Paging::Cursor,
                default_limit: 1,
                max_limit: 9,
            }),
        )
        .fields(),
        Operation::new("get", Method::Get, "/things/{name}", OperationKind::Get).fields(),
        Operation::new("create", Method::Post, "/things", OperationKind::Create).idempotent(),
        Operation::new("update", Method::Patch, "/things/{name}", OperationKind::Update),
        Operation::new("replace", Method::Put, "/things/{name}", OperationKind::Replace),
        Operation::new(
            "close",
            Method::Post,
            "/things/{name}/close",
            OperationKind::Action(Action {
                target: Target::Item,
                params: &[],
                returns: Returns::One { of: Answered::Resource("Thing"), optional: false },
                moves: &[Transition {
                    field: &["title"],
                    from: &["open"],
                    to: "closed",
                    otherwise: Raise {
                        code: "not_open",
                        arguments: &[
                            ("name", Assigned::Field(&["name"])),
                            ("margin", Assigned::Field(&["margin"])),
                        ],
                    },
                }],
                sets: &[],
            }),
        ),
    ],
    ..RESOURCE
};

static SERVICE: Service = Service {
    name: "Costs",
    auth: &[Auth::Bearer],
    scopes: COSTS,
    resources: &[&THING],
    errors: &[SECRETIVE],
    sqlite: &[Migration {
        version: 1,
        description: "create",
        up: "CREATE TABLE things (name TEXT PRIMARY KEY, title TEXT NOT NULL, margin TEXT NOT NULL, terms TEXT,
                 row_version INTEGER NOT NULL) STRICT;",
    }],
    postgres: &[Migration {
        version: 1,
        description: "create",
        up: "CREATE TABLE things (name text PRIMARY KEY, title text NOT NULL, margin text NOT NULL, terms jsonb,
                 row_version bigint NOT NULL);",
    }],
    ..fixtures::SERVICE
};

/// One caller with two tokens: `knows` has the scope, any other has not.
struct Tokens;

impl atlas9_server::Authenticator for Tokens {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        let scopes = if token == "knows" { COSTS } else { &[] };
        Box::pin(std::future::ready(Ok(Some(Principal::new("joe", scopes.iter().copied())))))
    }
}

/// Servers on every database with a thing whose margin and rate are `4711`.
async fn things() -> Vec<(Api, tempfile::TempDir)> {
    things_of(|app| app).await
}

/// The same with code.
async fn things_of(code: impl Fn(App) -> App) -> Vec<(Api, tempfile::TempDir)> {
    let mut found = Vec::new();
    for (_, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let app = code(App::new(&SERVICE, store.clone()).authenticator(Tokens));
        let api = Api::of(app.start().expect("a server").router(), store);
        let thing =
            json!({"name": "t", "title": "open", "margin": "4711", "terms": {"days": 3, "rate": 4711}});
        api.check(knows(call("POST", "/things").json(thing.clone())), 201, thing).await;
        found.push((api, folder));
    }
    found
}

fn knows(call: Call) -> Call {
    call.header("authorization", "Bearer knows")
}

/// The answer to who lacks the scope; it says nothing of what the fields hold.
async fn other(api: &Api, call: Call, status: u16, expected: Value) -> Reply {
    let reply = api.check(call, status, expected).await;
    let text = format!("{}{:?}", String::from_utf8_lossy(&reply.bytes), reply.headers);
    // The id of a request may have any digits.
    let text = text.replace(reply.header("x-request-id"), "");
    assert!(!text.contains("4711"), "{text}");
    reply
}

const FORBIDDEN: &str = "costs";

async fn refused(api: &Api, call: Call) {
    other(api, call, 403, json!({"required_scopes": [FORBIDDEN]})).await;
}

/// What the thing holds, read by who may.
async fn holds(api: &Api, expected: Value) {
    api.check(knows(call("GET", "/things/t")), 200, expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_not_seen() {
    for (api, _folder) in things().await {
        let shown = json!({"name": "t", "title": "open", "terms": {"days": 3}});
        assert_eq!(other(&api, call("GET", "/things/t"), 200, json!({})).await.json, shown);
        let list = other(&api, call("GET", "/things?count=true"), 200, json!({})).await;
        assert_eq!(list.json["items"], json!([shown]));
        let change = json!({"title": "open"});
        assert_eq!(other(&api, call("PATCH", "/things/t").json(change), 200, json!({})).await.json, shown);
        let closed = json!({"name": "t", "title": "closed", "terms": {"days": 3}});
        assert_eq!(other(&api, call("POST", "/things/t/close"), 200, json!({})).await.json, closed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_do_not_tell_them() {
    for (api, _folder) in things().await {
        let close = || call("POST", "/things/t/close");
        other(&api, close(), 200, json!({})).await;
        let told = json!({"name": "t", "margin": "4711", "detail": "The margin is 4711, t."});
        api.check(knows(close()), 409, told).await;
        let less = other(&api, close(), 409, json!({"name": "t", "code": "not_open"})).await;
        assert_eq!(less.json.get("margin"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_not_found_out() {
    for (api, _folder) in things().await {
        for query in [
            "margin=4711",
            "margin.ne=a",
            "margin.gt=4",
            "margin.in=a,4711",
            "sort=margin",
            "sort=title,-margin",
        ] {
            let list = call("GET", format!("/things?{query}"));
            api.check(knows(list.clone()), 200, json!({"items": [{"name": "t"}]})).await;
            refused(&api, list).await;
        }
        // Also where the value is no value of the field, or the request is wrong in other ways.
        refused(&api, call("GET", "/things?margin.gt=4&limit=0")).await;
        api.check(knows(call("GET", "/things?q=47")), 200, json!({"items": [{"name": "t"}]})).await;
        let searched = other(&api, call("GET", "/things?q=47"), 200, json!({})).await;
        assert_eq!(searched.json["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_not_asked_for_by_name() {
    for (api, _folder) in things().await {
        for path in ["/things/t", "/things"] {
            for names in ["margin", "title,margin", "margin.x", "margin,margin", "margin,titel"] {
                refused(&api, call("GET", format!("{path}?fields={names}"))).await;
            }
            // Nor whether there is something of that name.
            let told = other(&api, call("GET", format!("{path}?fields=margn")), 400, json!({})).await;
            assert_eq!(told.json["errors"][0]["detail"], "`margn` is no field of what is answered");
            let knowing = knows(call("GET", format!("{path}?fields=margn")));
            let told = api.check(knowing, 400, json!({})).await;
            let detail = "`margn` is no field of what is answered; did you mean `margin`?";
            assert_eq!(told.json["errors"][0]["detail"], detail);
        }
        let found = api.check(knows(call("GET", "/things/t?fields=margin")), 200, json!({})).await;
        assert_eq!(found.json, json!({"margin": "4711"}));
        // A structure that is asked for has what the caller may see of it.
        let found = other(&api, call("GET", "/things?fields=terms"), 200, json!({})).await;
        assert_eq!(found.json["items"], json!([{"terms": {"days": 3}}]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_does_not_carry_them() {
    for (api, _folder) in things().await {
        let second = json!({"name": "u", "title": "open", "margin": "4712"});
        api.check(knows(call("POST", "/things").json(second)), 201, json!({})).await;
        let page = api
            .check(knows(call("GET", "/things?sort=margin")), 200, json!({"items": [{"name": "t"}]}))
            .await;
        let cursor = page.text("/next_cursor");
        refused(&api, call("GET", format!("/things?sort=margin&cursor={cursor}"))).await;
        let moved = call("GET", format!("/things?cursor={cursor}"));
        other(&api, moved, 400, json!({"errors": [{"code": "cursor_mismatch"}]})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_not_written() {
    for (api, _folder) in things().await {
        for body in [
            json!({"margin": "1"}),
            json!({"margin": "4711"}),
            json!({"margin": null}),
            json!({"terms": {"rate": 1}}),
        ] {
            refused(&api, call("PATCH", "/things/t").json(body)).await;
        }
        let whole = json!({"name": "t", "title": "new", "margin": "1", "terms": {"days": 1}});
        refused(&api, call("PUT", "/things/t").json(whole)).await;
        refused(&api, call("POST", "/things").json(json!({"name": "u", "title": "new", "margin": "1"})))
            .await;
        let nested = json!({"name": "u", "title": "new", "terms": {"days": 1, "rate": 1}});
        refused(&api, call("POST", "/things").json(nested)).await;
        let kept = json!({"margin": "4711", "terms": {"days": 3, "rate": 4711}});
        holds(&api, kept).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn they_stay_when_others_write() {
    for (api, _folder) in things().await {
        let patch = json!({"title": "new", "terms": {"days": 4}});
        other(&api, call("PATCH", "/things/t").json(patch), 200, json!({"title": "new"})).await;
        holds(&api, json!({"margin": "4711", "terms": {"days": 4, "rate": 4711}})).await;
        let whole = json!({"name": "t", "title": "newer", "terms": {"days": 5}});
        other(&api, call("PUT", "/things/t").json(whole), 200, json!({"title": "newer"})).await;
        holds(&api, json!({"margin": "4711", "terms": {"days": 5, "rate": 4711}})).await;
        other(&api, call("POST", "/things").json(json!({"name": "u", "title": "new"})), 201, json!({})).await;
        let made = json!({"margin": "usual", "terms": null});
        api.check(knows(call("GET", "/things/u")), 200, made).await;
    }
}

/// As generated code has it: what can be updated is taken and put, unset or not.
fn replace_handler() -> Handler {
    handler::call2(
        async |cx: &mut Cx, name: String, body: Record| {
            default::replace(cx, &THING, &[atlas9_server::Value::Text(name)], typed(body)).await
        },
        |mut input| Ok((input.key(0)?, input.body)),
        Output::Record,
    )
}

fn typed(mut body: Record) -> Record {
    let mut whole = Record::new(body.fields());
    for (index, _) in body.fields().iter().enumerate().filter(|(_, field)| field.updatable()) {
        let value = match body.take(index).expect("a value") {
            atlas9_server::Value::Record(inner) => atlas9_server::Value::Record(typed(inner)),
            other => other,
        };
        whole.put(index, value);
    }
    whole
}

#[tokio::test(flavor = "multi_thread")]
async fn they_stay_when_code_replaces() {
    for (api, _folder) in things_of(|app| app.handler("Thing", "replace", replace_handler())).await {
        let whole = json!({"name": "t", "title": "new", "terms": {"days": 5}});
        other(&api, call("PUT", "/things/t").json(whole), 200, json!({"title": "new"})).await;
        holds(&api, json!({"margin": "4711", "terms": {"days": 5, "rate": 4711}})).await;
        let whole = json!({"name": "t", "title": "new", "terms": null});
        other(&api, call("PUT", "/things/t").json(whole), 200, json!({"terms": null})).await;
        holds(&api, json!({"margin": "4711", "terms": null})).await;
        // Who sees them, and leaves them out, sets them to what they are at first.
        let whole = json!({"name": "t", "title": "new", "terms": {"days": 5}});
        api.check(knows(call("PUT", "/things/t").json(whole)), 200, json!({"margin": "usual"})).await;
        holds(&api, json!({"terms": {"days": 5, "rate": null}})).await;
    }
}

/// A kept answer was written for other eyes.
#[tokio::test(flavor = "multi_thread")]
async fn a_replay_does_not_show_them() {
    for (api, _folder) in things().await {
        let create = call("POST", "/things")
            .json(json!({"name": "u", "title": "new", "terms": {"days": 1}}))
            .header("idempotency-key", "k");
        api.check(knows(create.clone()), 201, json!({"margin": "usual"})).await;
        let again = api.check(knows(create.clone()), 201, json!({"margin": "usual"})).await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        let refused = other(&api, create, 422, json!({"code": "idempotency_key_reused"})).await;
        assert!(!String::from_utf8_lossy(&refused.bytes).contains("usual"));
    }
}
