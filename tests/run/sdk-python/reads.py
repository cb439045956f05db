"""Scenarios that read."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from bookstore import (
    AlreadyPublished,
    ApiError,
    ConflictError,
    DecodeError,
    FieldFilter,
    NotFoundError,
    OrderFilter,
    UnauthenticatedError,
)

from books import MISSING, Shop, draft, euros, same
from front import answer, begin, faults, requests


async def get_raw(shop: Shop) -> None:
    book = await shop.book()
    response = await shop.call(shop.client.with_response, shop.books.get, book.id)
    same((response.data, response.status), (book, 200))
    assert response.etag and response.request_id


async def page_1000(shop: Shop) -> None:
    author = await shop.author()
    for batch in range(10):
        books = [draft(author, title=f"Book {batch * 100 + at:04d}") for at in range(100)]
        await shop.call(shop.books.batch_create, books)
    found = await shop.way.all(shop.books.list(author_id=author.id, sort="title", limit=100))
    same(len({book.id for book in found}), 1000)
    titles = [book.title for book in found]
    same(titles, sorted(titles))
    same(len(requests("GET")), 10)


async def page_single(shop: Shop) -> None:
    author = await shop.author()
    await shop.call(shop.books.batch_create, [draft(author) for _ in range(5)])
    first = await shop.call(shop.books.list(author_id=author.id, limit=3, count=True).page)
    same((len(first.items), first.count), (3, 5))
    assert first.next_cursor
    second = await shop.call(shop.books.list(author_id=author.id, limit=3, cursor=first.next_cursor).page)
    same((len(second.items), second.next_cursor), (2, None))


async def page_stuck(shop: Shop) -> None:
    page = answer(200, body={"items": [], "next_cursor": "same"})
    faults(page, page)
    same(await shop.way.all(shop.books.list()), [])
    same(len(requests()), 2)


async def page_end(shop: Shop) -> None:
    pages: list[dict[str, Any]] = [{"items": []}, {"items": [], "next_cursor": ""}]
    for page in pages:
        begin("page_end")
        faults(answer(200, body=page))
        same(await shop.way.all(shop.books.list()), [])
        same(len(requests()), 1)


async def filters(shop: Shop) -> None:
    author = await shop.author()
    amounts = ["5", "9.99", "10", "12.5", "20"]
    priced = [
        draft(author, title=f"Parable {letter}", price=euros(amount))
        for letter, amount in zip("ABCDE", amounts, strict=True)
    ]
    await shop.call(shop.books.batch_create, priced)

    async def found(**given: Any) -> list[str]:
        books = await shop.way.all(shop.books.list(**{"author_id": author.id, "sort": "title", **given}))
        return [str(book.price.amount) for book in books]

    same(await found(price_amount=OrderFilter(lt=Decimal(10))), amounts[:2])
    same(await found(price_amount=OrderFilter(gte=Decimal(10), lt=Decimal(20))), amounts[2:4])
    same(await found(status=FieldFilter(in_=["draft", "retired"])), amounts)
    same(await found(q="Parable C"), amounts[2:3])
    same(await found(sort="-title"), amounts[::-1])


async def not_found(shop: Shop) -> None:
    await shop.failure(NotFoundError, shop.books.get, MISSING)


async def unauthenticated(shop: Shop) -> None:
    stranger = shop.way.client(api_key="wrong")
    await shop.failure(UnauthenticatedError, stranger.books.get, MISSING)


async def fields(shop: Shop) -> None:
    book = await shop.book()
    some = await shop.call(shop.books.get, book.id, fields=["id", "title"])
    same((some.id, some.title), (book.id, book.title))
    assert not hasattr(some, "isbn")
    same(repr(some), f"Book(id={book.id!r}, title='Dune')")


async def slash_in_path(shop: Shop) -> None:
    await shop.failure(ApiError, shop.books.get, "a/b%")
    same(requests()[-1].target, "/v1/books/a%2Fb%25")


async def int64_decimal(shop: Shop) -> None:
    book = await shop.book()
    faults({"edit": {"/price/amount": "12345678901234567.89"}})
    same((await shop.call(shop.books.get, book.id)).price.amount, Decimal("12345678901234567.89"))


async def unknown_enum(shop: Shop) -> None:
    book = await shop.book()
    faults({"edit": {"/status": "archived"}})
    same((await shop.call(shop.books.get, book.id)).status, "archived")


async def unknown_error(shop: Shop) -> None:
    body = {"code": "brand_new", "kind": "conflict", "status": 409, "title": "x", "detail": "y", "retryable": False}
    faults(answer(409, body=body))
    same((await shop.failure(ConflictError, shop.books.get, MISSING)).code, "brand_new")


async def garbage(shop: Shop) -> None:
    headers = {"content-type": "text/html", "retry-after": "0"}
    faults(answer(200, headers, "<html>"))
    await shop.failure(DecodeError, shop.books.get, MISSING)
    bad = answer(502, headers, "<html>")
    faults(bad, bad, bad)
    same((await shop.failure(ApiError, shop.books.get, MISSING)).status, 502)


async def unreadable(shop: Shop) -> None:
    for body in ("null", ""):
        begin("unreadable")
        faults(answer(200, {"content-type": "application/json"}, body))
        same((await shop.failure(DecodeError, shop.books.get, MISSING)).status, 200)
        same(len(requests()), 1)


async def odd_problem(shop: Shop) -> None:
    since = "2026-01-02T03:04:05Z"
    body = {"code": "already_published", "kind": "conflict", "status": "409", "title": 7, "detail": None}
    payload = {"retryable": False, "book_id": "01920000-0000-7000-8000-000000000000", "since": since}
    faults(answer(409, body={**body, **payload}))
    error = await shop.failure(AlreadyPublished, shop.books.publish, MISSING)
    same((error.status, error.book_id), (409, payload["book_id"]))
    same(error.since, datetime.fromisoformat(since.replace("Z", "+00:00")))
