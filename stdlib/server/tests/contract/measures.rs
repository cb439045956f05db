//! Numbers with a point come back bit for bit, from bodies, columns, JSON, filters and cursors.

use atlas9_server::descriptor::{
    Access, Field, List, Method, Migration, Operation, OperationKind, Paging, Resource, Scalar, Service, Type,
};
use atlas9_server::{App, Options, Store};
use serde_json::{Value, json};

use crate::fixtures::{self, RESOURCE};
use crate::harness::{Api, call, databases};

const NUMBER: Type = Type::Scalar(Scalar::Float64 { min: f64::MIN, max: f64::MAX, exclusive_max: false });

static MEASURE: Resource = Resource {
    name: "Measure",
    snake: "measure",
    table: "measures",
    path: "/measures",
    fields: &[
        Field::new("code", Type::string(1, 20)).access(Access::Immutable),
        Field::new("value", NUMBER),
        Field::new("extra", Type::Scalar(Scalar::Json)).optional(),
    ],
    operations: &[
        Operation::new("create", Method::Post, "/measures", OperationKind::Create),
        Operation::new("get", Method::Get, "/measures/{code}", OperationKind::Get),
        Operation::new("update", Method::Patch, "/measures/{code}", OperationKind::Update),
        Operation::new(
            "list",
            Method::Get,
            "/measures",
            OperationKind::List(List {
                filter: &[&["value"]],
                sort: &[&["value"]],
                search: &[],
                search_index: None,
                paging: Paging::Cursor,
                default_limit: 10,
                max_limit: 100,
            }),
        ),
    ],
    ..RESOURCE
};

macro_rules! tables {
    ($number:literal, $json:literal) => {
        &[Migration {
            version: 1,
            description: "create",
            up: concat!(
                "CREATE TABLE measures (code text PRIMARY KEY, value ",
                $number,
                " NOT NULL, extra ",
                $json,
                ", row_version bigint NOT NULL)"
            ),
        }]
    };
}

static SERVICE: Service = Service {
    name: "Measures",
    resources: &[&MEASURE],
    sqlite: tables!("real", "text"),
    postgres: tables!("double precision", "jsonb"),
    ..fixtures::SERVICE
};

/// Doubles of every size, of which a reader that is not exact gets some wrong: the same ones in each run.
fn numbers() -> Vec<f64> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut found = vec![0.1, -95.240_892_980_362_79, 4.701_317_117_433_27e-18, f64::MAX, f64::MIN_POSITIVE];
    while found.len() < 40 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        found.extend(Some(f64::from_bits(state)).filter(|number| number.is_normal()));
    }
    found
}

/// Servers with a measure for each number, called by its place.
async fn servers() -> Vec<(Api, tempfile::TempDir)> {
    let mut found = Vec::new();
    for (database, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let app = App::new(&SERVICE, store.clone()).options(Options::default());
        let mut api = Api::of(app.start().expect("a server").router(), store);
        api.database = database;
        for (place, number) in numbers().iter().enumerate() {
            let body = json!({"code": place.to_string(), "value": number, "extra": {"a": number}});
            api.check(call("POST", "/measures").json(body.clone()), 201, body).await;
        }
        found.push((api, folder));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_stays_what_it_is() {
    for (api, _folder) in servers().await {
        for (place, number) in numbers().into_iter().enumerate() {
            let path = format!("/measures/{place}");
            let patch = call("PATCH", path.clone()).json(json!({"extra": {"b": 1}}));
            api.check(patch, 200, json!({"value": number, "extra": {"a": number, "b": 1}})).await;
            let found = api.check(call("GET", path), 200, json!({"extra": {"a": number}})).await;
            assert_eq!(found.json["value"].as_f64().map(f64::to_bits), Some(number.to_bits()), "{number:?}");
            let equal = call("GET", format!("/measures?value={number:?}"));
            let items = api.check(equal, 200, json!({})).await.json["items"].clone();
            assert_eq!(items.as_array().map(Vec::len), Some(1), "{}: {number:?}", api.database);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_by_a_number_list_each_row_once() {
    for (api, _folder) in servers().await {
        for (sort, turned) in [("value", false), ("-value", true)] {
            let mut expected = numbers();
            expected.sort_by(f64::total_cmp);
            if turned {
                expected.reverse();
            }
            let mut found = Vec::new();
            let mut path = format!("/measures?sort={sort}&limit=1");
            while found.len() <= expected.len() {
                let page = api.check(call("GET", path), 200, json!({})).await;
                found.extend(page.json.pointer("/items/0/value").and_then(Value::as_f64));
                let Some(cursor) = page.json["next_cursor"].as_str() else { break };
                path = format!("/measures?sort={sort}&limit=1&cursor={cursor}");
            }
            assert_eq!(found, expected, "{}: {sort}", api.database);
        }
    }
}
