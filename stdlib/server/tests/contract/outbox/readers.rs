//! Several writers and readers at once, and readers that end in between.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use atlas9_server::{Outbox, OutboxEvent, Store};
use serde_json::json;

use super::{all_told, drained, outbox};
use crate::harness::{Api, apis, author, book, call, databases};

const SHORT: Duration = Duration::from_millis(150);
const WRITERS: usize = 4;
const READERS: usize = 2;
const UPDATES: usize = 15;

async fn rename(api: &Api, id: &str, title: &str) {
    api.check(call("PATCH", format!("/v1/books/{id}")).json(json!({"title": title})), 200, json!({})).await;
}

/// What a reader has had, in the order in which the readers had it.
type Had = Arc<Mutex<Vec<OutboxEvent>>>;

/// Reads until the writers have ended and nothing is left.
async fn read(outbox: Outbox, had: Had, ended: Arc<AtomicBool>) {
    loop {
        let last = ended.load(Ordering::SeqCst);
        let events = outbox.next(7).await.expect("events");
        if events.is_empty() && last {
            return;
        }
        for event in &events {
            had.lock().expect("a lock").push(event.clone());
            tokio::task::yield_now().await;
        }
        outbox.done(&events).await.expect("done");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn none_is_lost_and_none_comes_twice() {
    for api in apis().await {
        let author = author(&api).await;
        let api = Arc::new(api);
        let mut books = Vec::new();
        for isbn in 1..=3 {
            books.push(book(&api, &author, isbn).await);
        }
        let (had, ended) = (Had::default(), Arc::new(AtomicBool::new(false)));
        let reading: Vec<_> = (0..READERS)
            .map(|_| tokio::spawn(read(outbox(&api), Arc::clone(&had), Arc::clone(&ended))))
            .collect();
        // All writers change the same books.
        let writing: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (api, books) = (Arc::clone(&api), books.clone());
                tokio::spawn(async move {
                    for update in 0..UPDATES {
                        let id = &books[(writer + update) % books.len()];
                        rename(&api, id, &format!("{writer} {update}")).await;
                    }
                })
            })
            .collect();
        for work in writing {
            work.await.expect("a writer");
        }
        ended.store(true, Ordering::SeqCst);
        for work in reading {
            work.await.expect("a reader");
        }
        let had = had.lock().expect("a lock").clone();
        assert_eq!(had.len(), books.len() + WRITERS * UPDATES, "{}", api.database);
        let ids: BTreeSet<String> = had.iter().map(|event| event.id.to_string()).collect();
        assert_eq!(ids.len(), had.len(), "{}: none comes twice", api.database);
        let mut versions: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for event in &had {
            versions.entry(&event.subject).or_default().push(event.version);
        }
        for (subject, versions) in versions {
            let expected: Vec<i64> = (1..).take(versions.len()).collect();
            assert_eq!(versions, expected, "{}: {subject} is told in order", api.database);
        }
        assert_eq!(drained(&api.store).await, [], "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_done_comes_again() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        rename(&api, &id, "a").await;
        rename(&api, &id, "b").await;
        // A reader that ends in between.
        let taken = outbox(&api).claim_for(SHORT).next(2).await.expect("events");
        assert_eq!(all_told(&taken), [format!("created Book/{id} 1"), format!("updated Book/{id} 2")]);
        assert_eq!(outbox(&api).next(9).await.expect("events"), [], "{}: claimed", api.database);
        tokio::time::sleep(SHORT * 2).await;
        let again = outbox(&api).next(9).await.expect("events");
        let ids = |events: &[OutboxEvent]| events.iter().map(|event| event.id).collect::<Vec<_>>();
        assert_eq!(ids(&again)[..2], ids(&taken), "{}", api.database);
        let attempts: Vec<u32> = again.iter().map(|event| event.attempt).collect();
        assert_eq!(attempts, [2, 2, 1], "{}", api.database);

        // What the first reader did deliver is done, late as it is; the rest waits for the second.
        outbox(&api).done(&taken[..1]).await.expect("done");
        assert_eq!(outbox(&api).next(9).await.expect("events"), [], "{}", api.database);
        outbox(&api).done(&again).await.expect("done");
        outbox(&api).done(&again).await.expect("done twice");
        assert_eq!(drained(&api.store).await, [], "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_has_one_reader_at_a_time() {
    for api in apis().await {
        let author = author(&api).await;
        let (one, two) = (book(&api, &author, 1).await, book(&api, &author, 2).await);
        rename(&api, &one, "a").await;
        let (first, second) = (outbox(&api), outbox(&api));
        assert_eq!(first.next(0).await.expect("events"), []);
        let taken = first.next(1).await.expect("events");
        assert_eq!(all_told(&taken), [format!("created Book/{one} 1")], "{}", api.database);
        let others = second.next(9).await.expect("events");
        assert_eq!(all_told(&others), [format!("created Book/{two} 1")], "{}", api.database);
        first.done(&taken).await.expect("done");
        let next = second.next(9).await.expect("events");
        assert_eq!(all_told(&next), [format!("updated Book/{one} 2")], "{}", api.database);
    }
}

/// The position of a transaction that is committed late is behind those that have been read.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_late_is_not_missed() {
    let (_, url, _folder) = databases().await.pop().expect("PostgreSQL");
    let store = Store::open(&url).await.expect("a database");
    store.migrate(&crate::bookstore::SERVICE).await.expect("migrations");
    let pool = sqlx::PgPool::connect(&url).await.expect("PostgreSQL");
    let insert = |row: &str| {
        sqlx::AssertSqlSafe(format!(
            "INSERT INTO atlas9_outbox (id, source, type, subject, time, resource, key, change, version)
             VALUES (gen_random_uuid(), '/S', 'S.Row.created', 'Row/{row}', now(), 'Row', '[\"{row}\"]', 'created', 1)"
        ))
    };
    let mut late = pool.begin().await.expect("a transaction");
    sqlx::query(insert("late")).execute(&mut *late).await.expect("a row");
    sqlx::query(insert("early")).execute(&pool).await.expect("a row");
    let early = drained(&store).await;
    assert_eq!(all_told(&early), ["created Row/early 1"]);
    late.commit().await.expect("a commit");
    let late = drained(&store).await;
    assert_eq!(all_told(&late), ["created Row/late 1"]);
    assert!(late[0].position < early[0].position);
}

/// Whoever begins to read late finds a row with very many events, and gets them within the time that a statement has.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_backlog_of_one_row_can_be_read() {
    let (_, url, _folder) = databases().await.pop().expect("PostgreSQL");
    let store = Store::open(&url).await.expect("a database");
    store.migrate(&crate::bookstore::SERVICE).await.expect("migrations");
    let pool = sqlx::PgPool::connect(&url).await.expect("PostgreSQL");
    let insert = "INSERT INTO atlas9_outbox (id, source, type, subject, time, resource, key, change, version)
         SELECT gen_random_uuid(), '/S', 'S.Row.updated', 'Row', now(), 'Row', '[]', 'updated', version
         FROM generate_series(1, 100000) version";
    sqlx::query(insert).execute(&pool).await.expect("rows");
    sqlx::query("ANALYZE atlas9_outbox").execute(&pool).await.expect("statistics");
    let events = Outbox::new(store).next(1000).await.expect("events");
    let versions: Vec<i64> = events.iter().map(|event| event.version).collect();
    assert_eq!(versions, (1..=500).collect::<Vec<_>>());
}
