//! Keys behind a URL: rotation, outage, and what a key server must not be able to do.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use atlas9_server::{App, Authenticator, JwtAlgorithm, JwtVerifier, Options, Store};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bookstore::SERVICE;
use crate::code;
use crate::harness::{Api, Call, call};
use crate::tokens::{Signer, claims, set};

/// A key server whose answer is set by the case.
#[derive(Clone)]
struct KeyServer {
    url: String,
    answer: Arc<Mutex<(u16, String)>>,
    asked: Arc<Mutex<usize>>,
}

impl KeyServer {
    async fn start(status: u16, text: String) -> KeyServer {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/jwks.json", listener.local_addr().expect("an address"));
        let (answer, asked) = (Arc::new(Mutex::new((status, text))), Arc::default());
        let server = KeyServer { url, answer, asked };
        let shared = server.clone();
        let router = axum::Router::new().fallback(move || {
            *shared.asked.lock().expect("a count") += 1;
            let (status, text) = shared.answer.lock().expect("an answer").clone();
            let location = [("location", "/jwks.json?again")];
            async move { (StatusCode::from_u16(status).expect("a status"), location, text) }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn answers(&self, status: u16, text: &str) {
        *self.answer.lock().expect("an answer") = (status, text.to_owned());
    }

    fn asked(&self) -> usize {
        *self.asked.lock().expect("a count")
    }

    fn verifier(&self, pause: Duration) -> JwtVerifier {
        let verifier = JwtVerifier::jwks_url([JwtAlgorithm::Rs256, JwtAlgorithm::Es256], &self.url);
        verifier.expect("a verifier").refresh_at_most_every(pause)
    }
}

/// What a verifier makes of a token: 200, or the status of the problem.
async fn status(verifier: &JwtVerifier, signer: Signer, id: &str) -> u16 {
    match verifier.authenticate(&signer.sign(Some(id), &claims(json!({})))).await {
        Ok(Some(_)) => 200,
        Ok(None) => 401,
        Err(problem) => problem.status(),
    }
}

const LONG: Duration = Duration::from_secs(600);

#[tokio::test]
async fn follows_a_rotation() {
    let server = KeyServer::start(200, set(&[Signer::Rsa.jwk("1")])).await;
    let verifier = server.verifier(Duration::ZERO);
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 200);
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 200);
    assert_eq!(server.asked(), 1);
    server.answers(200, &set(&[Signer::Rsa.jwk("1"), Signer::Ec.jwk("2")]));
    assert_eq!(status(&verifier, Signer::Ec, "2").await, 200);
    assert_eq!(server.asked(), 2);
    server.answers(200, &set(&[Signer::Ec.jwk("2")]));
    assert_eq!(status(&verifier, Signer::Ec, "3").await, 401);
    // The first key went when the keys were fetched again.
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 401);
}

#[tokio::test]
async fn asks_no_more_often_than_it_may() {
    let server = KeyServer::start(200, set(&[Signer::Rsa.jwk("1")])).await;
    let verifier = server.verifier(LONG);
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 200);
    for round in 0..20 {
        assert_eq!(status(&verifier, Signer::Ec, &format!("made-up-{round}")).await, 401);
    }
    assert_eq!(server.asked(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn asks_once_for_all_who_wait() {
    let server = KeyServer::start(200, set(&[Signer::Rsa.jwk("1")])).await;
    let verifier = Arc::new(server.verifier(LONG));
    let calls = (0..20).map(|_| {
        let verifier = Arc::clone(&verifier);
        tokio::spawn(async move { status(&verifier, Signer::Rsa, "1").await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("a status"), 200);
    }
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn keeps_its_keys_through_an_outage() {
    let server = KeyServer::start(200, set(&[Signer::Rsa.jwk("1")])).await;
    let verifier = server.verifier(Duration::ZERO);
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 200);
    for (down, text) in [
        (500, "{}"),
        (200, "<html>"),
        (200, "{\"keys\": []}"),
        (302, ""),
        (200, "x".repeat(300_000).as_str()),
    ] {
        server.answers(down, text);
        // Nobody can tell whether the issuer has such a key.
        assert_eq!(status(&verifier, Signer::Ec, "2").await, 503, "{down}");
        assert_eq!(status(&verifier, Signer::Rsa, "1").await, 200, "{down}");
        assert_eq!(status(&verifier, Signer::OtherRsa, "1").await, 401, "{down}");
    }
}

#[tokio::test]
async fn without_a_key_nobody_can_tell() {
    let server = KeyServer::start(500, String::new()).await;
    let verifier = server.verifier(Duration::ZERO);
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 503);
    // What is no token at all needs no key.
    assert!(verifier.authenticate("a.b.c").await.is_ok_and(|found| found.is_none()));
    server.answers(200, &set(&[Signer::Rsa.jwk("1")]));
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 200);
    // Nobody listens at a port of its own that was given back.
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", closed.local_addr().expect("an address"));
    drop(closed);
    let verifier = JwtVerifier::jwks_url([JwtAlgorithm::Rs256], &url).expect("a verifier");
    assert_eq!(status(&verifier, Signer::Rsa, "1").await, 503);
}

#[tokio::test]
async fn the_server_answers_with_it() {
    let server = KeyServer::start(200, set(&[Signer::Rsa.jwk("1")])).await;
    let store = Store::open("sqlite::memory:").await.expect("a database");
    store.migrate(&SERVICE).await.expect("migrations");
    let app = App::new(&SERVICE, store.clone())
        .options(Options::default())
        .authenticator(server.verifier(Duration::ZERO).audience("shop"))
        .state(code::Factor(2))
        .handler("Book", "reprice", code::reprice_handler());
    let api = Api::of(app.start().expect("a server").router(), store);
    let with = |signer: Signer, id: &str, changed: Value| -> Call {
        let token = signer.sign(Some(id), &claims(changed));
        call("GET", "/v1/books").header("authorization", format!("Bearer {token}"))
    };
    api.check(with(Signer::Rsa, "1", json!({"aud": "shop"})), 200, json!({"items": []})).await;
    let refused = api.check(with(Signer::Rsa, "1", json!({})), 401, json!({"code": "unauthenticated"})).await;
    assert_eq!(refused.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    let lacking = with(Signer::Rsa, "1", json!({"aud": "shop", "scope": "books_write"}));
    api.check(lacking, 403, json!({"required_scopes": ["books_read"]})).await;
    server.answers(500, "");
    let down =
        api.check(with(Signer::Ec, "2", json!({"aud": "shop"})), 503, json!({"retryable": true})).await;
    assert_eq!(down.header("retry-after"), "5");
}
