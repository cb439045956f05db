//! Rows that are deleted softly: nothing that is there refers to them, and they stand in nobody's way. And code that goes on after a
//! refusal, or may not write at all.

use atlas9_server::descriptor::{
    Access, Action, Assigned, Expr, Field, Links, Literal, Managed, Method, Migration, OnDelete, Operation,
    OperationKind, Operator, Reference, Resource, Returns, Rule, Service, Store as Kept, Target, Type,
    Unique,
};
use atlas9_server::{
    App, Connection, Cx, Handler, Input, Output, Problem, Record, Store, Value, default, handler,
};
use serde_json::{Value as Json, json};

use crate::fixtures::{self, DELETED_AT, RESOURCE};
use crate::harness::{Api, call, databases};
use crate::needed::waiting;

const WORD: Type = Type::string(1, 20);
static TO_AUTHOR: Reference = Reference { resource: "Author", key: WORD, on_delete: OnDelete::Restrict };
const AUTHOR_KEY: Type = Type::Reference(&TO_AUTHOR);
static READERS: Links = Links { table: "books_readers", tenant: None, owner: &["book_id"], key: "author_id" };
static TO_NEXT: Reference = Reference { resource: "Book", key: WORD, on_delete: OnDelete::Clear };
const CODE: Field = Field::new("code", WORD).access(Access::Immutable);
const SOFT: OperationKind = OperationKind::Delete { soft_keep_days: Some(1) };

static AUTHOR: Resource = Resource {
    name: "Author",
    snake: "author",
    table: "authors",
    path: "/authors",
    fields: &[CODE, DELETED_AT],
    operations: &[
        Operation::new("create", Method::Post, "/authors", OperationKind::Create),
        Operation::new("get", Method::Get, "/authors/{code}", OperationKind::Get),
        Operation::new("delete", Method::Delete, "/authors/{code}", SOFT),
        Operation::new("undelete", Method::Post, "/authors/{code}/undelete", OperationKind::Undelete),
        Operation::new(
            "peek",
            Method::Get,
            "/authors/peek",
            OperationKind::Action(Action {
                target: Target::Query,
                params: &[],
                returns: Returns::Nothing,
                moves: &[],
                sets: &[],
            }),
        ),
    ],
    ..RESOURCE
};

const fn sets(
    params: &'static [Field],
    sets: &'static [(&'static [&'static str], Assigned)],
) -> OperationKind {
    let returns = Returns::resource("Book");
    OperationKind::Action(Action { target: Target::Item, params, returns, moves: &[], sets })
}

static BOOK: Resource = Resource {
    name: "Book",
    snake: "book",
    table: "books",
    path: "/books",
    fields: &[
        CODE,
        Field::new("slug", WORD),
        Field::new("isbn", WORD),
        Field::new("title", WORD).default(Literal::Text("t")),
        Field::new("editor", AUTHOR_KEY).optional(),
        Field::new("next", Type::Reference(&TO_NEXT)).optional(),
        Field::new("readers", Type::List { item: &AUTHOR_KEY, optional: false, min: 0, max: 9 })
            .default(Literal::List(&[]))
            .store(Kept::Links(&READERS)),
        DELETED_AT,
    ],
    operations: &[
        Operation::new("create", Method::Post, "/books", OperationKind::Create),
        Operation::new("get", Method::Get, "/books/{code}", OperationKind::Get),
        Operation::new("update", Method::Patch, "/books/{code}", OperationKind::Update),
        Operation::new("delete", Method::Delete, "/books/{code}", SOFT),
        Operation::new("undelete", Method::Post, "/books/{code}/undelete", OperationKind::Undelete),
        Operation::new(
            "assign",
            Method::Post,
            "/books/{code}/assign",
            sets(&[Field::new("to", AUTHOR_KEY)], &[(&["editor"], Assigned::Param("to"))]),
        ),
        Operation::new(
            "retitle",
            Method::Post,
            "/books/{code}/retitle",
            sets(&[Field::new("title", WORD)], &[(&["title"], Assigned::Param("title"))]),
        ),
    ],
    rules: &[Rule {
        name: "not_bad",
        text: "No book is called bad.",
        condition: Expr::Binary(
            Operator::NotEqual,
            &Expr::Field(&["title"]),
            &Expr::Literal(Literal::Text("bad")),
        ),
        constraint: "",
    }],
    unique: &[
        Unique { name: "books_slug_key", fields: &[&["slug"]] },
        Unique { name: "books_isbn_key", fields: &[&["isbn"]] },
    ],
    ..RESOURCE
};

static TO_BOOK: Reference = Reference { resource: "Book", key: WORD, on_delete: OnDelete::Restrict };

static CHAPTER: Resource = Resource {
    name: "Chapter",
    snake: "chapter",
    table: "chapters",
    parent: Some("Book"),
    path: "/books/{book_id}/chapters",
    fields: &[
        CODE,
        Field::new("book_id", Type::Reference(&TO_BOOK)).access(Access::ReadOnly).managed(Managed::Parent),
        DELETED_AT,
    ],
    operations: &[
        Operation::new("create", Method::Post, "/books/{book_id}/chapters", OperationKind::Create),
        Operation::new("delete", Method::Delete, "/books/{book_id}/chapters/{code}", SOFT),
        Operation::new(
            "undelete",
            Method::Post,
            "/books/{book_id}/chapters/{code}/undelete",
            OperationKind::Undelete,
        ),
    ],
    ..RESOURCE
};

macro_rules! tables {
    ($time:literal, $end:literal) => {
        &[Migration {
            version: 1,
            description: "create",
            up: concat!(
                "CREATE TABLE authors (code text PRIMARY KEY, deleted_at ", $time, ", row_version bigint NOT NULL)", $end,
                "CREATE TABLE books (code text PRIMARY KEY, slug text NOT NULL, isbn text NOT NULL, title text NOT NULL,
                     editor text REFERENCES authors ON DELETE RESTRICT, next text REFERENCES books ON DELETE SET NULL,
                     deleted_at ", $time, ",
                     row_version bigint NOT NULL)", $end,
                "CREATE UNIQUE INDEX books_slug_key ON books (slug) WHERE deleted_at IS NULL", $end,
                "CREATE UNIQUE INDEX books_isbn_key ON books (isbn) WHERE deleted_at IS NULL", $end,
                "CREATE TABLE chapters (code text NOT NULL, book_id text NOT NULL REFERENCES books ON DELETE RESTRICT,
                     deleted_at ", $time, ", row_version bigint NOT NULL, PRIMARY KEY (book_id, code))", $end,
                "CREATE TABLE books_readers (book_id text NOT NULL REFERENCES books ON DELETE CASCADE,
                     author_id text NOT NULL REFERENCES authors ON DELETE RESTRICT, position bigint NOT NULL,
                     PRIMARY KEY (book_id, author_id))", $end,
            ),
        }]
    };
}

static SERVICE: Service = Service {
    name: "Soft",
    resources: &[&AUTHOR, &BOOK, &CHAPTER],
    sqlite: tables!("text", ";\n"),
    postgres: tables!("timestamptz", ";\n"),
    ..fixtures::SERVICE
};

fn peek() -> Handler {
    handler::call0(async |_: &mut Cx| Ok::<(), Problem>(()), |_| Ok(()), Output::nothing)
}

async fn server(database: &'static str, url: &str, code: impl Fn(App) -> App) -> Api {
    let store = Store::open(url).await.expect("a database");
    store.migrate(&SERVICE).await.expect("migrations");
    let app = code(App::new(&SERVICE, store.clone()).handler("Author", "peek", peek()));
    let mut api = Api::of(app.start().expect("a server").router(), store);
    api.database = database;
    for author in ["x", "y"] {
        api.check(call("POST", "/authors").json(json!({"code": author})), 201, json!({})).await;
    }
    make(&api, json!({"code": "a", "slug": "s1", "isbn": "1", "editor": "y"})).await;
    api
}

/// Servers on every database with the authors `x` and `y`, and the book `a` that `y` edits.
async fn servers(code: impl Fn(App) -> App) -> Vec<(Api, tempfile::TempDir)> {
    let mut found = Vec::new();
    for (database, url, folder) in databases().await {
        found.push((server(database, &url, &code).await, folder));
    }
    found
}

async fn make(api: &Api, book: Json) {
    api.check(call("POST", "/books").json(book), 201, json!({})).await;
}

async fn delete(api: &Api, path: &str) {
    api.check(call("DELETE", path), 200, json!({})).await;
}

fn not_found(pointer: &str) -> Json {
    json!({"code": "invalid", "errors": [{"pointer": pointer, "code": "not_found"}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_cannot_refer_to_what_is_deleted_or_missing() {
    for (api, _folder) in servers(|app| app).await {
        delete(&api, "/authors/x").await;
        let assign = |to: &str| call("POST", "/books/a/assign").json(json!({"to": to}));
        for author in ["x", "nobody"] {
            api.check(assign(author), 422, not_found("#/to")).await;
        }
        api.check(call("GET", "/books/a"), 200, json!({"editor": "y"})).await;
        api.check(assign("y"), 200, json!({"editor": "y"})).await;
        let missing = call("POST", "/books/b/assign").json(json!({"to": "x"}));
        api.check(missing, 404, json!({"code": "not_found"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undelete_does_not_bring_back_a_reference_to_what_is_deleted() {
    for (api, _folder) in servers(|app| app).await {
        make(&api, json!({"code": "b", "slug": "s2", "isbn": "2", "readers": ["x"]})).await;
        for path in ["/books/a", "/books/b", "/authors/x", "/authors/y"] {
            delete(&api, path).await;
        }
        for (book, pointer) in [("a", "#/editor"), ("b", "#/readers/0")] {
            let told = json!({"code": "conflict", "errors": [{"pointer": pointer, "code": "not_found"}]});
            api.check(call("POST", format!("/books/{book}/undelete")), 409, told).await;
            api.check(call("GET", format!("/books/{book}")), 404, json!({})).await;
        }
        api.check(call("POST", "/authors/y/undelete"), 200, json!({})).await;
        api.check(call("POST", "/books/a/undelete"), 200, json!({"editor": "y"})).await;
    }
}

/// Else neither of two rows that lead to each other could come back.
#[tokio::test(flavor = "multi_thread")]
async fn an_undelete_brings_back_references_that_the_other_end_can_go_without() {
    for (api, _folder) in servers(|app| app).await {
        make(&api, json!({"code": "b", "slug": "s2", "isbn": "2", "next": "a"})).await;
        let around = call("PATCH", "/books/a").json(json!({"next": "b"}));
        api.check(around, 200, json!({"next": "b"})).await;
        for book in ["a", "b"] {
            delete(&api, &format!("/books/{book}")).await;
        }
        api.check(call("POST", "/books/a/undelete"), 200, json!({"next": "b", "deleted_at": null})).await;
        api.check(call("PATCH", "/books/a").json(json!({"title": "u"})), 200, json!({"next": "b"})).await;
        let again = call("POST", "/books").json(json!({"code": "c", "slug": "s3", "isbn": "3", "next": "b"}));
        api.check(again, 422, not_found("#/next")).await;
        api.check(call("POST", "/books/b/undelete"), 200, json!({"next": "a", "deleted_at": null})).await;
    }
}

/// Whoever refers to a row waits for who is deleting it.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_waits_for_a_delete() {
    let (database, url, _folder) = databases().await.pop().expect("PostgreSQL");
    let api = std::sync::Arc::new(server(database, &url, |app| app).await);
    let pool = sqlx::PgPool::connect(&url).await.expect("PostgreSQL");
    let book = json!({"code": "b", "slug": "s2", "isbn": "2"});
    let with = |name: &str, value: Json| {
        let mut book = book.clone();
        book[name] = value;
        book
    };
    for (call, pointer) in [
        (call("POST", "/books").json(with("editor", json!("x"))), "#/editor"),
        (call("POST", "/books").json(with("readers", json!(["x"]))), "#/readers/0"),
        (call("PATCH", "/books/a").json(json!({"editor": "x"})), "#/editor"),
        (call("POST", "/books/a/assign").json(json!({"to": "x"})), "#/to"),
    ] {
        let mut held = pool.begin().await.expect("a transaction");
        let first =
            sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *held).await.expect("a number");
        let delete = "UPDATE authors SET deleted_at = now() WHERE code = 'x'";
        sqlx::query(delete).execute(&mut *held).await.expect("a delete");
        let other = std::sync::Arc::clone(&api);
        let asked = tokio::spawn(async move { other.check(call, 422, not_found(pointer)).await });
        while !asked.is_finished() && waiting(&pool, first).await < 1 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        held.commit().await.expect("a commit");
        asked.await.expect("an answer");
        sqlx::query("UPDATE authors SET deleted_at = NULL").execute(&pool).await.expect("it is back");
    }
}

/// Neither comes before the other: what a row lives in is not deleted while the row comes back.
#[tokio::test(flavor = "multi_thread")]
async fn an_undelete_waits_for_a_delete_of_its_parent() {
    let (database, url, _folder) = databases().await.pop().expect("PostgreSQL");
    let api = std::sync::Arc::new(server(database, &url, |app| app).await);
    api.check(call("POST", "/books/a/chapters").json(json!({"code": "1"})), 201, json!({})).await;
    delete(&api, "/books/a/chapters/1").await;
    let pool = sqlx::PgPool::connect(&url).await.expect("PostgreSQL");
    let mut held = pool.begin().await.expect("a transaction");
    let first = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *held).await.expect("a number");
    let delete = "UPDATE books SET deleted_at = now() WHERE code = 'a'";
    sqlx::query(delete).execute(&mut *held).await.expect("a delete");
    let other = std::sync::Arc::clone(&api);
    let undelete = call("POST", "/books/a/chapters/1/undelete");
    let asked = tokio::spawn(async move { other.check(undelete, 404, json!({"code": "not_found"})).await });
    while !asked.is_finished() && waiting(&pool, first).await < 1 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    held.commit().await.expect("a commit");
    asked.await.expect("an answer");
    let live = "SELECT count(*) FROM chapters WHERE deleted_at IS NULL";
    assert_eq!(sqlx::query_scalar::<_, i64>(live).fetch_one(&pool).await.expect("a count"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_takes_no_value() {
    for (api, _folder) in servers(|app| app).await {
        make(&api, json!({"code": "b", "slug": "s2", "isbn": "2"})).await;
        delete(&api, "/books/a").await;
        let third = call("POST", "/books").json(json!({"code": "c", "slug": "s1", "isbn": "2"}));
        let taken = json!({"code": "conflict", "errors": [{"pointer": "#/isbn", "code": "taken"}]});
        api.check(third, 409, taken).await;
        // Its key stays its own.
        let again = call("POST", "/books").json(json!({"code": "a", "slug": "s3", "isbn": "3"}));
        api.check(again, 409, json!({"errors": [{"pointer": "#/code", "code": "taken"}]})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undelete_in_code_is_for_the_state_that_is_wanted() {
    let undelete = || {
        handler::call1(
            async |cx: &mut Cx, code: String| default::undelete(cx, &BOOK, &[Value::Text(code)]).await,
            |mut input: Input| Ok((input.key(0)?,)),
            Output::Record,
        )
    };
    for (api, _folder) in servers(|app| app.handler("Book", "undelete", undelete())).await {
        let first = api.version("/books/a").await;
        delete(&api, "/books/a").await;
        let undelete =
            |version: i64| call("POST", "/books/a/undelete").header("if-match", format!("\"{version}\""));
        api.check(undelete(first), 412, json!({"code": "precondition_failed"})).await;
        api.check(undelete(first + 1), 200, json!({"code": "a"})).await;
    }
}

/// Overlooks that a book cannot be renamed or made, and goes on.
fn retitle() -> Handler {
    handler::call2(
        async |cx: &mut Cx, code: String, params: Record| {
            let key = [Value::Text(code)];
            let refused = default::action(cx, &BOOK, "retitle", &key, params).await;
            assert_eq!(refused.map_err(|problem| problem.status()).err(), Some(422));
            let mut again = default::get(cx, &BOOK, &key).await?;
            again.set("slug", "s9");
            let refused = default::create(cx, &BOOK, again).await;
            assert_eq!(refused.map_err(|problem| problem.status()).err(), Some(409));
            let mut other = Record::new(BOOK.fields);
            other.set("title", "other");
            default::update(cx, &BOOK, &key, other).await?;
            default::get(cx, &BOOK, &key).await
        },
        |mut input| Ok((input.key(0)?, input.body)),
        Output::Record,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn code_keeps_nothing_of_what_was_refused() {
    for (api, _folder) in servers(|app| app.handler("Book", "retitle", retitle())).await {
        let kept = json!({"title": "other", "slug": "s1"});
        let first = api.version("/books/a").await;
        let retitle = call("POST", "/books/a/retitle").json(json!({"title": "bad"}));
        api.check(retitle, 200, kept.clone()).await;
        api.check(call("GET", "/books/a"), 200, kept).await;
        assert_eq!(api.version("/books/a").await, first + 1, "{}", api.database);
    }
}

fn writes(write: fn() -> Handler) -> impl Fn(App) -> App {
    move |app| app.handler("Author", "peek", write())
}

#[tokio::test(flavor = "multi_thread")]
async fn code_behind_a_get_does_not_write() {
    let write = || {
        handler::call0(
            async |cx: &mut Cx| {
                let mut author = Record::new(AUTHOR.fields);
                author.set("code", "z");
                let author = default::prepared(cx, &AUTHOR, &[], author)?;
                default::create(cx, &AUTHOR, author).await.map(drop)
            },
            |_| Ok(()),
            Output::nothing,
        )
    };
    for (api, _folder) in servers(writes(write)).await {
        api.check(call("GET", "/authors/peek"), 500, json!({"code": "internal"})).await;
        api.check(call("GET", "/authors/z"), 404, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sql_behind_a_get_does_not_write() {
    let write = || {
        handler::call0(
            async |cx: &mut Cx| {
                let sql = "INSERT INTO authors (code, row_version) VALUES ('z', 1)";
                match cx.connection().await? {
                    Connection::Sqlite(connection) => sqlx::query(sql).execute(connection).await.map(drop)?,
                    Connection::Postgres(connection) => {
                        sqlx::query(sql).execute(connection).await.map(drop)?
                    }
                }
                Ok::<(), Problem>(())
            },
            |_| Ok(()),
            Output::nothing,
        )
    };
    // In memory readers and the writer are one connection.
    for (api, _folder) in servers(writes(write)).await.into_iter().skip(1) {
        api.check(call("GET", "/authors/peek"), 500, json!({"code": "internal"})).await;
        api.check(call("GET", "/authors/z"), 404, json!({})).await;
    }
}
