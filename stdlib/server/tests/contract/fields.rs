//! `?fields=`: some of the fields of what a list or a get answers.

use atlas9_server::value::{IntoValue, Uuid};
use atlas9_server::{Cx, Handler, ListRequest, Options, Output, Page, Record, default, handler};
use serde_json::{Map, Value, json};

use crate::bookstore::BOOK;
use crate::code::BookId;
use crate::harness::{Api, Reply, apis, app, author, call, dune};
use crate::library::help::{genre, make, person};
use crate::library::libraries;

async fn get(api: &Api, path: String) -> Reply {
    api.check(call("GET", path), 200, json!({})).await
}

/// The members of a whole answer that have these names.
fn part(whole: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), whole[*name].clone())).collect::<Map<_, _>>().into()
}

/// Every field alone, and in pairs, is what it is in the whole; a list has the same of each, on every page.
async fn check(api: &Api, path: &str, list: &str) {
    let whole = get(api, path.to_owned()).await;
    let all = whole.json.as_object().expect("an object");
    let names: Vec<&str> = all.keys().map(String::as_str).collect();
    assert!(names.len() > 3, "{names:?}");
    for (index, name) in names.iter().enumerate() {
        let other = names[(index + 1) % names.len()];
        for asked in [vec![*name], vec![*name, other]] {
            let query = asked.join(",");
            let found = get(api, format!("{path}?fields={query}")).await;
            assert_eq!(found.json, part(&whole.json, &asked), "{}: {path} {query}", api.database);
            assert_eq!(found.header("etag"), whole.header("etag"));
            let listed = get(api, format!("{list}fields={query}")).await;
            let items = get(api, list.to_owned()).await.json["items"].clone();
            let items: Vec<Value> =
                items.as_array().expect("items").iter().map(|item| part(item, &asked)).collect();
            assert_eq!(listed.json["items"], Value::Array(items), "{}: {list} {query}", api.database);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_what_is_named() {
    for api in apis().await {
        let author = author(&api).await;
        let mut body = dune(&author, 1);
        body["discount"] = json!({"amount": "1", "currency": "EUR"});
        body["tags"] = json!(["sf"]);
        body["attributes"] = json!({"a": "1"});
        body["weight"] = json!(2.5);
        let id = api.check(call("POST", "/v1/books").json(body), 201, json!({})).await.text("/id");
        api.check(call("POST", "/v1/books").json(dune(&author, 2)), 201, json!({})).await;
        let path = format!("/v1/books/{id}");
        check(&api, &path, "/v1/books?").await;
        check(&api, &path, "/v1/books?sort=-price.amount,weight&q=dune&count=true&").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_lists_of_references_and_what_is_embedded() {
    for api in libraries().await {
        let (ada, bob) = (person(&api, "Ada").await, person(&api, "Bob").await);
        genre(&api, "crime").await;
        let publisher = make(&api, "/v1/publishers", json!({"name": "P"})).await;
        let body = json!({
            "title": "A", "publisher_id": publisher, "author_ids": [bob, ada], "genreIds": ["crime"],
        });
        let id = make(&api, "/v1/books", body).await;
        make(&api, "/v1/books", json!({"title": "B", "author_ids": [ada]})).await;
        check(&api, &format!("/v1/books/{id}"), "/v1/books?sort=title&").await;
        let whole = get(&api, format!("/v1/books/{id}?expand=publisher,authors,genres")).await.json;
        for (fields, expand) in
            [("title", "authors"), ("genreIds", "publisher,genres"), ("publisher_id", "genres")]
        {
            let names: Vec<&str> = [fields].into_iter().chain(expand.split(',')).collect();
            let query = format!("fields={fields}&expand={expand}");
            let found = get(&api, format!("/v1/books/{id}?{query}")).await.json;
            assert_eq!(found, part(&whole, &names), "{}: {query}", api.database);
            let listed = get(&api, format!("/v1/books?sort=title&{query}")).await.json;
            assert_eq!(listed["items"][0], part(&whole, &names), "{}: {query}", api.database);
        }
    }
}

/// Pages by every order, without the fields that they are in order by.
#[tokio::test(flavor = "multi_thread")]
async fn pages_go_on_without_what_they_are_sorted_by() {
    for api in apis().await {
        let author = author(&api).await;
        for isbn in 1..=5 {
            let mut body = dune(&author, isbn);
            body["price"]["amount"] = json!((11 - isbn).to_string());
            api.check(call("POST", "/v1/books").json(body), 201, json!({})).await;
        }
        for (sort, expected) in [("price.amount", "54321"), ("-title", "54321"), ("created_at", "12345")] {
            let (mut found, mut cursor) = (String::new(), String::new());
            loop {
                let page = get(&api, format!("/v1/books?fields=isbn&limit=2&sort={sort}{cursor}")).await;
                let link = page.header("link").to_owned();
                for item in page.json["items"].as_array().expect("items") {
                    assert_eq!(item.as_object().map(Map::len), Some(1), "{item}");
                    found.push_str(item["isbn"].as_str().expect("a text").trim_start_matches('0'));
                }
                if page.json["next_cursor"].is_null() {
                    break;
                }
                assert!(link.contains("fields=isbn"), "{link}");
                cursor = format!("&cursor={}", page.text("/next_cursor"));
            }
            assert_eq!(found, expected, "{}: {sort}", api.database);
        }
    }
}

/// Code that lists, and is given and answers whole books.
fn list_handler() -> Handler {
    handler::call1(
        async |cx: &mut Cx, request: ListRequest| {
            let page = default::list(cx, &BOOK, &[], &request).await?;
            for item in &page.items {
                let price = item.get("price").and_then(|price| match price {
                    atlas9_server::Value::Record(money) => money.get("amount"),
                    _ => None,
                });
                assert!(price.is_some_and(|amount| !amount.is_null()), "{item:?}");
                assert!(item.get("isbn").is_some_and(|isbn| !isbn.is_null()), "{item:?}");
            }
            Ok::<Page, atlas9_server::Problem>(page)
        },
        |input| Ok((input.list.unwrap_or_default(),)),
        Output::Page,
    )
}

fn get_handler() -> Handler {
    handler::call1(
        async |cx: &mut Cx, id: BookId| default::get(cx, &BOOK, &[id.into_value()]).await,
        |mut input| Ok((input.key(0)?,)),
        |book: Record| Output::Record(book),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn code_has_whole_resources_and_the_answer_a_part() {
    for api in apis().await {
        let code = app(api.store.clone(), Options::default())
            .handler("Book", "list", list_handler())
            .handler("Book", "get", get_handler());
        let code = Api::of(code.start().expect("a server").router(), api.store.clone());
        let author = author(&api).await;
        let id =
            api.check(call("POST", "/v1/books").json(dune(&author, 1)), 201, json!({})).await.text("/id");
        id.parse::<Uuid>().expect("a key");
        let page = get(&code, "/v1/books?fields=title&sort=-price.amount".to_owned()).await;
        assert_eq!(page.json, json!({"items": [{"title": "Dune 1"}], "next_cursor": null}));
        let book = get(&code, format!("/v1/books/{id}?fields=isbn,status")).await;
        assert_eq!(book.json, json!({"isbn": "0000000000001", "status": "draft"}));
        assert_eq!(book.header("etag"), "\"1\"");
        let misspelt = call("GET", format!("/v1/books/{id}?fields=isbm"));
        code.check(misspelt, 400, json!({"errors": [{"parameter": "fields"}]})).await;
    }
}
