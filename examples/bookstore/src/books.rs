//! What the schema leaves to us: changing a price, and what a title may be.

use atlas9_server::value::Decimal;
use atlas9_server::{Cx, Failure, Problem};

use crate::bookstore::{Book, BookId, CreateBook, Money, RepriceBook, RepriceBookError, UpdateBook, default};

/// Digits that a price keeps after the point, as `std.money` stores them.
const PRICE_SCALE: u32 = 4;

/// The least amount that `std.money` has no digits for.
const TOO_MUCH: Decimal = Decimal::from_parts(276_447_232, 23_283, 0, false, 0);

/// Changes the price by a percentage.
pub async fn reprice(cx: &mut Cx, id: BookId, input: RepriceBook) -> Result<Book, RepriceBookError> {
    let book = default::books::get(cx, id).await?;
    let factor = Decimal::new(100 + i64::from(input.percent), 2);
    let amount = (book.price.amount * factor).round_dp(PRICE_SCALE);
    if amount.abs() >= TOO_MUCH {
        let detail = "makes a price that has too many digits";
        return Err(Problem::invalid(vec![Failure::field(&["percent"], "too_expensive", detail)]).into());
    }
    let change = UpdateBook { price: Some(Money { amount, ..book.price }), ..UpdateBook::unchanged() };
    Ok(default::books::update(cx, id, change).await?)
}

/// Creates a book as the server would, but takes the spaces off its title.
pub async fn create(cx: &mut Cx, mut book: CreateBook) -> Result<Book, Problem> {
    book.title = book.title.trim().to_owned();
    if book.title.is_empty() {
        return Err(Problem::invalid(vec![Failure::field(&["title"], "required", "must have a letter")]));
    }
    default::books::create(cx, book).await
}
