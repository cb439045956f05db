//! Resources three levels deep with keys that clients choose, actions of every kind of answer, and code with SQL of its own.

use std::sync::atomic::{AtomicUsize, Ordering};

use atlas9_server::descriptor::{
    Access, Action, Answered, Field, List, Literal, Managed, Method, Migration, OnDelete, Operation,
    OperationKind, Paging, Reference, Resource, Returns, Scalar, Service, Target, Type,
};
use atlas9_server::{
    App, Connection, Cx, Handler, ListRequest, Output, Problem, Record, Store, Value, default, handler,
};
use serde_json::json;

use crate::fixtures::{self, DELETED_AT, RESOURCE};
use crate::harness::{Api, call, databases};

const WORD: Type = Type::string(1, 40);
static TO_SHELF: Reference = Reference { resource: "Shelf", key: WORD, on_delete: OnDelete::Restrict };
static TO_BOX: Reference = Reference { resource: "Box", key: WORD, on_delete: OnDelete::Restrict };
const SHELF_ID: Field =
    Field::new("shelf_id", Type::Reference(&TO_SHELF)).access(Access::ReadOnly).managed(Managed::Parent);
const BOX_ID: Field =
    Field::new("box_id", Type::Reference(&TO_BOX)).access(Access::ReadOnly).managed(Managed::Parent);
const LIST: OperationKind = OperationKind::List(List {
    filter: &[],
    sort: &[],
    search: &[],
    search_index: None,
    paging: Paging::Cursor,
    default_limit: 2,
    max_limit: 9,
});
const DELETE: OperationKind = OperationKind::Delete { soft_keep_days: None };

const fn action(returns: Returns) -> OperationKind {
    OperationKind::Action(Action { target: Target::Item, params: &[], returns, moves: &[], sets: &[] })
}

static SHELF: Resource = Resource {
    name: "Shelf",
    snake: "shelf",
    table: "shelves",
    path: "/shelves",
    fields: &[Field::new("code", WORD).access(Access::Immutable), DELETED_AT],
    operations: &[
        Operation::new("create", Method::Post, "/shelves", OperationKind::Create),
        Operation::new("get", Method::Get, "/shelves/{code}", OperationKind::Get),
        Operation::new(
            "delete",
            Method::Delete,
            "/shelves/{code}",
            OperationKind::Delete { soft_keep_days: Some(1) },
        ),
        Operation::new("undelete", Method::Post, "/shelves/{code}/undelete", OperationKind::Undelete),
        Operation::new(
            "total",
            Method::Post,
            "/shelves/{code}/total",
            action(Returns::One {
                of: Answered::Value(Type::Scalar(Scalar::Int64 { min: 0, max: i64::MAX })),
                optional: false,
            }),
        ),
        Operation::new("touch", Method::Post, "/shelves/{code}/touch", action(Returns::Nothing)),
    ],
    ..RESOURCE
};

static BOX: Resource = Resource {
    name: "Box",
    snake: "box",
    table: "boxes",
    parent: Some("Shelf"),
    path: "/shelves/{shelf_id}/boxes",
    fields: &[Field::new("name", WORD).access(Access::Immutable), SHELF_ID],
    operations: &[
        Operation::new("list", Method::Get, "/shelves/{shelf_id}/boxes", LIST),
        Operation::new("get", Method::Get, "/shelves/{shelf_id}/boxes/{name}", OperationKind::Get),
        Operation::new("create", Method::Post, "/shelves/{shelf_id}/boxes", OperationKind::Create),
        Operation::new("delete", Method::Delete, "/shelves/{shelf_id}/boxes/{name}", DELETE),
        Operation::new(
            "batch_create",
            Method::Post,
            "/shelves/{shelf_id}/boxes/batch_create",
            OperationKind::BatchCreate { max: 9 },
        ),
    ],
    ..RESOURCE
};

static ITEM: Resource = Resource {
    name: "Item",
    snake: "item",
    table: "items",
    parent: Some("Box"),
    path: "/shelves/{shelf_id}/boxes/{box_id}/items",
    fields: &[
        Field::new("id", Type::Scalar(Scalar::Uuid)).access(Access::ReadOnly).managed(Managed::Key),
        SHELF_ID,
        BOX_ID,
        Field::new("count", Type::Scalar(Scalar::Int32 { min: 0, max: 1000 })).default(Literal::Int(1)),
    ],
    operations: &[
        Operation::new("list", Method::Get, "/shelves/{shelf_id}/boxes/{box_id}/items", LIST),
        Operation::new(
            "create",
            Method::Post,
            "/shelves/{shelf_id}/boxes/{box_id}/items",
            OperationKind::Create,
        ),
        Operation::new(
            "update",
            Method::Patch,
            "/shelves/{shelf_id}/boxes/{box_id}/items/{id}",
            OperationKind::Update,
        ),
    ],
    ..RESOURCE
};

static SERVICE: Service = Service {
    name: "Warehouse",
    resources: &[&SHELF, &BOX, &ITEM],
    sqlite: &[Migration {
        version: 1,
        description: "create",
        up: "CREATE TABLE shelves (code TEXT PRIMARY KEY, deleted_at TEXT, row_version INTEGER NOT NULL) STRICT;
             CREATE TABLE boxes (name TEXT NOT NULL, shelf_id TEXT NOT NULL REFERENCES shelves (code),
                 row_version INTEGER NOT NULL, PRIMARY KEY (shelf_id, name)) STRICT;
             CREATE TABLE items (id TEXT NOT NULL, shelf_id TEXT NOT NULL, box_id TEXT NOT NULL, count INTEGER NOT NULL,
                 row_version INTEGER NOT NULL, PRIMARY KEY (shelf_id, box_id, id),
                 FOREIGN KEY (shelf_id, box_id) REFERENCES boxes (shelf_id, name)) STRICT;",
    }],
    postgres: &[Migration {
        version: 1,
        description: "create",
        up: "CREATE TABLE shelves (code text PRIMARY KEY, deleted_at timestamptz, row_version bigint NOT NULL);
             CREATE TABLE boxes (name text NOT NULL, shelf_id text NOT NULL REFERENCES shelves (code),
                 row_version bigint NOT NULL, PRIMARY KEY (shelf_id, name));
             CREATE TABLE items (id uuid NOT NULL, shelf_id text NOT NULL, box_id text NOT NULL, count integer NOT NULL,
                 row_version bigint NOT NULL, PRIMARY KEY (shelf_id, box_id, id),
                 FOREIGN KEY (shelf_id, box_id) REFERENCES boxes (shelf_id, name));",
    }],
    ..fixtures::SERVICE
};

/// How often a hook ran.
struct Ran(std::sync::Arc<AtomicUsize>);

fn code(name: &'static str) -> Handler {
    match name {
        "total" => handler::call1(total, |mut input| Ok((input.key::<String>(0)?,)), Output::value),
        _ => handler::call1(touch, |mut input| Ok((input.key::<String>(0)?,)), Output::nothing),
    }
}

/// Counts with SQL of its own what `default::list` finds page by page.
async fn total(cx: &mut Cx, code: String) -> Result<i64, Problem> {
    let boxes = default::list(cx, &BOX, &[Value::Text(code.clone())], &ListRequest::first(1)).await?;
    assert_eq!(boxes.items.len(), 1);
    assert!(boxes.next_cursor.is_some());
    let sql = "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM items WHERE shelf_id = $1";
    Ok(match cx.connection().await? {
        Connection::Sqlite(connection) => {
            sqlx::query_scalar::<_, i64>(sql).bind(code).fetch_one(connection).await?
        }
        Connection::Postgres(connection) => {
            sqlx::query_scalar::<_, i64>(sql).bind(code).fetch_one(connection).await?
        }
    })
}

async fn touch(cx: &mut Cx, code: String) -> Result<(), Problem> {
    let ran = std::sync::Arc::clone(&cx.state::<Ran>()?.0);
    cx.after_commit(move || async move {
        ran.fetch_add(1, Ordering::SeqCst);
    });
    if code == "c" {
        // Code that overlooks a failure.
        let nonsense = "SELECT nonsense";
        let _ = match cx.connection().await? {
            Connection::Sqlite(connection) => sqlx::query(nonsense).execute(connection).await.map(|_| ()),
            Connection::Postgres(connection) => sqlx::query(nonsense).execute(connection).await.map(|_| ()),
        };
    }
    if code == "b" { Err(Problem::conflict("Not this one.")) } else { Ok(()) }
}

/// Counts, and makes the box.
async fn make_box(cx: &mut Cx, code: String, mut record: Record) -> Result<Record, Problem> {
    cx.state::<Ran>()?.0.fetch_add(1, Ordering::SeqCst);
    record.set("shelf_id", code);
    default::create(cx, &BOX, record).await
}

async fn warehouses() -> Vec<(Api, std::sync::Arc<AtomicUsize>, tempfile::TempDir)> {
    let mut found = Vec::new();
    for (_, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let ran = std::sync::Arc::new(AtomicUsize::new(0));
        let app = App::new(&SERVICE, store.clone()).state(Ran(std::sync::Arc::clone(&ran)));
        let app = app.handler("Shelf", "total", code("total")).handler("Shelf", "touch", code("touch"));
        let make = handler::call2(make_box, |mut input| Ok((input.key(0)?, input.body)), Output::Record);
        let app = app.handler("Box", "create", make);
        found.push((Api::of(app.start().expect("a server").router(), store), ran, folder));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn leads_through_three_levels() {
    for (api, _, _folder) in warehouses().await {
        for code in ["a", "b", "a/b%"] {
            api.check(call("POST", "/shelves").json(json!({"code": code})), 201, json!({"code": code})).await;
        }
        api.check(call("GET", "/shelves/a%2Fb%25"), 200, json!({"code": "a/b%"})).await;
        for code in [".", ".."] {
            let unreachable = json!({"errors": [{"pointer": "#/code", "code": "wrong_format"}]});
            api.check(call("POST", "/shelves").json(json!({"code": code})), 422, unreachable).await;
        }
        let taken = json!({"code": "conflict", "errors": [{"pointer": "#/code", "code": "taken"}]});
        api.check(call("POST", "/shelves").json(json!({"code": "a"})), 409, taken).await;
        for (shelf, name) in [("a", "x"), ("a", "y"), ("b", "x")] {
            let path = format!("/shelves/{shelf}/boxes");
            let made = api
                .check(
                    call("POST", path.clone()).json(json!({"name": name})),
                    201,
                    json!({"shelf_id": shelf}),
                )
                .await;
            assert_eq!(made.header("location"), format!("{path}/{name}"));
        }
        let again = call("POST", "/shelves/a/boxes").json(json!({"name": "x"}));
        api.check(again, 409, json!({"errors": [{"pointer": "#/name", "code": "taken"}]})).await;
        let items = "/shelves/a/boxes/x/items";
        let item = api
            .check(
                call("POST", items).json(json!({})),
                201,
                json!({"shelf_id": "a", "box_id": "x", "count": 1}),
            )
            .await
            .text("/id");
        api.check(call("GET", items), 200, json!({"items": [{"id": item}]})).await;
        api.check(call("GET", "/shelves/b/boxes/x/items"), 200, json!({"items": []})).await;
        for nothing in ["/shelves/b/boxes/y/items", "/shelves/c/boxes/x/items"] {
            api.check(call("GET", nothing), 404, json!({"code": "not_found"})).await;
            api.check(
                call("POST", nothing).json(json!({})),
                404,
                json!({"detail": "There is no Box with this key."}),
            )
            .await;
        }
        let elsewhere = call("PATCH", format!("/shelves/b/boxes/x/items/{item}")).json(json!({"count": 2}));
        api.check(elsewhere, 404, json!({})).await;
        api.check(
            call("PATCH", format!("{items}/{item}")).json(json!({"count": 2})),
            200,
            json!({"count": 2}),
        )
        .await;
        // The box of the same name on another shelf is free to go.
        api.check(
            call("DELETE", "/shelves/a/boxes/x"),
            409,
            json!({"errors": [{"parameter": "name", "code": "referenced"}]}),
        )
        .await;
        api.check(call("DELETE", "/shelves/b/boxes/x"), 204, json!(null)).await;
        api.check(
            call("DELETE", "/shelves/a"),
            409,
            json!({"detail": "Box and Item still refer to this Shelf."}),
        )
        .await;
        hides_below(&api).await;
    }
}

/// What lives in something that is deleted is not found, at any depth.
async fn hides_below(api: &Api) {
    api.check(call("DELETE", "/shelves/b"), 200, json!({"code": "b"})).await;
    api.check(call("GET", "/shelves/b/boxes"), 404, json!({})).await;
    api.check(call("POST", "/shelves/b/boxes").json(json!({"name": "z"})), 404, json!({})).await;
    api.check(call("GET", "/shelves/b/boxes/x"), 404, json!({})).await;
    api.check(call("POST", "/shelves/b/boxes/x/items").json(json!({})), 404, json!({})).await;
    api.check(call("POST", "/shelves/b/undelete"), 200, json!({"deleted_at": null})).await;
    api.check(call("GET", "/shelves/b/boxes"), 200, json!({"items": []})).await;
}

/// Code may do what no transaction takes back: it is not called for what has no place.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_asks_for_its_parent_before_it_calls_code() {
    for (api, ran, _folder) in warehouses().await {
        api.check(call("POST", "/shelves").json(json!({"code": "a"})), 201, json!({})).await;
        let batch = |shelf: &str| {
            let items = json!({"items": [{"name": "x"}, {"name": "y"}]});
            call("POST", format!("/shelves/{shelf}/boxes/batch_create")).json(items)
        };
        let missing = json!({"detail": "There is no Shelf with this key."});
        api.check(batch("b"), 404, missing).await;
        assert_eq!(ran.load(Ordering::SeqCst), 0, "{}", api.database);
        api.check(batch("a"), 200, json!({"items": [{"name": "x"}, {"name": "y"}]})).await;
        assert_eq!(ran.load(Ordering::SeqCst), 2, "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_values_and_nothing() {
    for (api, ran, _folder) in warehouses().await {
        for code in ["a", "b"] {
            api.check(call("POST", "/shelves").json(json!({"code": code})), 201, json!({})).await;
        }
        for name in ["x", "y"] {
            api.check(call("POST", "/shelves/a/boxes").json(json!({"name": name})), 201, json!({})).await;
            let items = format!("/shelves/a/boxes/{name}/items");
            api.check(call("POST", items).json(json!({"count": 500})), 201, json!({})).await;
        }
        ran.store(0, Ordering::SeqCst);
        let total = api.check(call("POST", "/shelves/a/total"), 200, json!("1000")).await;
        assert_eq!(total.header("content-type"), "application/json");
        api.check(call("POST", "/shelves/a/touch"), 204, json!(null)).await;
        api.check(call("POST", "/shelves/b/touch"), 409, json!({"detail": "Not this one."})).await;
        // PostgreSQL has given the transaction up: what it would not keep is not called done.
        api.check(call("POST", "/shelves").json(json!({"code": "c"})), 201, json!({})).await;
        let status = if api.store.dialect() == atlas9_server::Dialect::Postgres { 500 } else { 204 };
        let before = if status == 204 { 2 } else { 1 };
        let expected = if status == 204 { json!(null) } else { json!({"code": "internal"}) };
        api.check(call("POST", "/shelves/c/touch"), status, expected).await;
        for _ in 0..100 {
            if ran.load(Ordering::SeqCst) >= before {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(ran.load(Ordering::SeqCst), before, "only what was committed");
    }
}
