//! API keys: made, listed, revoked, and what a service lets their callers do. On every database.

use std::time::Duration;

use atlas9_server::value::Timestamp;
use atlas9_server::{ApiKey, ApiKeys, Authenticator, NewApiKey, Principal, Store, StoreError};

use crate::bookstore::SERVICE;
use crate::harness::databases;

/// Keys on every database.
async fn all() -> Vec<(&'static str, Store, ApiKeys, tempfile::TempDir)> {
    let mut found = Vec::new();
    for (database, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        found.push((database, store.clone(), ApiKeys::new(store), folder));
    }
    found
}

async fn make(keys: &ApiKeys, new: NewApiKey) -> (String, ApiKey) {
    keys.create(new).await.expect("a key")
}

async fn found(keys: &ApiKeys, text: &str) -> Option<Principal> {
    keys.authenticate(text).await.expect("an answer")
}

fn later(seconds: i64) -> Timestamp {
    Timestamp::from_micros(Timestamp::now().micros() + seconds * 1_000_000).expect("a time")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_stands_for_its_caller() {
    for (database, _, keys, _folder) in all().await {
        let (text, key) = make(&keys, NewApiKey::new("ci", ["books_read"])).await;
        let caller = Principal::new(format!("api_key:{}", key.id), ["books_read"]);
        assert_eq!(found(&keys, &text).await, Some(caller), "{database}");
        let of_acme = NewApiKey::new("o'brien \" é", ["a", "b c"])
            .principal("joe")
            .tenant("acme")
            .expires_at(later(60));
        let (text, key) = make(&keys, of_acme).await;
        assert!(text.starts_with(&key.prefix()), "{text}");
        let caller = Principal::new("joe", ["a", "b c"]).with_tenant("acme");
        assert_eq!(found(&keys, &text).await, Some(caller), "{database}");
        let listed = keys.list().await.expect("a list");
        let names: Vec<&str> = listed.iter().map(|key| key.name.as_str()).collect();
        assert_eq!(names, ["ci", "o'brien \" é"], "{database}");
        assert_eq!(listed[1].scopes, key.scopes, "{database}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_good_key_is_nobody() {
    for (database, _, keys, _folder) in all().await {
        let (text, key) = make(&keys, NewApiKey::new("ci", ["books_read"])).await;
        let (expired, _) = make(&keys, NewApiKey::new("old", ["books_read"]).expires_at(later(-1))).await;
        let (never_kept, _) =
            make(&ApiKeys::new(other().await), NewApiKey::new("elsewhere", ["books_read"])).await;
        let cut = &text[..text.len() - 1];
        for bad in
            [expired.as_str(), &never_kept, cut, &text.to_uppercase(), &key.id, "", "atlas9_", "' OR 1=1 --"]
        {
            assert_eq!(found(&keys, bad).await, None, "{database}: {bad}");
        }
    }
}

/// Another database.
async fn other() -> Store {
    let store = Store::open("sqlite::memory:").await.expect("a database");
    store.migrate(&SERVICE).await.expect("migrations");
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_refused_at_once() {
    for (database, _, keys, _folder) in all().await {
        let (text, key) = make(&keys, NewApiKey::new("ci", ["books_read"])).await;
        let (other, _) = make(&keys, NewApiKey::new("mobile", ["books_read"])).await;
        assert!(found(&keys, &text).await.is_some(), "{database}");
        let revoked = keys.revoke(&key.id).await.expect("an answer").expect("the key");
        assert_eq!(revoked.state(later(0)), "revoked", "{database}");
        assert_eq!(found(&keys, &text).await, None, "{database}");
        assert!(found(&keys, &other).await.is_some(), "{database}");
        // The first time counts.
        let again = keys.revoke(&key.id).await.expect("an answer").expect("the key");
        assert_eq!(again.revoked_at, revoked.revoked_at, "{database}");
        assert_eq!(keys.revoke("nobody").await.expect("an answer"), None, "{database}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_is_noted() {
    for (database, _, keys, _folder) in all().await {
        let (text, _) = make(&keys, NewApiKey::new("ci", ["books_read"])).await;
        let last = async || keys.list().await.expect("a list")[0].last_used_at;
        assert_eq!(last().await, None, "{database}");
        assert!(found(&keys, &text).await.is_some(), "{database}");
        let mut noted = None;
        for _ in 0..500 {
            noted = last().await;
            if noted.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(noted.is_some(), "{database}");
        // Not again within the hour.
        assert!(found(&keys, &text).await.is_some(), "{database}");
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(last().await, noted, "{database}");
    }
}

/// The database has nothing that opens the service.
#[tokio::test(flavor = "multi_thread")]
async fn the_key_itself_is_not_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keys.db");
    let store = Store::open(&format!("sqlite://{}", file.display())).await.expect("a database");
    store.migrate(&SERVICE).await.expect("migrations");
    let (text, key) = make(&ApiKeys::new(store.clone()), NewApiKey::new("ci", ["books_read"])).await;
    store.close().await;
    let bytes = std::fs::read(&file).expect("the file");
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has(&key.id) && !has(&text[key.prefix().len()..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_the_tables_is_told() {
    for (database, url, _folder) in databases().await {
        let keys = ApiKeys::new(Store::open(&url).await.expect("a database"));
        let told = keys.create(NewApiKey::new("ci", ["books_read"])).await;
        assert!(matches!(told, Err(StoreError::NoTables)), "{database}: {told:?}");
        assert!(matches!(keys.list().await, Err(StoreError::NoTables)), "{database}");
        assert!(matches!(keys.revoke("x").await, Err(StoreError::NoTables)), "{database}");
        // A request finds out too, and it is the server's fault, not the caller's.
        let (text, _) = make(&ApiKeys::new(other().await), NewApiKey::new("ci", ["books_read"])).await;
        let problem = keys.authenticate(&text).await.expect_err("a problem");
        assert_eq!(problem.status(), 500, "{database}");
    }
}

#[tokio::test]
async fn a_missing_file_is_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("typo.db");
    let opened = Store::open_existing(&format!("sqlite://{}", file.display())).await;
    assert!(matches!(opened, Err(StoreError::Unreachable { .. })), "{opened:?}");
    assert!(!file.exists());
}
