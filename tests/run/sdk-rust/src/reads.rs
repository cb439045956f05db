//! Reading, listing and what answers may hold.

use std::collections::BTreeSet;

use bookstore::books::{BookField, BookSort, ListBooks};
use bookstore::types::{Author, BookStatus};
use bookstore::{Call, Error, Kind, filter};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::json;

use crate::books::{On, missing, price};
use crate::front::answer;
use crate::{Outcome, expect, failure, same};

pub async fn get_raw(on: &On) -> Outcome {
    let book = on.book().await?;
    let answered = on.client.books().get(book.id).send_raw().await?;
    same(answered.value.id, book.id)?;
    same(answered.response.status, 200)?;
    expect(answered.response.etag().is_some(), &answered.response.headers)?;
    expect(answered.response.request_id().is_some(), &answered.response.headers)
}

pub async fn page_1000(on: &On) -> Outcome {
    let author = on.author().await?;
    for batch in 0..10 {
        let books = (0..100).map(|at| {
            let mut book = on.draft(&author);
            book.title = format!("Book {:04}", batch * 100 + at);
            book
        });
        on.client.books().batch_create(books).send().await?;
    }
    let (mut ids, mut titles) = (BTreeSet::new(), Vec::new());
    let mut books = on.client.books().list().author_id(author.id).sort([BookSort::Title]).limit(100).items();
    while let Some(book) = books.try_next().await? {
        ids.insert(book.id);
        titles.push(book.title);
    }
    same(ids.len(), 1000)?;
    expect(titles.len() == 1000 && titles.is_sorted(), "titles in no order")?;
    same(on.front.with("GET").await?.len(), 10)
}

pub async fn page_single(on: &On) -> Outcome {
    let author = on.author().await?;
    let books: Vec<_> = (0..5).map(|_| on.draft(&author)).collect();
    on.client.books().batch_create(books).send().await?;
    let list = on.client.books().list().author_id(author.id).limit(3).count();
    let first = list.clone().send().await?;
    same((first.items.len(), first.count), (3, Some(5)))?;
    let Some(cursor) = first.next_cursor else { return expect(false, "no cursor") };
    let second = list.cursor(&cursor).send().await?;
    same((second.items.len(), second.next_cursor), (2, None))
}

pub async fn page_stuck(on: &On) -> Outcome {
    let page = answer(200, json!({}), Some(json!({ "items": [], "next_cursor": "same" })));
    on.front.faults([page.clone(), page]).await?;
    same(on.client.books().list().items().try_collect().await?, [])?;
    same(on.front.requests().await?.len(), 2)
}

pub async fn filters(on: &On) -> Outcome {
    let author = on.author().await?;
    let amounts =
        [(5, 0), (999, 2), (10, 0), (125, 1), (20, 0)].map(|(digits, scale)| Decimal::new(digits, scale));
    let books = "ABCDE".chars().zip(amounts).map(|(letter, amount)| {
        let mut book = on.draft(&author);
        book.title = format!("Parable {letter}");
        book.price.amount = amount;
        book
    });
    on.client.books().batch_create(books).send().await?;
    let all = || by_title(on, &author);
    let ten = Decimal::TEN;
    same(found(all().price_amount(filter::lt(ten))).await?, &amounts[..2])?;
    let between = filter::gte(ten).and(filter::lt(Decimal::from(20)));
    same(found(all().price_amount(between)).await?, &amounts[2..4])?;
    let either = filter::any_of([BookStatus::Draft, BookStatus::Retired]);
    same(found(all().status(either)).await?, amounts)?;
    same(found(all().search("Parable C")).await?, &amounts[2..3])?;
    let mut descending = found(all().sort([BookSort::TitleDesc])).await?;
    descending.reverse();
    same(descending, amounts)
}

fn by_title(on: &On, author: &Author) -> Call<ListBooks> {
    on.client.books().list().author_id(author.id).sort([BookSort::Title])
}

async fn found(list: Call<ListBooks>) -> Result<Vec<Decimal>, Error> {
    Ok(list.items().try_collect().await?.into_iter().map(|book| book.price.amount).collect())
}

pub async fn not_found(on: &On) -> Outcome {
    let error = failure(on.client.books().get(missing()).send().await)?;
    same(error.kind(), Some(&Kind::NotFound))
}

pub async fn unauthenticated(on: &On) -> Outcome {
    let wrong = on.builder().api_key("wrong").build()?;
    let error = failure(wrong.books().get(missing()).send().await)?;
    same((error.status(), error.kind()), (Some(401), Some(&Kind::Unauthenticated)))
}

pub async fn fields(on: &On) -> Outcome {
    let book = on.book().await?;
    let some = on.client.books().get(book.id).fields([BookField::Id, BookField::Title]).send().await?;
    same((some.id, some.title), (Some(book.id), Some(book.title)))?;
    expect(some.isbn.is_none() && some.summary.is_unset() && some.price.is_none(), "more fields")
}

pub async fn slash_in_path(on: &On) -> Outcome {
    failure(on.client.request(Method::GET, "/v1/books/{id}", &["a/b%"]).send().await)?;
    let requests = on.front.requests().await?;
    same(requests.last().map(|seen| seen.target.as_str()), Some("/v1/books/a%2Fb%25"))
}

pub async fn int64_decimal(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([json!({ "edit": { "/price/amount": "12345678901234567.89" } })]).await?;
    let book = on.client.books().get(book.id).send().await?;
    same(book.price.amount.to_string(), "12345678901234567.89")
}

pub async fn unknown_enum(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([json!({ "edit": { "/status": "archived" } })]).await?;
    let book = on.client.books().get(book.id).send().await?;
    same(book.status, BookStatus::Unknown("archived".to_owned()))
}

pub async fn unknown_error(on: &On) -> Outcome {
    let body = json!({
        "code": "brand_new", "kind": "conflict", "status": 409, "title": "x", "detail": "y", "retryable": false,
    });
    on.front.faults([answer(409, json!({}), Some(body))]).await?;
    let error = failure(on.client.books().get(missing()).send().await)?;
    same((error.kind(), error.code()), (Some(&Kind::Conflict), Some("brand_new")))
}

pub async fn garbage(on: &On) -> Outcome {
    let bad = |status| {
        let headers = json!({ "content-type": "text/html", "retry-after": "0" });
        answer(status, headers, Some(json!("<html>")))
    };
    on.front.faults([bad(200)]).await?;
    let error = failure(on.client.books().get(missing()).send().await)?;
    expect(matches!(error, Error::Decode(_)), error)?;
    on.front.faults([bad(502), bad(502), bad(502)]).await?;
    let error = failure(on.client.books().get(missing()).send().await)?;
    same(error.status(), Some(502))
}

pub async fn redirect(on: &On) -> Outcome {
    let moved = |status, place| answer(status, json!({ "location": place }), None);
    on.front.faults([moved(308, "/v1/books"), moved(302, "/v1/authors")]).await?;
    let error = failure(on.client.books().create(on.isbn(), "Dune", missing(), price()).send().await)?;
    expect(error.status() == Some(308) && error.to_string().contains("/v1/books"), error)?;
    same(on.front.requests().await?.len(), 1)?;
    let error = failure(on.client.books().get(missing()).send().await)?;
    expect(error.status() == Some(302) && error.to_string().contains("/v1/authors"), error)?;
    same(on.front.requests().await?.len(), 2)
}

pub async fn page_end(on: &On) -> Outcome {
    for (before, page) in
        [json!({ "items": [] }), json!({ "items": [], "next_cursor": "" })].into_iter().enumerate()
    {
        on.front.faults([answer(200, json!({}), Some(page))]).await?;
        same(on.client.books().list().items().try_collect().await?, [])?;
        same(on.front.requests().await?.len(), before + 1)?;
    }
    Ok(())
}

pub async fn unreadable(on: &On) -> Outcome {
    for (before, body) in ["null", ""].into_iter().enumerate() {
        let headers = json!({ "content-type": "application/json" });
        on.front.faults([answer(200, headers, Some(json!(body)))]).await?;
        let error = failure(on.client.books().get(missing()).send().await)?;
        same(error.status(), Some(200))?;
        let Error::Decode(error) = error else { return expect(false, error) };
        same(error.response().body.as_slice(), body.as_bytes())?;
        same(on.front.requests().await?.len(), before + 1)?;
    }
    Ok(())
}
