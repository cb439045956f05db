//! The typed calls of a service that has everything: parameters wherever a request carries them, lists, unions, singletons, operations
//! of the service.

use atlas9_server::Principal;
use atlas9_server::testing::Refusal;
use atlas9_server::value::Decimal;

use crate::library::testing::{Client, start};
use crate::library::{
    Book, BookForInput, CheerSettings, CreateAuthor, CreateBook, CreateChapter, CreateGenre, GenreId,
    ImportBooks, LoginInput, Mood, MostLentBooks, Payment, PricesInput, RenameBook, TidyInput, Transfer,
    UpdateSettings,
};

atlas9_server::tests!(crate::api);

#[tokio::test]
async fn parameters_go_where_the_schema_says() -> Result<(), Refusal> {
    let api = library().await;
    let book = book(&api).await?;
    let price = Some(Decimal::TEN);
    let renamed = api.books().rename(book.id, RenameBook { title: "A/b % é".to_owned(), price }).await?;
    assert_eq!(renamed.title, "A/b % é");
    let since = "2026-11-01".parse().expect("a day");
    let asked = MostLentBooks { since, moods: vec![Mood::Calm, Mood::Wild], top: 3, exact: Some(true) };
    let lent = api.books().most_lent(asked).await?;
    assert_eq!(lent[0].title, "calm+wild exactly since 2026-11-01: ? ?");
    let session = api.anonymous().login(login("secret")).await?;
    assert_eq!((session.token.as_str(), session.agent.as_deref()), ("token of a@b.example", Some("tests")));
    let refused = api.anonymous().login(login("guess")).await.expect_err("another password");
    assert_eq!((refused.status(), refused.code()), (401, "bad_credentials"));
    let longest = |longest| BookForInput { mood: Mood::Calm, longest: Some(longest) };
    assert_eq!(api.book_for(longest(1)).await?.id, book.id);
    let refused = api.book_for(longest(0)).await.expect_err("out of range");
    assert_eq!((refused.status(), refused.errors()), (400, vec![("X-Longest", "out_of_range")]));
    api.tidy(TidyInput { before: None }).await
}

#[tokio::test]
async fn answers_of_every_kind_are_read() -> Result<(), Refusal> {
    let api = library().await;
    let made = book(&api).await?;
    assert_eq!(api.books().get(made.id).await?, made);
    assert!(
        matches!(&made.payment, Some(Payment::Transfer(transfer)) if transfer.iban == "DE02120300000000202051")
    );
    let country = "DE".to_owned();
    let payments = api.prices(PricesInput { country, total: Decimal::ONE }).await?;
    assert!(matches!(payments.as_slice(), [Payment::Transfer(_), Payment::Card(_)]), "{payments:?}");
    let settings = UpdateSettings { theme: Some(Mood::Wild), ..UpdateSettings::unchanged() };
    assert_eq!(api.settings().update(settings).await?.theme, Mood::Wild);
    let refused = api.settings().cheer(CheerSettings { theme: Mood::Calm }).await.expect_err("428");
    assert_eq!((refused.status(), refused.code()), (428, "precondition_required"));
    let any = api.with_header("if-match", "*");
    assert_eq!(any.settings().cheer(CheerSettings { theme: Mood::Calm }).await?.fine, Decimal::ZERO);
    let chapter = CreateChapter { title: "One".to_owned(), editor_ids: made.author_ids.clone() };
    let chapter = api.chapters().create(made.id, chapter).await?;
    assert_eq!(api.chapters().longest(made.id).await?, chapter);
    let listed = api.chapters().list(made.id, "sort=-title&limit=1").await?;
    assert_eq!((listed.items, listed.next_cursor), (vec![chapter.clone()], None));
    api.chapters().delete(made.id, chapter.id).await?;
    let genre = made.genre_ids[0].clone();
    api.genres().delete(genre.clone(), true).await?;
    assert_eq!(api.genres().get(genre).await.map_err(|refused| refused.status()).err(), Some(404));
    Ok(())
}

#[tokio::test]
async fn callers_keep_apart_and_bodies_that_are_wrong_are_told() -> Result<(), Refusal> {
    let api = library().await;
    let made = book(&api).await?;
    let (author_id, genre) = (made.author_ids[0].into_key(), made.genre_ids[0].clone().into_key());
    let titles = vec!["B".to_owned(), "C".to_owned()];
    let import = ImportBooks { titles, author_id, genre, source: Some("tests".to_owned()) };
    let once = api.with_header("idempotency-key", "one");
    let report = once.books().import(import.clone()).await?;
    assert_eq!((report.made, report.source.as_deref()), (2, Some("tests")));
    assert_eq!(once.books().import(import.clone()).await?.ids, report.ids);
    let other = once.as_caller(Principal::new("other", ["read", "write"]));
    assert_ne!(other.books().import(import.clone()).await?.ids, report.ids);
    let refused =
        api.books().import(ImportBooks { titles: Vec::new(), ..import }).await.expect_err("no titles");
    assert_eq!((refused.status(), refused.errors()), (422, vec![("#/titles", "too_few")]), "{refused}");
    Ok(())
}

#[tokio::test]
async fn several_are_made_and_deleted_at_once() -> Result<(), Refusal> {
    let api = library().await;
    let genre = |code: &str| CreateGenre { code: GenreId::new(code.to_owned()) };
    let made = api.genres().batch_create(vec![genre("crime"), genre("love")]).await?;
    assert_eq!(made.iter().map(|genre| genre.code.to_string()).collect::<Vec<_>>(), ["crime", "love"]);
    let refused = api.genres().batch_create(vec![genre("new"), genre("love")]).await.expect_err("taken");
    assert_eq!((refused.status(), refused.errors()), (409, vec![("#/items/1/code", "taken")]), "{refused}");
    api.genres().batch_delete(made.into_iter().map(|genre| genre.code).collect()).await?;
    let authors = ["Anne", "Bea"].map(|name| CreateAuthor { name: name.to_owned() });
    let made = api.authors().batch_create(authors.to_vec()).await?;
    let gone = api.authors().batch_delete(vec![made[1].id, made[0].id]).await?;
    assert_eq!(gone.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(), ["Bea", "Anne"]);
    assert!(gone.iter().all(|author| author.deleted_at.is_some()));
    Ok(())
}

async fn library() -> Client {
    start(crate::api).await.expect("a server")
}

fn login(password: &str) -> LoginInput {
    let (email, agent) = ("a@b.example".to_owned(), Some("tests".to_owned()));
    LoginInput { email, password: password.to_owned(), agent }
}

async fn book(api: &Client) -> Result<Book, Refusal> {
    let author = api.authors().create(CreateAuthor { name: "Anne".to_owned() }).await?;
    let genre = api.genres().create(CreateGenre { code: "a b/c".to_owned().into() }).await?;
    let book = CreateBook {
        title: "Dune".to_owned(),
        price: Decimal::TEN,
        copies: 1,
        titles: [("de".to_owned(), "Der Wüstenplanet".to_owned())].into(),
        publisher_id: None,
        author_ids: vec![author.id],
        genre_ids: vec![genre.code],
        payment: Some(Payment::Transfer(Transfer { iban: "DE02120300000000202051".to_owned(), sum: None })),
        payments: Vec::new(),
        pin: None,
    };
    api.books().create(book).await
}
