//! `?force=true`: what holds a row goes with it, in an order that the database takes.

use std::sync::{Arc, Mutex};

use atlas9_server::descriptor::{
    Access, Audited, Auth, Field, Links, Method, Migration, OnDelete, Operation, OperationKind, Reference,
    Resource, Service, Store as Kept, Type,
};
use atlas9_server::{App, Change, Cx, Handler, Output, Problem, Record, Store, default, handler};
use serde_json::{Value, json};

use crate::fixtures::{self, DELETED_AT, RESOURCE};
use crate::harness::{Api, call, databases};

const WORD: Type = Type::string(1, 20);
const HARD: OperationKind = OperationKind::Delete { soft_keep_days: None };
const SOFT: OperationKind = OperationKind::Delete { soft_keep_days: Some(1) };
const SEVERAL: OperationKind = OperationKind::BatchDelete { max: 4, conditional: false };
const CODE: Field = Field::new("code", WORD).access(Access::Immutable);

const fn to(resource: &'static str, on_delete: OnDelete) -> Reference {
    Reference { resource, key: WORD, on_delete }
}

static TO_SHELF: Reference = to("Shelf", OnDelete::Restrict);
static TO_BOX: Reference = to("Box", OnDelete::Restrict);
static TO_ITEM: Reference = to("Item", OnDelete::Restrict);
static WITH_ITEM: Reference = to("Item", OnDelete::Cascade);
static WITHOUT_ITEM: Reference = to("Item", OnDelete::Clear);
static TO_NOTE: Reference = to("Note", OnDelete::Restrict);
static TO_TAG: Reference = to("Tag", OnDelete::Cascade);
static TAGS: Links = Links { table: "items_tags", owner: &["item_id"], key: "tag_id", tenant: None };
const TAG: Type = Type::Reference(&TO_TAG);

/// A resource with its create, get and delete.
macro_rules! resource {
    ($name:ident, $declared:literal, $snake:literal, $path:literal, [$($field:expr),*], [$($more:expr),*]) => {
        static $name: Resource = Resource {
            name: $declared,
            snake: $snake,
            table: concat!($snake, "s"),
            parent: None,
            path: $path,
            fields: &[CODE, $($field),*],
            key: Some(0),
            audited: Some(Audited { keep_days: None }),
            events: true,
            operations: &[
                Operation::new("create", Method::Post, $path, OperationKind::Create),
                Operation::new(
                    "batch_create",
                    Method::Post,
                    concat!($path, "/batch_create"),
                    OperationKind::BatchCreate { max: 4 }
                ),
                Operation::new("get", Method::Get, concat!($path, "/{code}"), OperationKind::Get),
                $($more),*
            ],
            rules: &[],
            unique: &[],
        };
    };
}

resource!(
    SHELF,
    "Shelf",
    "shelf",
    "/shelves",
    [DELETED_AT],
    [
        Operation::new("delete", Method::Delete, "/shelves/{code}", SOFT).force(),
        Operation::new("undelete", Method::Post, "/shelves/{code}/undelete", OperationKind::Undelete)
    ]
);
resource!(
    BOX,
    "Box",
    "box",
    "/boxes",
    [Field::new("shelf", Type::Reference(&TO_SHELF)), DELETED_AT],
    [
        Operation::new("delete", Method::Delete, "/boxes/{code}", SOFT).force(),
        Operation::new("batch_delete", Method::Post, "/boxes/batch_delete", SEVERAL)
    ]
);
resource!(
    TAGGED,
    "Tag",
    "tag",
    "/tags",
    [],
    [Operation::new("delete", Method::Delete, "/tags/{code}", HARD).force()]
);
resource!(
    ITEM,
    "Item",
    "item",
    "/items",
    [
        Field::new("box", Type::Reference(&TO_BOX)).optional(),
        Field::new("twin", Type::Reference(&TO_ITEM)).optional(),
        Field::new("tags", Type::List { item: &TAG, optional: false, min: 1, max: 9 })
            .store(Kept::Links(&TAGS))
    ],
    [
        Operation::new("update", Method::Patch, "/items/{code}", OperationKind::Update),
        Operation::new("delete", Method::Delete, "/items/{code}", HARD).force(),
        Operation::new("batch_delete", Method::Post, "/items/batch_delete", SEVERAL).idempotent()
    ]
);
resource!(
    NOTE,
    "Note",
    "note",
    "/notes",
    [Field::new("item", Type::Reference(&WITH_ITEM))],
    [
        Operation::new("delete", Method::Delete, "/notes/{code}", HARD).requires(&["notes"]),
        Operation::new("batch_delete", Method::Post, "/notes/batch_delete", SEVERAL).requires(&["notes"])
    ]
);
resource!(RECEIPT, "Receipt", "receipt", "/receipts", [Field::new("note", Type::Reference(&TO_NOTE))], []);
resource!(
    WATCH,
    "Watch",
    "watch",
    "/watches",
    [Field::new("item", Type::Reference(&WITHOUT_ITEM)).optional()],
    []
);

static SETTINGS: Resource = Resource {
    name: "Settings",
    snake: "settings",
    table: "settings",
    path: "/settings",
    fields: &[Field::new("favourite", Type::Reference(&TO_ITEM)).optional()],
    key: None,
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: &[Operation::new("update", Method::Patch, "/settings", OperationKind::Update)],
    ..RESOURCE
};

macro_rules! tables {
    ($time:literal, $end:literal) => {
        &[Migration {
            version: 1,
            description: "create",
            up: concat!(
                "CREATE TABLE shelfs (code text PRIMARY KEY, deleted_at ", $time, ", row_version bigint NOT NULL)", $end,
                "CREATE TABLE boxs (code text PRIMARY KEY, shelf text NOT NULL REFERENCES shelfs ON DELETE RESTRICT,
                     deleted_at ", $time, ", row_version bigint NOT NULL)", $end,
                "CREATE TABLE tags (code text PRIMARY KEY, row_version bigint NOT NULL)", $end,
                "CREATE TABLE items (code text PRIMARY KEY, box text REFERENCES boxs ON DELETE RESTRICT,
                     twin text REFERENCES items ON DELETE RESTRICT, row_version bigint NOT NULL)", $end,
                "CREATE TABLE items_tags (item_id text NOT NULL REFERENCES items ON DELETE CASCADE,
                     tag_id text NOT NULL REFERENCES tags ON DELETE CASCADE, position bigint NOT NULL,
                     PRIMARY KEY (item_id, tag_id))", $end,
                "CREATE TABLE notes (code text PRIMARY KEY, item text NOT NULL REFERENCES items ON DELETE CASCADE,
                     row_version bigint NOT NULL)", $end,
                "CREATE TABLE receipts (code text PRIMARY KEY, note text NOT NULL REFERENCES notes ON DELETE RESTRICT,
                     row_version bigint NOT NULL)", $end,
                "CREATE TABLE watchs (code text PRIMARY KEY, item text REFERENCES items ON DELETE SET NULL,
                     row_version bigint NOT NULL)", $end,
                "CREATE TABLE settings (singleton bigint PRIMARY KEY, favourite text REFERENCES items ON DELETE RESTRICT,
                     row_version bigint NOT NULL)", $end,
            ),
        }]
    };
}

pub(crate) static SERVICE: Service = Service {
    name: "Force",
    auth: &[Auth::Bearer],
    scopes: &["notes"],
    resources: &[&SHELF, &BOX, &TAGGED, &ITEM, &NOTE, &RECEIPT, &WATCH, &SETTINGS],
    sqlite: tables!("text", ";\n"),
    postgres: tables!("timestamptz", ";\n"),
    ..fixtures::SERVICE
};

type Told = Arc<Mutex<Vec<String>>>;

/// A server on every database, with a shelf, a box on it, and items; what is told after commits.
pub(crate) async fn filled() -> Vec<(Api, Told, tempfile::TempDir)> {
    filled_with(|app| app).await
}

/// The same with code.
async fn filled_with(code: impl Fn(App) -> App) -> Vec<(Api, Told, tempfile::TempDir)> {
    let mut found = Vec::new();
    for (_, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let told = Told::default();
        let mut app = code(App::new(&SERVICE, store.clone()).authenticator(Tokens));
        for resource in SERVICE.resources {
            let told = Arc::clone(&told);
            app = app.after_commit(resource.name, move |committed: Change| {
                let Change { resource, operation, key, .. } = committed;
                let key: Vec<String> = key.iter().map(|value| format!("{value:?}")).collect();
                told.lock().expect("a lock").push(format!("{operation} {resource} {}", key.join(" ")));
                async {}
            });
        }
        let api = Api::of(app.start().expect("a server").router(), store);
        for (path, body) in [
            ("/shelves", json!({"code": "s"})),
            ("/boxes", json!({"code": "b", "shelf": "s"})),
            ("/tags", json!({"code": "x"})),
            ("/tags", json!({"code": "y"})),
            ("/items", json!({"code": "1", "box": "b", "tags": ["x"]})),
            ("/items", json!({"code": "2", "twin": "1", "tags": ["x", "y"]})),
            ("/items", json!({"code": "3", "twin": "2", "tags": ["y"]})),
            ("/notes", json!({"code": "n", "item": "3"})),
            ("/receipts", json!({"code": "r", "note": "n"})),
            ("/watches", json!({"code": "w", "item": "3"})),
        ] {
            api.check(call("POST", path).json(body), 201, json!({})).await;
        }
        told.lock().expect("a lock").clear();
        found.push((api, told, folder));
    }
    found
}

/// `full` may delete notes, `some` may not.
pub(crate) struct Tokens;

impl atlas9_server::Authenticator for Tokens {
    fn authenticate<'a>(
        &'a self,
        token: &'a str,
    ) -> atlas9_server::handler::BoxFuture<'a, Result<Option<atlas9_server::Principal>, atlas9_server::Problem>>
    {
        let scopes = if token == "full" { vec!["notes"] } else { Vec::new() };
        Box::pin(async move { Ok(Some(atlas9_server::Principal::new(token, scopes))) })
    }
}

async fn is_gone(api: &Api, paths: &[&str]) {
    for path in paths {
        api.check(call("GET", *path), 404, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_holds_a_row_goes_with_it() {
    for (api, told, _folder) in filled().await {
        let first = api.version("/watches/w").await;
        let held = json!({"errors": [{"parameter": "code", "code": "referenced"}]});
        api.check(call("DELETE", "/items/1"), 409, held.clone()).await;
        api.check(call("DELETE", "/items/1?force=false"), 409, held).await;
        let wrong = json!({"errors": [{"parameter": "force", "code": "wrong_format"}]});
        api.check(call("DELETE", "/items/1?force=yes"), 400, wrong).await;
        api.check(call("DELETE", "/items/1?force=true"), 204, Value::Null).await;
        // The chain of twins, the note that the last one takes along, and the receipt that the note is held by.
        is_gone(&api, &["/items/1", "/items/2", "/items/3", "/notes/n", "/receipts/r"]).await;
        api.check(call("GET", "/watches/w"), 200, json!({"item": null})).await;
        assert_eq!(api.version("/watches/w").await, first + 1, "{}", api.database);
        api.check(call("GET", "/boxes/b"), 200, json!({"deleted_at": null})).await;
        hears(&api, &told, &["Item", "Item", "Item", "Note", "Receipt"]).await;
    }
}

/// What was told of deletes. What the rows were made with may be told late.
pub fn deletes(told: &Told) -> Vec<String> {
    told.lock().expect("a lock").iter().filter(|line| line.starts_with("delete ")).cloned().collect()
}

/// What is told of a delete, by the names of the resources.
async fn hears(api: &Api, told: &Told, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|name| format!("delete {name}")).collect();
    let mut heard: Vec<String> = Vec::new();
    for _ in 0..100 {
        heard = deletes(told);
        if heard.len() >= expected.len() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    heard.sort();
    let short: Vec<&str> = heard.iter().filter_map(|line| line.rsplit_once(' ')).map(|(it, _)| it).collect();
    assert_eq!(short, expected, "{}: {heard:?}", api.database);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_by_itself_is_told_too() {
    for (api, told, _folder) in filled().await {
        for (path, body) in
            [("/items", json!({"code": "4", "tags": ["x"]})), ("/notes", json!({"code": "m", "item": "4"}))]
        {
            api.check(call("POST", path).json(body), 201, json!({})).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        told.lock().expect("a lock").clear();
        api.check(call("DELETE", "/items/4"), 204, Value::Null).await;
        hears(&api, &told, &["Item", "Note"]).await;
    }
}

/// Deletes as far as it is allowed, and is content with what it comes to.
fn lenient() -> Handler {
    handler::call2(
        async |cx: &mut Cx, code: String, force: bool| {
            let key = [atlas9_server::Value::Text(code)];
            let refused = default::delete_with(cx, &ITEM, &key, force).await;
            assert_eq!(refused.map_err(|problem| problem.status()).err(), Some(409));
            default::get(cx, &ITEM, &key).await.map(drop)
        },
        |mut input| Ok((input.key(0)?, input.force)),
        Output::nothing,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn code_keeps_nothing_of_a_delete_that_was_refused() {
    for (api, told, _folder) in filled_with(|app| app.handler("Item", "delete", lenient())).await {
        api.check(call("PATCH", "/settings").json(json!({"favourite": "2"})), 200, json!({})).await;
        let first = api.version("/watches/w").await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        told.lock().expect("a lock").clear();
        // By force the chain is held by the settings; without it the receipt holds the note that would go along.
        for path in ["/items/1?force=true", "/items/3"] {
            api.check(call("DELETE", path), 204, Value::Null).await;
        }
        for path in ["/items/1", "/items/2", "/items/3", "/notes/n", "/receipts/r"] {
            api.check(call("GET", path), 200, json!({})).await;
        }
        api.check(call("GET", "/watches/w"), 200, json!({"item": "3"})).await;
        assert_eq!(api.version("/watches/w").await, first, "{}", api.database);
        hears(&api, &told, &["Item", "Item"]).await;
    }
}

/// How many microseconds code waits.
struct Patience(u64);

/// Waits so long for a delete, and goes on.
fn impatient() -> Handler {
    handler::call1(
        async |cx: &mut Cx, code: String| {
            let patience = cx.state::<Patience>()?.0;
            let key = [atlas9_server::Value::Text(code)];
            let patience = std::time::Duration::from_micros(patience);
            let _ = tokio::time::timeout(patience, default::delete_with(cx, &ITEM, &key, true)).await;
            Ok::<(), Problem>(())
        },
        |mut input| Ok((input.key(0)?,)),
        Output::nothing,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn code_keeps_all_or_nothing_of_what_it_did_not_wait_for() {
    for (api, _, _folder) in filled().await {
        for micros in (0..).step_by(500) {
            let code = App::new(&SERVICE, api.store.clone()).authenticator(Tokens).state(Patience(micros));
            let code = code.handler("Item", "delete", impatient()).start().expect("a server");
            let code = Api::of(code.router(), api.store.clone());
            code.check(call("DELETE", "/items/1?force=true"), 204, Value::Null).await;
            let mut there = Vec::new();
            for path in ["/items/1", "/items/2", "/items/3", "/notes/n", "/receipts/r"] {
                there.push(api.send(call("GET", path)).await.status);
            }
            match there.as_slice() {
                [200, 200, 200, 200, 200] => {}
                all => {
                    assert_eq!(all, [404; 5], "after {micros} microseconds");
                    break;
                }
            }
        }
    }
}

/// Makes `x` again, which is refused, and then what it is asked to make.
fn again() -> Handler {
    handler::call1(
        async |cx: &mut Cx, body: Record| {
            let mut taken = body.clone();
            taken.set("code", "x");
            let refused = default::create(cx, &TAGGED, taken).await;
            assert_eq!(refused.map_err(|problem| problem.status()).err(), Some(409));
            default::create(cx, &TAGGED, body).await
        },
        |input| Ok((input.body,)),
        Output::Record,
    )
}

/// Tells how many changes of `x` there have been.
fn history() -> Handler {
    handler::call0(
        async |cx: &mut Cx| {
            let found = cx.audit(&TAGGED, &[atlas9_server::Value::Text("x".to_owned())], None, 9).await?;
            Err::<(), Problem>(Problem::conflict(format!("{} changes", found.len())))
        },
        |_| Ok(()),
        Output::nothing,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn no_change_is_kept_of_what_was_refused() {
    for (api, _, _folder) in filled().await {
        let code = App::new(&SERVICE, api.store.clone()).authenticator(Tokens);
        let code = code.handler("Tag", "create", again()).handler("Settings", "update", history());
        let code = Api::of(code.start().expect("a server").router(), api.store.clone());
        code.check(call("POST", "/tags").json(json!({"code": "z"})), 201, json!({})).await;
        code.check(call("PATCH", "/settings").json(json!({})), 409, json!({"detail": "1 changes"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_soft_delete_keeps_what_can_be_kept() {
    for (api, _, _folder) in filled().await {
        let (shelf, kept) = (api.version("/shelves/s").await, api.version("/boxes/b").await);
        api.check(call("DELETE", "/shelves/s?force=true"), 200, json!({"code": "s"})).await;
        assert_eq!(api.version("/shelves/s?show_deleted=true").await, shelf + 1);
        is_gone(&api, &["/shelves/s", "/boxes/b", "/items/1", "/items/3", "/notes/n", "/receipts/r"]).await;
        api.check(call("GET", "/boxes/b?show_deleted=true"), 200, json!({"shelf": "s"})).await;
        assert_eq!(api.version("/boxes/b?show_deleted=true").await, kept + 1, "{}", api.database);
        api.check(call("POST", "/shelves/s/undelete"), 200, json!({"deleted_at": null})).await;
        is_gone(&api, &["/boxes/b"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_needs_a_key_goes_with_it() {
    for (api, _, _folder) in filled().await {
        let first = api.version("/items/2").await;
        api.check(call("DELETE", "/tags/y"), 409, json!({})).await;
        api.check(call("DELETE", "/tags/y?force=true"), 204, Value::Null).await;
        is_gone(&api, &["/items/3", "/notes/n"]).await;
        api.check(call("GET", "/items/2"), 200, json!({"tags": ["x"]})).await;
        assert_eq!(api.version("/items/2").await, first + 1, "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_where_something_has_to_stay() {
    for (api, told, _folder) in filled().await {
        // The caller may not delete the note.
        let some = call("DELETE", "/items/1?force=true").header("authorization", "Bearer some");
        api.check(some, 403, json!({"code": "forbidden"})).await;
        // A singleton is never deleted.
        api.check(call("PATCH", "/settings").json(json!({"favourite": "2"})), 200, json!({})).await;
        let held = json!({"code": "conflict", "errors": [{"parameter": "code", "code": "referenced"}]});
        let answer = api.check(call("DELETE", "/items/1?force=true"), 409, held).await;
        assert!(answer.json.to_string().contains("Settings"), "{}", answer.json);
        assert!(answer.text("/remedy").starts_with("Take the references"), "{}", answer.json);
        let free = api.check(call("DELETE", "/items/1"), 409, json!({})).await;
        assert_eq!(free.text("/remedy"), "Delete what refers to it first, or with it by `?force=true`.");
        api.check(call("PATCH", "/settings").json(json!({"favourite": null})), 200, json!({})).await;
        // Rows that refer to each other cannot go one after the other; one that refers to itself can.
        api.check(call("PATCH", "/items/1").json(json!({"twin": "3"})), 200, json!({})).await;
        api.check(call("DELETE", "/items/1?force=true"), 409, json!({"code": "conflict"})).await;
        api.check(call("GET", "/receipts/r"), 200, json!({})).await;
        assert!(!told.lock().expect("a lock").iter().any(|line| line.starts_with("delete")));
        api.check(call("PATCH", "/items/1").json(json!({"twin": "1"})), 200, json!({})).await;
        api.check(call("DELETE", "/items/1?force=true"), 204, Value::Null).await;
        // Where it is not declared, nobody knows it.
        let unknown = json!({"errors": [{"parameter": "force", "code": "unknown_parameter"}]});
        api.check(call("DELETE", "/notes/n?force=true"), 400, unknown).await;
    }
}
