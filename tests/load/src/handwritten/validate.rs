//! What a book must be, all of it told at once.

use rust_decimal::Decimal;

use super::model::{Book, CreateBook, Money};
use super::problem::{Failure, Problem};

/// Checks what a request makes.
pub fn create(book: &CreateBook) -> Result<(), Problem> {
    let mut failures = Vec::new();
    if book.isbn.len() != 13 || !book.isbn.bytes().all(|byte| byte.is_ascii_digit()) {
        failures.push(Failure::field("#/isbn", "wrong_format", "must have 13 digits"));
    }
    common(&mut failures, &book.title, &book.price, book.summary.as_deref(), &book.tags);
    if failures.is_empty() { Ok(()) } else { Err(Problem::invalid(failures)) }
}

/// Checks what a change makes of a book.
pub fn changed(book: &Book) -> Result<(), Problem> {
    let mut failures = Vec::new();
    common(&mut failures, &book.title, &book.price, book.summary.as_deref(), &book.tags);
    if failures.is_empty() { Ok(()) } else { Err(Problem::invalid(failures)) }
}

fn common(failures: &mut Vec<Failure>, title: &str, price: &Money, summary: Option<&str>, tags: &[String]) {
    let mut must = |holds: bool, pointer, detail| {
        if !holds {
            failures.push(Failure::field(pointer, "out_of_range", detail));
        }
    };
    must((1..=200).contains(&title.chars().count()), "#/title", "must have 1 to 200 characters");
    must(is_amount(price.amount), "#/price/amount", "must have at most 14 digits, and 4 after the point");
    let currency = price.currency.len() == 3 && price.currency.bytes().all(|byte| byte.is_ascii_uppercase());
    must(currency, "#/price/currency", "must have three capital letters");
    must(
        summary.is_none_or(|text| text.chars().count() <= 2000),
        "#/summary",
        "must have at most 2000 characters",
    );
    let short = tags.iter().all(|tag| (1..=30).contains(&tag.chars().count()));
    must(tags.len() <= 20 && short, "#/tags", "must be at most 20 of 1 to 30 characters");
    must(!has_nul(title, summary, tags), "#", "must not contain the character U+0000");
}

fn is_amount(amount: Decimal) -> bool {
    amount.normalize().scale() <= 4 && amount.abs() < Decimal::new(100_000_000_000_000, 0)
}

fn has_nul(title: &str, summary: Option<&str>, tags: &[String]) -> bool {
    title.contains('\0')
        || summary.is_some_and(|text| text.contains('\0'))
        || tags.iter().any(|tag| tag.contains('\0'))
}
