"""Scenarios that write."""

from __future__ import annotations

from decimal import Decimal

from bookstore import (
    AlreadyPublished,
    BatchDeleteBook,
    ConflictError,
    FieldFilter,
    InvalidError,
    NotFoundError,
    OrderFilter,
    PreconditionFailedError,
)

from books import Shop, draft, euros, fields, pointers, same
from front import requests


async def create(shop: Shop) -> None:
    book = await shop.book(tags=["sf"])
    same((book.status, str(book.price.amount), book.tags), ("draft", "9.99", ["sf"]))
    same(len(requests()[1].headers["idempotency-key"]), 36)


async def patch_null(shop: Shop) -> None:
    book = await shop.book(summary="Sand.")
    changed = await shop.call(shop.books.update, book.id, summary=None)
    same((changed.summary, changed.title, changed.price), (None, book.title, book.price))
    same(requests("PATCH")[0].body, '{"summary":null}')


async def patch_if_match(shop: Shop) -> None:
    book = await shop.book()
    response = await shop.call(shop.client.with_response, shop.books.get, book.id)
    await shop.call(shop.books.update, book.id, title="Other", if_match=response.etag)
    update = shop.books.update
    stale = await shop.failure(PreconditionFailedError, update, book.id, title="Third", if_match=response.etag)
    same(stale.status, 412)


async def conflict(shop: Shop) -> None:
    book = await shop.book()
    taken = await shop.failure(ConflictError, shop.books.create, **fields(await shop.author(), isbn=book.isbn))
    same((taken.status, taken.kind, taken.retryable, pointers(taken)), (409, "conflict", False, ["#/isbn"]))
    assert taken.code


async def declared_error(shop: Shop) -> None:
    book = await shop.book()
    published = await shop.call(shop.books.publish, book.id)
    twice = await shop.failure(AlreadyPublished, shop.books.publish, book.id)
    assert isinstance(twice, ConflictError) and twice.remedy and twice.request_id
    same((twice.code, twice.book_id, twice.since), ("already_published", book.id, published.published_at))


async def validation(shop: Shop) -> None:
    wrong = fields(await shop.author(), title="x" * 300, isbn="x")
    same(pointers(await shop.failure(InvalidError, shop.books.create, **wrong)), ["#/isbn", "#/title"])


async def batch(shop: Shop) -> None:
    author = await shop.author()
    books = await shop.call(shop.books.batch_create, [draft(author), draft(author)])
    same(len(books), 2)
    again = [draft(author), draft(author, isbn=books[0].isbn)]
    same(pointers(await shop.failure(ConflictError, shop.books.batch_create, again)), ["#/items/1/isbn"])
    deleted = await shop.call(shop.books.batch_delete, [BatchDeleteBook(id=book.id) for book in books])
    assert all(book.deleted_at for book in deleted)


async def soft_delete(shop: Shop) -> None:
    book = await shop.book()
    assert (await shop.call(shop.books.delete, book.id)).deleted_at
    await shop.failure(NotFoundError, shop.books.get, book.id)
    same((await shop.call(shop.books.get, book.id, show_deleted=True)).id, book.id)
    same((await shop.call(shop.books.undelete, book.id)).deleted_at, None)


async def nested(shop: Shop) -> None:
    book, reviews = await shop.book(), shop.client.reviews
    review = await shop.call(reviews.create, book.id, stars=5, text="Good.")
    same(await shop.way.all(reviews.list(book.id)), [review])
    same(await shop.call(reviews.delete, book.id, review.id), None)
    await shop.failure(NotFoundError, reviews.get, book.id, review.id)


async def wire(shop: Shop) -> None:
    book = await shop.book(title="Wire", isbn="9780000000001", tags=["b", "a"], summary="ü", price=euros("9.99"))
    await shop.call(shop.books.update, book.id, title='Wired & "quoted" </b>', summary=None)
    pages = shop.books.list(
        author_id=book.author_id,
        status=FieldFilter(in_=["draft", "published"]),
        q="wired ü*",
        price_amount=OrderFilter(lt=Decimal(10)),
        sort=["-title", "created_at"],
        limit=5,
        count=True,
    )
    await shop.call(pages.page)
    await shop.call(shop.books.delete, book.id)


async def key_header(shop: Shop) -> None:
    given = fields(await shop.author())
    await shop.call(shop.books.create, **given, headers={"Idempotency-Key": "order-17"})
    same(requests()[-1].headers["idempotency-key"], "order-17")
