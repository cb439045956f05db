//! What is on its way out: announced to whoever uses it, counted, and gone after its last day.

use atlas9_server::descriptor::{Deprecation, Enum, Field, Resource, Service, Type};
use atlas9_server::value::Timestamp;
use atlas9_server::{App, Options, StaticToken, Store};
use serde_json::json;

use crate::bookstore::{AUTHOR, BOOK, SERVICE};
use crate::harness::{Api, TOKEN, apis, app, book, call, dune};
use crate::start::copy_service;

#[tokio::test(flavor = "multi_thread")]
async fn announces_and_counts_what_a_request_uses() {
    let service = ageing();
    for api in apis().await {
        let api = Api::of(ageing_app(service, &api.store), api.store.clone());
        let authors = || call("POST", "/v1/authors");
        let plain = api.check(authors().json(json!({"name": "A"})), 201, json!({})).await;
        assert_eq!(announced(&plain), ["", "", ""], "an answer that has it does not use it");
        let born =
            api.check(authors().json(json!({"name": "B", "born": "1920-10-08"})), 201, json!({})).await;
        let link = "</openapi.json>; rel=\"deprecation\"; type=\"application/json\"";
        assert_eq!(announced(&born), ["@1767225600", "Tue, 01 Jun 2027 00:00:00 GMT", link]);
        // A request that is refused used it, too.
        api.check(authors().json(json!({"name": 1, "born": null})), 422, json!({})).await;
        let sorted = api.check(call("GET", "/v1/authors?sort=born&born.gt=1900-01-01"), 200, json!({})).await;
        assert_eq!(announced(&sorted)[0], "@1767225600");
        let retired = api.check(call("GET", "/v1/books?status=retired"), 200, json!({})).await;
        assert_eq!(announced(&retired), ["", "", link], "nobody knows since when");
        let status = api.check(call("GET", "/v1/books?status=draft"), 200, json!({})).await;
        assert_eq!(announced(&status), ["", "", ""]);
        let author = plain.text("/id");
        let priced = api.check(call("POST", "/v1/books").json(dune(&author, 1)), 201, json!({})).await;
        assert_eq!(announced(&priced)[0], "");
        let text = String::from_utf8(api.send(call("GET", "/metrics")).await.bytes).expect("text");
        let uses = |operation: &str, kind: &str, element: &str, times: u32| {
            let line = format!(
                "atlas9_deprecated_uses_total{{operation=\"{operation}\",kind=\"{kind}\",element=\"{element}\",client=\"development\"}} {times}"
            );
            assert!(text.lines().any(|found| found == line), "no `{line}` in\n{text}");
        };
        uses("Author.create", "field", "Author.born", 2);
        uses("Author.list", "field", "Author.born", 1);
        uses("Book.list", "value", "BookStatus.retired", 1);
        assert_eq!(text.matches("atlas9_deprecated_uses_total{").count(), 3, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn is_gone_after_its_last_day_where_that_is_asked_for() {
    let api = apis().await.remove(0);
    let author = crate::harness::author(&api).await;
    let retire = format!("/v1/books/{}/retire", book(&api, &author, 1).await);
    let at = |now: &'static str, gone_after_sunset: bool| {
        let options = Options { gone_after_sunset, ..Options::default() };
        let now: Timestamp = now.parse().expect("a time");
        let server = app(api.store.clone(), options).clock(move || now).start().expect("a server");
        Api::of(server.router(), api.store.clone())
    };
    let ask = || call("POST", retire.clone()).json(json!({"reason": "old"}));
    let gone = at("2027-06-02T00:00:00Z", true);
    let told = gone.check(ask(), 410, json!({"code": "gone", "kind": "gone", "retryable": false})).await;
    assert_eq!(told.header("sunset"), "Tue, 01 Jun 2027 00:00:00 GMT");
    gone.check(ask().without("authorization"), 401, json!({})).await;
    gone.check(call("GET", "/v1/books"), 200, json!({})).await;
    // The book was never on sale: the operation itself answers.
    at("2027-06-01T23:59:59Z", true).check(ask(), 409, json!({"code": "not_on_sale"})).await;
    at("2027-06-02T00:00:00Z", false).check(ask(), 409, json!({"code": "not_on_sale"})).await;
}

/// `Deprecation`, `Sunset`, and the first `Link`.
fn announced(reply: &crate::harness::Reply) -> [&str; 3] {
    ["deprecation", "sunset", "link"].map(|name| reply.header(name))
}

fn ageing_app(service: &'static Service, store: &Store) -> axum::Router {
    let options = Options { missing_handlers_answer_501: true, ..Options::default() };
    let token = StaticToken::development(TOKEN, &SERVICE);
    let app = App::new(service, store.clone()).options(options).authenticator(token);
    app.start().expect("a server").router()
}

/// A bookstore in which `Author.born` and the status `retired` are on their way out.
fn ageing() -> &'static Service {
    let none = Deprecation { since: Some("1.4.0"), on: None, sunset: None, replacement: None, reason: None };
    let dated = Deprecation { on: Some("2026-01-01"), sunset: Some("2027-06-01"), ..none };
    let status = leak(Enum {
        name: "BookStatus",
        values: &["draft", "published", "retired"],
        deprecated: leak([("retired", none)]),
    });
    let author = with_field(&AUTHOR, "born", |field| field.deprecated(dated));
    let book = with_field(&BOOK, "status", |field| Field { ty: Type::Enum(status), ..field });
    let resources = SERVICE.resources.iter().map(|resource| match resource.name {
        "Author" => author,
        "Book" => book,
        _ => *resource,
    });
    leak(Service { resources: resources.collect::<Vec<_>>().leak(), ..copy_service() })
}

fn with_field(resource: &Resource, name: &str, change: impl Fn(Field) -> Field) -> &'static Resource {
    let fields = resource.fields.iter().map(|field| if field.name == name { change(*field) } else { *field });
    leak(Resource { fields: fields.collect::<Vec<_>>().leak(), ..*resource })
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
