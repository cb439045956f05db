//! Lists of references that need a key: the other end does not go with the last one, neither by a delete nor by a purge.

use atlas9_server::descriptor::{
    Access, Field, Links, Literal, Method, Migration, OnDelete, Operation, OperationKind, Reference,
    Resource, Service, Store as Kept, Type,
};
use atlas9_server::value::Timestamp;
use atlas9_server::{App, Server, Store};
use serde_json::{Value, json};

use crate::fixtures::{self, DELETED_AT, RESOURCE};
use crate::harness::{Api, call, databases};

const WORD: Type = Type::string(1, 20);
static TO_TAG: Reference = Reference { resource: "Tag", key: WORD, on_delete: OnDelete::Cascade };
static TO_LABEL: Reference = Reference { resource: "Label", key: WORD, on_delete: OnDelete::Cascade };
static TAGS: Links = Links { table: "things_tags", tenant: None, owner: &["thing_id"], key: "tag_id" };
static LABELS: Links = Links { table: "things_labels", tenant: None, owner: &["thing_id"], key: "label_id" };

/// Kept for a day.
static TAG: Resource = Resource {
    name: "Tag",
    snake: "tag",
    table: "tags",
    path: "/tags",
    fields: &[Field::new("code", WORD).access(Access::Immutable), DELETED_AT],
    operations: &[
        Operation::new("create", Method::Post, "/tags", OperationKind::Create),
        Operation::new(
            "delete",
            Method::Delete,
            "/tags/{code}",
            OperationKind::Delete { soft_keep_days: Some(1) },
        ),
    ],
    ..RESOURCE
};

static LABEL: Resource = Resource {
    name: "Label",
    snake: "label",
    table: "labels",
    path: "/labels",
    fields: &[Field::new("code", WORD).access(Access::Immutable)],
    operations: &[
        Operation::new("create", Method::Post, "/labels", OperationKind::Create),
        Operation::new(
            "delete",
            Method::Delete,
            "/labels/{code}",
            OperationKind::Delete { soft_keep_days: None },
        ),
    ],
    ..RESOURCE
};

const fn list(item: &'static Type, min: u32) -> Type {
    Type::List { item, optional: false, min, max: 9 }
}

static THING: Resource = Resource {
    name: "Thing",
    snake: "thing",
    table: "things",
    path: "/things",
    fields: &[
        Field::new("name", WORD).access(Access::Immutable),
        Field::new("tags", list(&Type::Reference(&TO_TAG), 1)).store(Kept::Links(&TAGS)),
        Field::new("labels", list(&Type::Reference(&TO_LABEL), 2))
            .default(Literal::List(&[]))
            .store(Kept::Links(&LABELS)),
    ],
    operations: &[
        Operation::new("create", Method::Post, "/things", OperationKind::Create),
        Operation::new("get", Method::Get, "/things/{name}", OperationKind::Get),
    ],
    ..RESOURCE
};

static SERVICE: Service = Service {
    name: "Needed",
    resources: &[&TAG, &LABEL, &THING],
    sqlite: &[Migration {
        version: 1,
        description: "create",
        up: "CREATE TABLE tags (code TEXT PRIMARY KEY, deleted_at TEXT, row_version INTEGER NOT NULL) STRICT;
             CREATE TABLE labels (code TEXT PRIMARY KEY, row_version INTEGER NOT NULL) STRICT;
             CREATE TABLE things (name TEXT PRIMARY KEY, row_version INTEGER NOT NULL) STRICT;
             CREATE TABLE things_tags (thing_id TEXT NOT NULL REFERENCES things (name) ON DELETE CASCADE,
                 tag_id TEXT NOT NULL REFERENCES tags (code) ON DELETE CASCADE, position INTEGER NOT NULL,
                 PRIMARY KEY (thing_id, tag_id)) STRICT;
             CREATE TABLE things_labels (thing_id TEXT NOT NULL REFERENCES things (name) ON DELETE CASCADE,
                 label_id TEXT NOT NULL REFERENCES labels (code) ON DELETE CASCADE, position INTEGER NOT NULL,
                 PRIMARY KEY (thing_id, label_id)) STRICT;",
    }],
    postgres: &[Migration {
        version: 1,
        description: "create",
        up: "CREATE TABLE tags (code text PRIMARY KEY, deleted_at timestamptz, row_version bigint NOT NULL);
             CREATE TABLE labels (code text PRIMARY KEY, row_version bigint NOT NULL);
             CREATE TABLE things (name text PRIMARY KEY, row_version bigint NOT NULL);
             CREATE TABLE things_tags (thing_id text NOT NULL REFERENCES things (name) ON DELETE CASCADE,
                 tag_id text NOT NULL REFERENCES tags (code) ON DELETE CASCADE, position integer NOT NULL,
                 PRIMARY KEY (thing_id, tag_id));
             CREATE TABLE things_labels (thing_id text NOT NULL REFERENCES things (name) ON DELETE CASCADE,
                 label_id text NOT NULL REFERENCES labels (code) ON DELETE CASCADE, position integer NOT NULL,
                 PRIMARY KEY (thing_id, label_id));",
    }],
    ..fixtures::SERVICE
};

/// Servers on every database, with a thing that has two tags and three labels.
async fn things() -> Vec<(Api, Server, tempfile::TempDir)> {
    let mut found = Vec::new();
    for (_, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let server = || App::new(&SERVICE, store.clone()).start().expect("a server");
        let api = Api::of(server().router(), store.clone());
        for (path, code) in
            [("/tags", "a"), ("/tags", "b"), ("/labels", "x"), ("/labels", "y"), ("/labels", "z")]
        {
            api.check(call("POST", path).json(json!({"code": code})), 201, json!({})).await;
        }
        let thing = json!({"name": "t", "tags": ["a", "b"], "labels": ["x", "y", "z"]});
        api.check(call("POST", "/things").json(thing), 201, json!({})).await;
        found.push((api, server(), folder));
    }
    found
}

async fn shows(api: &Api, expected: Value, version: i64) {
    api.check(call("GET", "/things/t"), 200, expected).await;
    assert_eq!(api.version("/things/t").await, version, "{}", api.database);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delete_leaves_as_many_as_a_list_needs() {
    for (api, _, _folder) in things().await {
        let first = api.version("/things/t").await;
        api.check(call("DELETE", "/labels/y"), 204, json!(null)).await;
        shows(&api, json!({"labels": ["x", "z"]}), first + 1).await;
        let held = json!({"errors": [{"parameter": "code", "code": "referenced"}]});
        api.check(call("DELETE", "/labels/x"), 409, held).await;
        shows(&api, json!({"labels": ["x", "z"]}), first + 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purge_leaves_as_many_as_a_list_needs() {
    for (api, server, _folder) in things().await {
        let later = Timestamp::from_micros(Timestamp::now().micros() + 2 * 86_400_000_000).expect("a time");
        let first = api.version("/things/t").await;
        // Deleted softly, a key stays in the list.
        for code in ["a", "b"] {
            api.check(call("DELETE", format!("/tags/{code}")), 200, json!({"code": code})).await;
            let purged = server.purge(later).await.expect("a purge");
            assert_eq!(purged, u64::from(code == "a"), "{}: {code}", api.database);
        }
        shows(&api, json!({"tags": ["b"]}), first + 1).await;
    }
    for (api, server, _folder) in things().await {
        let later = Timestamp::from_micros(Timestamp::now().micros() + 2 * 86_400_000_000).expect("a time");
        let first = api.version("/things/t").await;
        for code in ["a", "b"] {
            api.check(call("DELETE", format!("/tags/{code}")), 200, json!({"code": code})).await;
        }
        assert_eq!(server.purge(later).await.expect("a purge"), 0, "both at once: {}", api.database);
        shows(&api, json!({"tags": ["a", "b"]}), first).await;
    }
}

/// How many connections wait for that one, or for one that does.
pub(crate) async fn waiting(pool: &sqlx::PgPool, first: i32) -> i64 {
    let query =
        "WITH RECURSIVE waiting AS (SELECT $1 AS pid UNION SELECT a.pid FROM pg_stat_activity a, waiting
             WHERE waiting.pid = ANY(pg_blocking_pids(a.pid)))
         SELECT count(*) - 1 FROM waiting";
    sqlx::query_scalar(query).bind(first).fetch_one(pool).await.expect("a count")
}

/// What is taken back while a purge waits changes neither which rows it deletes nor that their lists hear of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_purge_deletes_what_it_told_others_of() {
    let (_, url, _folder) = databases().await.pop().expect("PostgreSQL");
    let store = Store::open(&url).await.expect("a database");
    store.migrate(&SERVICE).await.expect("migrations");
    let server = App::new(&SERVICE, store).start().expect("a server");
    let pool = sqlx::PgPool::connect(&url).await.expect("PostgreSQL");
    // One row more than go at once; the first is in one list, and the last in another.
    let rows = "INSERT INTO tags SELECT 't' || lpad(n::text, 4, '0'), now(), 1 FROM generate_series(0, 256) n;
         INSERT INTO tags VALUES ('x', NULL, 1);
         INSERT INTO things VALUES ('first', 1), ('last', 1);
         INSERT INTO things_tags VALUES ('first', 't0000', 0), ('first', 'x', 1), ('last', 't0256', 0), ('last', 'x', 1);";
    sqlx::raw_sql(rows).execute(&pool).await.expect("rows");
    let mut held = pool.begin().await.expect("a transaction");
    sqlx::query("SELECT 1 FROM things WHERE name = 'first' FOR UPDATE")
        .execute(&mut *held)
        .await
        .expect("a lock");
    let first = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *held).await.expect("a number");
    let later = Timestamp::from_micros(Timestamp::now().micros() + 2 * 86_400_000_000).expect("a time");
    let purge = tokio::spawn(async move { server.purge(later).await });
    let pause = || tokio::time::sleep(std::time::Duration::from_millis(10));
    while waiting(&pool, first).await < 1 {
        pause().await;
    }
    let other = pool.clone();
    let undelete = tokio::spawn(async move {
        let undelete = "UPDATE tags SET deleted_at = NULL WHERE code = 't0001'";
        sqlx::query(undelete).execute(&other).await.expect("an answer").rows_affected()
    });
    while !undelete.is_finished() && waiting(&pool, first).await < 2 {
        pause().await;
    }
    held.commit().await.expect("a commit");
    let (gone, back) = (purge.await.expect("ends").expect("a purge"), undelete.await.expect("ends"));
    assert_eq!(gone + back, 257);
    let versions = "SELECT row_version FROM things ORDER BY name";
    let versions: Vec<i64> = sqlx::query_scalar(versions).fetch_all(&pool).await.expect("rows");
    assert_eq!(versions, [2, 2]);
}
