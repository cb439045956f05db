//! How requests say who calls: by which header, once, and in a form that can be a token.

use atlas9_server::descriptor::{Auth, Service};
use atlas9_server::{ApiKeys, App, NewApiKey, Principal, StartError, StaticToken, Store, StoreError};
use serde_json::json;

use crate::harness::{Api, Call, call, databases};
use crate::start::copy_service;
use crate::{bookstore, code};

/// A bookstore that takes these.
async fn apis(auth: &'static [Auth]) -> Vec<(Api, ApiKeys)> {
    let service: &'static Service = Box::leak(Box::new(Service { auth, ..copy_service() }));
    let mut found = Vec::new();
    for (database, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(service).await.expect("migrations");
        let keys = ApiKeys::new(store.clone());
        let caller = |id: &str| Principal::new(id, bookstore::SERVICE.scopes.iter().copied());
        let all = StaticToken::new("full", caller("joe"))
            .and(StaticToken::new("long", caller(&"é".repeat(255))))
            .and(StaticToken::new("longer", caller(&"é".repeat(256))));
        let app = App::new(service, store.clone())
            .authenticator(keys.clone().or(all))
            .state(code::Factor(2))
            .handler("Book", "reprice", code::reprice_handler());
        found.push((Api::on(app.start().expect("a server").router(), store, database, folder), keys));
    }
    found
}

fn list() -> Call {
    call("GET", "/v1/books").without("authorization")
}

/// An operation that everybody may call.
fn public() -> Call {
    call("GET", "/v1/authors/0192f0c1-2b7e-7c3a-9f44-5d3e8a1b6c21").without("authorization")
}

/// A schema's `principal` has room for what is accepted.
#[tokio::test(flavor = "multi_thread")]
async fn the_id_of_a_caller_has_a_limit() {
    for (api, keys) in apis(&[Auth::Bearer]).await {
        api.check(list().header("authorization", "Bearer long"), 200, json!({})).await;
        let refused = list().header("authorization", "Bearer longer");
        api.check(refused, 401, json!({"code": "unauthenticated"})).await;
        let new = |length: usize| NewApiKey::new("ci", ["books_read"]).principal("x".repeat(length));
        assert!(keys.create(new(255)).await.is_ok(), "{}", api.database);
        let told = keys.create(new(256)).await;
        assert!(matches!(told, Err(StoreError::LongPrincipal)), "{}: {told:?}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bearer_tokens_are_taken_once_and_whole() {
    for (api, _) in apis(&[Auth::Bearer]).await {
        api.check(list().header("authorization", "bearer  full "), 200, json!({})).await;
        let long = format!("Bearer {}", "x".repeat(8193));
        for bad in [
            "Bearer",
            "Bearer ",
            "full",
            "Basic full",
            "Bearer full full",
            "Bearer full, Bearer full",
            long.as_str(),
        ] {
            for call in [list(), public()] {
                let refused = api
                    .check(call.header("authorization", bad), 401, json!({"code": "unauthenticated"}))
                    .await;
                assert_eq!(refused.header("www-authenticate"), "Bearer error=\"invalid_token\"", "{bad}");
            }
        }
        for bad in [&b"Bearer f\xc3\xbcll"[..], b"Bearer \xff\xfe", b"Bearer full\tfull", b""] {
            api.check(list().raw_header("authorization", bad), 401, json!({})).await;
        }
        let twice =
            list().raw_header("authorization", b"Bearer full").raw_header("authorization", b"Bearer full");
        api.check(twice, 401, json!({"code": "unauthenticated"})).await;
        // A header that the service does not take says nothing.
        api.check(list().header("x-api-key", "full"), 401, json!({})).await;
        api.check(list().header("authorization", "Bearer full").header("x-api-key", "wrong"), 200, json!({}))
            .await;
        api.check(public(), 404, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn api_keys_have_a_header_of_their_own() {
    for (api, keys) in apis(&[Auth::ApiKey]).await {
        let (key, made) = keys.create(NewApiKey::new("ci", ["books_read"])).await.expect("a key");
        let with = |key: &str| list().header("x-api-key", key);
        api.check(with(&key), 200, json!({"items": []})).await;
        api.check(with("full"), 200, json!({})).await;
        let none = api
            .check(
                list(),
                401,
                json!({"detail": "This operation needs an API key, and the request has none."}),
            )
            .await;
        assert_eq!(none.header("www-authenticate"), "ApiKey header=\"X-API-Key\"");
        let bad = api.check(with("wrong"), 401, json!({"detail": "The API key is not valid."})).await;
        assert_eq!(bad.header("www-authenticate"), "ApiKey header=\"X-API-Key\", error=\"invalid_token\"");
        let delete = call("DELETE", "/v1/books/x").without("authorization").header("x-api-key", key.as_str());
        let lacking = json!({"detail": "The API key lacks the scope `books_write`.", "required_scopes": ["books_write"]});
        let lacking = api.check(delete, 403, lacking).await;
        assert!(
            lacking
                .header("www-authenticate")
                .starts_with("ApiKey header=\"X-API-Key\", error=\"insufficient_scope\"")
        );
        api.check(with("wrong").header("authorization", format!("Bearer {key}")), 401, json!({})).await;
        api.check(list().header("authorization", format!("Bearer {key}")), 401, json!({})).await;
        api.check(with(&key).raw_header("x-api-key", key.as_bytes()), 401, json!({})).await;
        api.check(public().header("x-api-key", "wrong"), 401, json!({})).await;
        keys.revoke(&made.id).await.expect("an answer");
        api.check(with(&key), 401, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_may_take_either() {
    for (api, keys) in apis(&[Auth::Bearer, Auth::ApiKey]).await {
        let (key, _) = keys.create(NewApiKey::new("ci", ["books_read"])).await.expect("a key");
        api.check(list().header("x-api-key", key.as_str()), 200, json!({})).await;
        api.check(list().header("authorization", format!("Bearer {key}")), 200, json!({})).await;
        api.check(list().header("authorization", "Bearer full"), 200, json!({})).await;
        let both = list().header("authorization", "Bearer full").header("x-api-key", key);
        let both = api.check(both, 401, json!({"code": "unauthenticated"})).await;
        let challenges =
            "Bearer error=\"invalid_token\", ApiKey header=\"X-API-Key\", error=\"invalid_token\"";
        assert_eq!(both.header("www-authenticate"), challenges);
        let none = api.check(list(), 401, json!({})).await;
        assert_eq!(none.header("www-authenticate"), "Bearer, ApiKey header=\"X-API-Key\"");
    }
}

#[tokio::test]
async fn keys_need_somebody_who_reads_them() {
    let service: &'static Service = Box::leak(Box::new(Service { auth: &[Auth::ApiKey], ..copy_service() }));
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let app = App::new(service, store).handler("Book", "reprice", code::reprice_handler());
    let Err(StartError::Wrong(told)) = app.start() else { panic!("it started") };
    assert_eq!(
        told,
        ["operations need an API key, and no authenticator reads it: call `authenticator(...)`"]
    );
}
