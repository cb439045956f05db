//! `q` finds the same with and without its index, on both databases, and takes the index where there are many rows.

use std::time::Duration;

use atlas9_descriptor::{
    Access, Auth, Field, List, Managed, Method, Migration, Operation, OperationKind, Paging, Resource,
    Scalar, SearchIndex, Service, Type,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{few, probe};
use crate::Value;
use crate::list::{ListRequest, SortKey, page};
use crate::plan::ServicePlan;
use crate::store::{Bind, ColumnType, Dialect, Mode, Reach, Session, Statement, Store};

const TEXT: Type = Type::Scalar(Scalar::String { min: 0, max: 4000, pattern: None });
static NOTE: Resource = Resource {
    name: "Note",
    snake: "note",
    table: "notes",
    parent: None,
    path: "/notes",
    fields: &[
        Field::new("id", Type::Scalar(Scalar::Uuid)).access(Access::ReadOnly).managed(Managed::Key),
        Field::new("title", TEXT),
        Field::new("body", TEXT).optional(),
    ],
    key: Some(0),
    operations: &[Operation::new(
        "list",
        Method::Get,
        "/notes",
        OperationKind::List(List {
            filter: &[],
            sort: &[&["title"]],
            search: &[&["title"], &["body"]],
            search_index: Some(SearchIndex {
                texts: "atlas9_notes_search",
                columns: &["title_text", "body_text"],
                rows: "atlas9_notes_search_rows",
                number: "number",
            }),
            paging: Paging::Cursor,
            default_limit: 20,
            max_limit: 100,
        }),
    )],
    rules: &[],
    unique: &[],
    audited: None,
    events: false,
};
static SERVICE: Service = Service {
    name: "Notebook",
    version: "1.0.0",
    base_path: "",
    auth: &[Auth::Bearer],
    scopes: &[],
    rate_limit: None,
    problem_base: "urn:problem:",
    resources: &[&NOTE],
    operations: &[],
    errors: &[],
    openapi: "",
    docs: "",
    // What the emitter makes of `emitters/sql/tests/fixtures/search.atlas`.
    sqlite: &[Migration {
        version: 1,
        description: "create",
        up: include_str!("../../../../../emitters/sql/tests/golden/search.sqlite.sql"),
    }],
    postgres: &[Migration {
        version: 1,
        description: "create",
        up: include_str!("../../../../../emitters/sql/tests/golden/search.postgres.sql"),
    }],
};

/// The places of the columns.
const TITLE: usize = 1;
const BODY: usize = 2;

/// A new database of each kind with the tables.
async fn stores() -> Vec<(Store, ServicePlan, tempfile::TempDir)> {
    let folder = || tempfile::tempdir().expect("a folder");
    let file = folder();
    let path = format!("sqlite://{}", file.path().join("notes.db").display());
    let server = std::env::var("ATLAS9_POSTGRES").expect("ATLAS9_POSTGRES is not set: run tests/all");
    let schema = format!("t{}", uuid::Uuid::new_v4().simple());
    let whole = sqlx::PgPool::connect(&format!("{server}/postgres")).await.expect("PostgreSQL");
    let create = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
    sqlx::query(create).execute(&whole).await.expect("a schema");
    let urls = [(path, file), (format!("{server}/postgres?options[search_path]={schema}"), folder())];
    let mut stores = Vec::new();
    for (url, folder) in urls {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let plan = ServicePlan::new(&SERVICE, store.dialect()).expect("a plan");
        stores.push((store, plan, folder));
    }
    stores
}

async fn session(store: &Store, mode: Mode) -> Session {
    store.session(mode, Duration::from_secs(60), Reach::Shared).await.expect("a session")
}

async fn execute(session: &mut Session, text: &str, binds: &[Bind]) {
    session.execute(Statement::with(text.to_owned(), binds.to_vec())).await.expect(text);
}

fn request(words: &[&str], searched: &[usize], plan: &ServicePlan, narrow: bool) -> ListRequest {
    let words = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    let request = ListRequest { words, searched: searched.to_vec(), narrow, ..ListRequest::first(100) };
    request.ordered(plan.named("Note").expect("the resource"))
}

/// The titles of what is found, in their order.
async fn titles(session: &mut Session, plan: &ServicePlan, request: &ListRequest) -> Vec<String> {
    let of = plan.named("Note").expect("the resource");
    let rows = session.rows(page(of, plan.dialect, &[], request)).await.expect("a page");
    let title = |row: &crate::store::Row| match row.cell(TITLE + 1, ColumnType::Text) {
        Ok(crate::store::Cell::Text(text)) => text.to_owned(),
        other => unreachable!("{other:?}"),
    };
    let mut titles: Vec<String> = rows.iter().map(title).collect();
    titles.sort();
    titles
}

/// A database as rows come, change and go, and a query.
#[derive(Clone, Debug)]
struct Case {
    rows: Vec<(String, Option<String>)>,
    changed: Vec<(String, Option<String>)>,
    query: String,
    searched: Vec<usize>,
}

/// Letters of few kinds, so that words repeat; those that mean something to SQL or FTS5; those whose case is special.
fn letters() -> impl Strategy<Value = char> {
    let common = prop::sample::select("abcABC".chars().collect::<Vec<_>>());
    let signs = prop::sample::select(" %_\\'\"*^:(){}-+,.\n\tAND".chars().collect::<Vec<_>>());
    let special = prop::sample::select(
        "éÉe\u{301}İiıIßẞΣσςĮįKkſsαδ日本語🦀\u{200d}\u{ffff}".chars().collect::<Vec<_>>(),
    );
    let any = any::<char>().prop_filter("no text has a NUL", |c| *c != '\0');
    prop_oneof![8 => common, 2 => signs, 4 => special, 1 => any]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(letters(), 0..24).prop_map(|letters| letters.into_iter().collect())
}

fn rows() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    prop::collection::vec((text(), prop::option::of(text())), 1..8)
}

/// What is looked for stands somewhere in the rows, more often than not.
fn cases() -> impl Strategy<Value = Case> {
    let query = (any::<prop::sample::Index>(), 0..24_usize, 1..10_usize, text(), any::<bool>());
    let searched = prop::sample::select(vec![vec![TITLE], vec![BODY], vec![TITLE, BODY]]);
    (rows(), rows(), query, searched).prop_map(
        |(rows, changed, (row, from, length, other, own), searched)| {
            let (title, body) = &changed[row.index(changed.len())];
            let part = body.as_ref().filter(|_| searched == [BODY]).unwrap_or(title);
            let part: String = part.chars().skip(from % (part.chars().count() + 1)).take(length).collect();
            Case { rows, changed, query: if own { part } else { other }, searched }
        },
    )
}

/// What the rows say themselves.
fn expected(case: &Case, words: &[&str]) -> Vec<String> {
    let holds = |(title, body): &&(String, Option<String>)| {
        let texts = [(TITLE, Some(title)), (BODY, body.as_ref())];
        let searched = texts.into_iter().filter(|(place, _)| case.searched.contains(place));
        let texts: Vec<String> = searched.filter_map(|(_, text)| Some(text?.to_ascii_lowercase())).collect();
        words.iter().all(|word| texts.iter().any(|text| text.contains(&word.to_ascii_lowercase())))
    };
    let mut titles: Vec<String> = case.changed.iter().filter(holds).map(|(title, _)| title.clone()).collect();
    titles.sort();
    titles
}

/// The rows come, those that are left change, the others go.
async fn write(session: &mut Session, case: &Case) {
    let bound = |at: usize, (title, body): &(String, Option<String>)| {
        let body = body.clone().map_or(Bind::Null(ColumnType::Text), Bind::Text);
        [Bind::Uuid(uuid::Uuid::from_u128(at as u128)), Bind::Text(title.clone()), body]
    };
    execute(session, "DELETE FROM notes", &[]).await;
    let insert = "INSERT INTO notes (id, title, body) VALUES ($1, $2, $3)";
    for (at, row) in case.rows.iter().enumerate() {
        execute(session, insert, &bound(at, row)).await;
    }
    for (at, row) in case.changed.iter().enumerate() {
        let change = "UPDATE notes SET title = $2, body = $3 WHERE id = $1";
        let text = if at < case.rows.len() { change } else { insert };
        execute(session, text, &bound(at, row)).await;
    }
    for at in case.changed.len()..case.rows.len() {
        let key = Bind::Uuid(uuid::Uuid::from_u128(at as u128));
        execute(session, "DELETE FROM notes WHERE id = $1", &[key]).await;
    }
}

#[test]
fn the_index_changes_no_answer() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let stores = runtime.block_on(stores());
    let mut runner = TestRunner::new(Config { cases: 300, ..Config::default() });
    let tested = runner.run(&cases(), |case| {
        let words: Vec<&str> = case.query.split_whitespace().collect();
        let expected = expected(&case, &words);
        for (store, plan, _) in &stores {
            runtime.block_on(async {
                let mut session = session(store, Mode::Write).await;
                write(&mut session, &case).await;
                if store.dialect() == Dialect::Postgres {
                    // So few rows would be read one after the other.
                    execute(&mut session, "SET LOCAL enable_seqscan = off", &[]).await;
                    execute(&mut session, "SET LOCAL enable_indexscan = off", &[]).await;
                }
                for narrow in [false, true] {
                    let request = request(&words, &case.searched, plan, narrow);
                    let found = titles(&mut session, plan, &request).await;
                    prop_assert_eq!(&found, &expected, "{:?}, index {}", store.dialect(), narrow);
                }
                session.commit().await.expect("a commit");
                Ok(())
            })?;
        }
        Ok(())
    });
    tested.expect("the same with and without the index");
}

/// 12,000 rows, of which 4 have a rare word and half a common one.
async fn fill(store: &Store) {
    let fill = match store.dialect() {
        Dialect::Sqlite => {
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 12000)
             INSERT INTO notes (id, title, body) SELECT printf('00000000-0000-0000-0000-%012d', n),
             CASE n % 3000 WHEN 7 THEN 'Marmalade' ELSE 'Jam ' || n END, CASE n % 2 WHEN 0 THEN 'Breakfast' END FROM n"
        }
        Dialect::Postgres => {
            "INSERT INTO notes (id, title, body) SELECT lpad(n::text, 32, '0')::uuid,
             CASE n % 3000 WHEN 7 THEN 'Marmalade' ELSE 'Jam ' || n END, CASE n % 2 WHEN 0 THEN 'Breakfast' END
             FROM generate_series(1, 12000) n"
        }
    };
    let mut writing = session(store, Mode::Write).await;
    execute(&mut writing, fill, &[]).await;
    writing.commit().await.expect("a commit");
    if store.dialect() == Dialect::Postgres {
        execute(&mut session(store, Mode::Read).await, "VACUUM ANALYZE notes", &[]).await;
    }
}

async fn explained(session: &mut Session, plan: &ServicePlan, request: &ListRequest) -> String {
    let (before, column) = match plan.dialect {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN ", 3),
        Dialect::Postgres => ("EXPLAIN ", 0),
    };
    let of = plan.named("Note").expect("the resource");
    let rows = session.rows(page(of, plan.dialect, &[], request).behind(before)).await.expect("a plan");
    let line = |row: &crate::store::Row| match row.cell(column, ColumnType::Text) {
        Ok(crate::store::Cell::Text(text)) => text.to_owned(),
        other => unreachable!("{other:?}"),
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn many_rows_are_found_by_the_index() {
    for (store, plan, _folder) in stores().await {
        fill(&store).await;
        let mut session = session(&store, Mode::Read).await;
        let of = plan.named("Note").expect("the resource");
        for sort in ["id", "title"] {
            let mut wanted = request(&["mArMa", "lade"], &[TITLE, BODY], &plan, false);
            if sort == "title" {
                wanted.sort.insert(0, SortKey { column: TITLE, descending: false });
            }
            if let Some(probe) = probe(of, plan.dialect, &wanted) {
                let found = session.row(probe).await.expect("a count").expect("a row").number(0);
                assert_eq!(found.expect("a number"), 4);
                wanted.narrow = true;
            }
            let told = explained(&mut session, &plan, &wanted).await;
            let (index, whole) = match store.dialect() {
                Dialect::Sqlite => ("VIRTUAL TABLE INDEX", "SCAN t"),
                Dialect::Postgres => ("Index Scan on atlas9_notes_search", "Seq Scan"),
            };
            assert!(told.contains(index) && !told.contains(whole), "sorted by {sort}: {told}");
            assert_eq!(titles(&mut session, &plan, &wanted).await, ["Marmalade"; 4]);
            // Behind the second of the four the cursor leads on in the index.
            let key =
                Value::Uuid(uuid::Uuid::parse_str("00000000-0000-0000-0000-000000003007").expect("a key"));
            let title = (sort == "title").then(|| Value::Text("Marmalade".to_owned()));
            wanted.after = Some(title.into_iter().chain([key]).collect());
            let told = explained(&mut session, &plan, &wanted).await;
            assert!(told.contains(index) && !told.contains(whole), "sorted by {sort}: {told}");
            assert_eq!(titles(&mut session, &plan, &wanted).await, ["Marmalade"; 2]);
        }
    }
}

#[tokio::test]
async fn what_many_rows_have_is_read_in_their_order() {
    for (store, plan, _folder) in stores().await {
        fill(&store).await;
        let mut session = session(&store, Mode::Read).await;
        let of = plan.named("Note").expect("the resource");
        let wanted = request(&["breakfast"], &[TITLE, BODY], &plan, false);
        if let Some(probe) = probe(of, plan.dialect, &wanted) {
            let found = session.row(probe).await.expect("a count").expect("a row").number(0);
            assert!(!few(found.expect("a number")));
        }
        let told = explained(&mut session, &plan, &wanted).await;
        assert!(told.contains("notes_pkey") || told.contains("autoindex_notes"), "{told}");
        assert!(!told.contains("atlas9_notes_search"), "{told}");
        // Words of another column, and those too short for the index, do not ask it.
        let hidden = request(&["breakfast"], &[TITLE], &plan, true);
        assert_eq!(titles(&mut session, &plan, &hidden).await, [""; 0]);
        assert!(probe(of, plan.dialect, &request(&["br", "é%"], &[BODY], &plan, false)).is_none());
    }
}

/// VACUUM may renumber rows where nothing holds their numbers.
#[tokio::test]
async fn numbers_outlive_a_vacuum() {
    let (store, plan, folder) = stores().await.into_iter().next().expect("SQLite is the first");
    fill(&store).await;
    let mut writing = session(&store, Mode::Write).await;
    execute(&mut writing, "DELETE FROM notes WHERE title LIKE 'Jam%' AND body IS NULL", &[]).await;
    writing.commit().await.expect("a commit");
    let file = folder.path().join("notes.db");
    let other = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.expect("the file");
    sqlx::query("VACUUM").execute(&other).await.expect("a vacuum");
    let mut session = session(&store, Mode::Read).await;
    let wanted = request(&["marmalade"], &[TITLE, BODY], &plan, true);
    assert_eq!(titles(&mut session, &plan, &wanted).await, ["Marmalade"; 4]);
}
