//! What the schema leaves to Rust: operations of the service, queries, and what is done with many books at once.

use std::collections::BTreeMap;

use atlas9_server::value::{Decimal, FromRecord};
use atlas9_server::{Cx, ListRequest, Problem};

use crate::library::{
    AuthorId, BadCredentials, Book, BookForError, BookForInput, BookId, Card, Chapter, CreateBook, GenreId,
    ImportBooks, ImportBooksError, LoginError, LoginInput, LongestChaptersError, MostLentBooks,
    MostLentBooksError, Network, Payment, PricesError, PricesInput, Report, Session, TidyError, TidyInput,
    Transfer, default,
};

/// Knows one password.
pub async fn login(_: &mut Cx, input: LoginInput) -> Result<Session, LoginError> {
    if input.password != "secret" {
        return Err(BadCredentials { email: input.email }.into());
    }
    Ok(Session { token: format!("token of {}", input.email), agent: input.agent })
}

/// The first book by title.
pub async fn book_for(cx: &mut Cx, input: BookForInput) -> Result<Book, BookForError> {
    let found =
        books(cx).await?.into_iter().find(|book| input.longest.is_none_or(|most| book.copies <= most));
    Ok(found.ok_or_else(|| Problem::not_found(format!("Nothing is {}.", input.mood)))?)
}

/// By transfer what it costs, by card ten more.
pub async fn prices(_: &mut Cx, input: PricesInput) -> Result<Vec<Payment>, PricesError> {
    let card = Card { card_number: "4111".to_owned(), holder: None, network: Network::Amex };
    let sum = Some(input.total + Decimal::TEN);
    Ok(vec![Payment::Transfer(Transfer { iban: format!("{}123", input.country), sum }), Payment::Card(card)])
}

/// Forgets nothing.
pub async fn tidy(_: &mut Cx, _: TidyInput) -> Result<(), TidyError> {
    Ok(())
}

/// The first books by title. The last one tells what was asked for, and what nobody is shown of it.
pub async fn most_lent(cx: &mut Cx, input: MostLentBooks) -> Result<Vec<Book>, MostLentBooksError> {
    let mut books = books(cx).await?;
    books.truncate(usize::try_from(input.top).unwrap_or(0));
    let moods: Vec<String> = input.moods.iter().map(ToString::to_string).collect();
    if let Some(last) = books.last_mut() {
        let (pin, shelf) = (last.pin.as_deref().unwrap_or("?"), last.shelf.as_deref().unwrap_or("?"));
        let exactly = if input.exact == Some(true) { "exactly" } else { "about" };
        last.title = format!("{} {exactly} since {}: {pin} {shelf}", moods.join("+"), input.since);
    }
    Ok(books)
}

/// Takes in a book for each title, by the same author and about the same.
pub async fn import(cx: &mut Cx, input: ImportBooks) -> Result<Report, ImportBooksError> {
    let mut ids = Vec::new();
    for title in input.titles {
        let book = CreateBook {
            title,
            price: Decimal::ONE,
            copies: 1,
            titles: BTreeMap::new(),
            publisher_id: None,
            author_ids: vec![AuthorId::new(input.author_id)],
            genre_ids: vec![GenreId::new(input.genre.clone())],
            payment: None,
            payments: Vec::new(),
            pin: None,
        };
        ids.push(default::books::create(cx, book).await?.id.into_key());
    }
    let made = i32::try_from(ids.len()).unwrap_or(i32::MAX);
    Ok(Report { made, source: input.source, ids })
}

/// The last one by title.
pub async fn longest(cx: &mut Cx, book: BookId) -> Result<Chapter, LongestChaptersError> {
    let page = default::chapters::list(cx, book, ListRequest::first(9)).await?;
    let last = page.items.into_iter().next_back();
    let last = last.ok_or_else(|| Problem::not_found("The book has no chapters."))?;
    Ok(Chapter::from_record(last).map_err(Problem::from)?)
}

async fn books(cx: &mut Cx) -> Result<Vec<Book>, Problem> {
    let page = default::books::list(cx, ListRequest::first(9)).await?;
    let books: Result<Vec<Book>, _> = page.items.into_iter().map(Book::from_record).collect();
    let mut books = books?;
    books.sort_by(|a, b| a.title.cmp(&b.title));
    Ok(books)
}
