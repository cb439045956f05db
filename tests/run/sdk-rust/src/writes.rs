//! Creating, changing and deleting.

use bookstore::books::{BookSort, PublishBookError};
use bookstore::types::BookStatus;
use bookstore::{Error, Kind, Patch, Problem, filter};
use rust_decimal::Decimal;
use serde_json::json;

use crate::books::{On, missing, price};
use crate::front::answer;
use crate::{Outcome, expect, failure, same};

pub async fn create(on: &On) -> Outcome {
    let author = on.author().await?;
    let book = on.client.books().create(on.isbn(), "Dune", author.id, price()).tags(["sf"]).send().await?;
    same((book.status, book.price.amount), (BookStatus::Draft, Decimal::new(999, 2)))?;
    same(book.tags, ["sf"])?;
    let requests = on.front.requests().await?;
    same(requests.get(1).and_then(|seen| seen.headers.get("idempotency-key")).map(String::len), Some(36))
}

pub async fn patch_null(on: &On) -> Outcome {
    let author = on.author().await?;
    let book =
        on.client.books().create(on.isbn(), "Dune", author.id, price()).summary("Sand.").send().await?;
    same(book.summary.as_deref(), Some("Sand."))?;
    let changed = on.client.books().update(book.id).summary(Patch::Null).send().await?;
    same((changed.summary, changed.title, changed.price), (None, book.title, book.price))?;
    let patches = on.front.with("PATCH").await?;
    same(patches.first().map(|seen| seen.body.as_str()), Some(r#"{"summary":null}"#))
}

pub async fn patch_if_match(on: &On) -> Outcome {
    let book = on.book().await?;
    let read = on.client.books().get(book.id).send_raw().await?;
    let etag = read.response.etag().unwrap_or_default();
    on.client.books().update(book.id).title("Other").if_match(etag).send().await?;
    let stale = failure(on.client.books().update(book.id).title("Third").if_match(etag).send().await)?;
    same((stale.status(), stale.kind()), (Some(412), Some(&Kind::PreconditionFailed)))
}

pub async fn conflict(on: &On) -> Outcome {
    let book = on.book().await?;
    let author = on.author().await?;
    let error = failure(on.client.books().create(book.isbn, "Dune", author.id, price()).send().await)?;
    same((error.status(), error.kind(), error.is_retryable()), (Some(409), Some(&Kind::Conflict), false))?;
    expect(error.code().is_some_and(|code| !code.is_empty()), &error)?;
    same(pointers(error.problem()), ["#/isbn"])
}

fn pointers(problem: Option<&Problem>) -> Vec<&str> {
    let failures = problem.into_iter().flat_map(Problem::failures);
    let mut pointers: Vec<&str> = failures.map(|failure| failure.pointer.as_str()).collect();
    pointers.sort_unstable();
    pointers
}

pub async fn declared_error(on: &On) -> Outcome {
    let book = on.book().await?;
    let published = on.client.books().publish(book.id).send().await?;
    let Error::Api(PublishBookError::AlreadyPublished(twice)) =
        failure(on.client.books().publish(book.id).send().await)?
    else {
        return expect(false, "another error");
    };
    same((twice.book_id, twice.since), (book.id, published.published_at))?;
    let problem = twice.problem();
    same((problem.code(), problem.kind()), ("already_published", &Kind::Conflict))?;
    expect(!problem.remedy().is_empty() && problem.request_id().is_some(), problem)
}

pub async fn validation(on: &On) -> Outcome {
    let author = on.author().await?;
    let wrong = on.client.books().create("x", "x".repeat(300), author.id, price());
    let error = failure(wrong.send().await)?;
    same(error.kind(), Some(&Kind::Invalid))?;
    same(pointers(error.problem()), ["#/isbn", "#/title"])
}

pub async fn batch(on: &On) -> Outcome {
    let author = on.author().await?;
    let books = on.client.books().batch_create([on.draft(&author), on.draft(&author)]).send().await?;
    same(books.len(), 2)?;
    let mut again = on.draft(&author);
    again.isbn.clone_from(&books[0].isbn);
    let error = failure(on.client.books().batch_create([on.draft(&author), again]).send().await)?;
    same(error.kind(), Some(&Kind::Conflict))?;
    same(pointers(error.problem()), ["#/items/1/isbn"])?;
    let keys = books.iter().map(|book| book.id);
    for book in on.client.books().batch_delete(keys).send().await? {
        expect(book.deleted_at.is_some(), book.id)?;
    }
    Ok(())
}

pub async fn soft_delete(on: &On) -> Outcome {
    let book = on.book().await?;
    let books = on.client.books();
    expect(books.delete(book.id).send().await?.deleted_at.is_some(), "not deleted")?;
    same(failure(books.get(book.id).send().await)?.kind(), Some(&Kind::NotFound))?;
    same(books.get(book.id).show_deleted().send().await?.id, book.id)?;
    expect(books.undelete(book.id).send().await?.deleted_at.is_none(), "still deleted")
}

pub async fn nested(on: &On) -> Outcome {
    let book = on.book().await?;
    let reviews = on.client.reviews();
    let review = reviews.create(book.id, 5).text("Good.").send().await?;
    let all = reviews.list(book.id).items().try_collect().await?;
    same(all.into_iter().map(|review| review.id).collect::<Vec<_>>(), [review.id])?;
    reviews.delete(book.id, review.id).send().await?;
    same(failure(reviews.get(book.id, review.id).send().await)?.kind(), Some(&Kind::NotFound))
}

pub async fn wire(on: &On) -> Outcome {
    let author = on.author().await?;
    let books = on.client.books();
    let book = books.create("9780000000001", "Wire", author.id, price()).tags(["b", "a"]).summary("ü");
    let book = book.send().await?;
    books.update(book.id).title(r#"Wired & "quoted" </b>"#).summary(Patch::Null).send().await?;
    let list = books.list().author_id(book.author_id).search("wired ü*").limit(5).count();
    let list = list.status(filter::any_of([BookStatus::Draft, BookStatus::Published]));
    let list = list.sort([BookSort::TitleDesc, BookSort::CreatedAt]);
    list.price_amount(filter::lt(Decimal::TEN)).send().await?;
    books.delete(book.id).send().await?;
    Ok(())
}

pub async fn odd_problem(on: &On) -> Outcome {
    let id = "01920000-0000-7000-8000-000000000000";
    let body = json!({
        "code": "already_published", "kind": "conflict", "status": "409", "title": 7, "detail": null,
        "retryable": false, "book_id": id, "since": "2026-01-02T03:04:05Z",
    });
    on.front.faults([answer(409, json!({}), Some(body))]).await?;
    let error = failure(on.client.books().publish(missing()).send().await)?;
    let Error::Api(PublishBookError::AlreadyPublished(twice)) = error else { return expect(false, error) };
    same(twice.book_id.to_string(), id)?;
    same(twice.since.map(|since| since.to_string()).as_deref(), Some("2026-01-02T03:04:05Z"))?;
    same((twice.problem().title(), twice.problem().detail()), ("", ""))
}
