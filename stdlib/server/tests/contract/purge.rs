//! What was soft-deleted goes for ever once it has been kept for long enough.

use atlas9_server::Options;
use atlas9_server::value::Timestamp;
use serde_json::json;

use crate::harness::{Api, apis, app, author, book, call, dune};

fn in_days(days: i64) -> Timestamp {
    Timestamp::from_micros(Timestamp::now().micros() + days * 86_400_000_000).expect("a time")
}

/// Purges so many days from now and expects these ISBNs to be left, deleted or not.
async fn check(api: &Api, days: i64, gone: u64, left: &[&str]) {
    let server = app(api.store.clone(), Options::default()).start().expect("a server");
    assert_eq!(server.purge(in_days(days)).await.expect("a purge"), gone, "{}", api.database);
    let books = api.check(call("GET", "/v1/books?show_deleted=true&limit=5"), 200, json!({})).await;
    let mut isbns: Vec<&str> = books.json["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|book| book["isbn"].as_str())
        .collect();
    isbns.sort_unstable();
    assert_eq!(isbns, left, "{}", api.database);
}

#[tokio::test(flavor = "multi_thread")]
async fn purges_what_is_old_and_free() {
    for api in apis().await {
        let author = author(&api).await;
        let delete = async |id: &str| {
            api.check(call("DELETE", format!("/v1/books/{id}")), 200, json!({})).await;
        };
        let sequel = async |isbn: u64, of: &str| {
            let mut body = dune(&author, isbn);
            body["sequel_of"] = json!(of);
            api.check(call("POST", "/v1/books").json(body), 201, json!({})).await.text("/id")
        };
        let first = book(&api, &author, 1).await;
        let second = sequel(2, &first).await;
        let third = sequel(3, &second).await;
        book(&api, &author, 4).await;
        let [one, two, three, four] = ["0000000000001", "0000000000002", "0000000000003", "0000000000004"];
        // The sequels go first, or the database would refuse.
        for id in [&third, &second, &first] {
            delete(id).await;
        }
        check(&api, 29, 0, &[one, two, three, four]).await;
        // What is undeleted stays, and so does what it refers to, though that is old.
        api.check(call("POST", format!("/v1/books/{first}/undelete")), 200, json!({})).await;
        api.check(call("POST", format!("/v1/books/{second}/undelete")), 200, json!({})).await;
        check(&api, 31, 1, &[one, two, four]).await;
        delete(&second).await;
        delete(&first).await;
        api.check(call("POST", format!("/v1/books/{first}/undelete")), 200, json!({})).await;
        check(&api, 31, 1, &[one, four]).await;
        delete(&first).await;
        check(&api, 31, 1, &[four]).await;
        check(&api, 3_000, 0, &[four]).await;
    }
}
