//! The bookstore's own code, called as its clients call it: a server in memory, no socket.

use atlas9_server::testing::Refusal;
use atlas9_server::value::{Decimal, Timestamp};
use atlas9_server::{Outbox, Principal, StartError};

use crate::bookstore::testing::{Client, start};
use crate::bookstore::{Book, BookId, CreateAuthor, CreateBook, Money, RepriceBook, UpdateBook};

atlas9_server::tests!(crate::api);

#[tokio::test]
async fn whoever_may_change_books_reprices() -> Result<(), Refusal> {
    let api = bookstore().await;
    let book = book(&api, "Dune", "9780441172719").await?;
    let dearer = api.books().reprice(book.id, RepriceBook { percent: 10 }).await?;
    assert_eq!(dearer.price, euros("10.989"));
    let reader = api.as_caller(Principal::new("reader", ["books_read"]));
    let refused = reader.books().reprice(book.id, RepriceBook { percent: 10 }).await.expect_err("403");
    assert_eq!((refused.status(), refused.code()), (403, "forbidden"));
    Ok(())
}

#[tokio::test]
async fn repricing_keeps_four_digits() -> Result<(), Refusal> {
    let api = bookstore().await;
    let book = book(&api, "Dune", "9780441172719").await?;
    api.books().reprice(book.id, RepriceBook { percent: 10 }).await?;
    let cheaper = api.books().reprice(book.id, RepriceBook { percent: -33 }).await?;
    assert_eq!(cheaper.price, euros("7.3626"));
    assert_eq!(api.books().get(book.id).await?, cheaper);
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_repriced_is_told() -> Result<(), Refusal> {
    let api = bookstore().await;
    let book = book(&api, "Dune", "9780441172719").await?;
    let check = async |caller: &Client, id: BookId, percent: i32, expected: (u16, &str)| {
        let refused = caller.books().reprice(id, RepriceBook { percent }).await.expect_err("a refusal");
        assert_eq!((refused.status(), refused.code()), expected, "{refused}");
        refused
    };
    check(&api.anonymous(), book.id, 10, (401, "unauthenticated")).await;
    let wrong = check(&api, book.id, 51, (422, "invalid")).await;
    assert_eq!(wrong.errors(), [("#/percent", "out_of_range")]);
    api.books().delete(book.id).await?;
    check(&api, book.id, 10, (404, "not_found")).await;
    Ok(())
}

#[tokio::test]
async fn titles_lose_their_spaces() -> Result<(), Refusal> {
    let api = bookstore().await;
    assert_eq!(book(&api, "  Dune ", "9780441172719").await?.title, "Dune");
    let refused = book(&api, "   ", "9780441172726").await.expect_err("no title");
    assert_eq!(refused.errors(), [("#/title", "required")]);
    let refused = book(&api, "Dune again", "9780441172719").await.expect_err("the same ISBN");
    assert_eq!((refused.code(), refused.errors()), ("conflict", vec![("#/isbn", "taken")]));
    let listed = api.books().list("sort=title&count=true").await?;
    assert_eq!((listed.items.len(), listed.count), (1, Some(1)));
    Ok(())
}

#[tokio::test]
async fn a_book_is_published_once() -> Result<(), Refusal> {
    let api = bookstore().await;
    let noon = |day: &str| format!("2026-11-{day}T12:00:00Z").parse::<Timestamp>().expect("a time");
    api.set_time(noon("01"));
    let book = book(&api, "Dune", "9780441172719").await?;
    api.pass(std::time::Duration::from_hours(24));
    assert_eq!(api.books().publish(book.id).await?.published_at, Some(noon("02")));
    let refused = api.books().publish(book.id).await.expect_err("it is published");
    let told = |name: &str| refused.member(name).and_then(|value| value.as_str()).unwrap_or_default();
    assert_eq!((refused.code(), told("book_id")), ("already_published", book.id.to_string().as_str()));
    let change = UpdateBook { title: Some("Dune II".to_owned()), ..UpdateBook::unchanged() };
    let stale = api.with_header("if-match", "\"1\"").books().update(book.id, change).await;
    assert_eq!(stale.map_err(|refused| refused.status()).err(), Some(412));
    Ok(())
}

#[tokio::test]
async fn what_happens_to_books_is_told() -> Result<(), Refusal> {
    let mut kept = None;
    let api = start(|store| {
        kept = Some(store.clone());
        crate::api(store)
    });
    let api = api.await.expect("a server");
    let outbox = Outbox::new(kept.expect("a store"));
    let dune = book(&api, "Dune", "9780441172719").await?;
    api.books().publish(dune.id).await?;
    book(&api, "Dune again", "9780441172719").await.expect_err("the same ISBN");
    let events = outbox.next(10).await.expect("events");
    let told: Vec<(&str, i64)> =
        events.iter().map(|event| (event.event_type.as_str(), event.version)).collect();
    assert_eq!(told, [("Bookstore.Book.created", 1), ("Bookstore.Book.updated", 2)]);
    assert_eq!(events[1].data["status"], "published");
    outbox.done(&events).await.expect("done");
    api.books().delete(dune.id).await?;
    assert_eq!(crate::events::tell_some(&outbox).await.expect("the database"), 1);
    assert_eq!(crate::events::tell_some(&outbox).await.expect("the database"), 0);
    Ok(())
}

/// Whoever forgets the code of an action is told so by the test that `atlas9_server::tests!` makes, and by the server itself.
#[tokio::test]
async fn an_action_without_code_is_told() {
    let forgotten = start(crate::bookstore::api).await.map(drop);
    let Err(StartError::Wrong(sentences)) = forgotten else { panic!("a server without its code starts") };
    assert_eq!(sentences.len(), 1, "{sentences:?}");
    assert!(sentences[0].contains("`reprice` of Book has no code"), "{sentences:?}");
}

async fn bookstore() -> Client {
    start(crate::api).await.expect("a server")
}

async fn book(api: &Client, title: &str, isbn: &str) -> Result<Book, Refusal> {
    let author = api.authors().create(CreateAuthor { name: "Frank Herbert".to_owned(), born: None }).await?;
    let book = CreateBook {
        isbn: isbn.to_owned(),
        isbn10: None,
        title: title.to_owned(),
        author_id: author.id,
        price: euros("9.99"),
        summary: None,
        tags: vec!["science fiction".to_owned()],
        supplier_note: None,
    };
    api.books().create(book).await
}

fn euros(amount: &str) -> Money {
    Money { amount: amount.parse::<Decimal>().expect("an amount"), currency: "EUR".to_owned() }
}
