"""Scenarios in which something goes wrong on the way."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from bookstore import (
    ApiError,
    AttemptInfo,
    AttemptResult,
    DeprecationNotice,
    Hooks,
    RequestError,
    RequestTimeoutError,
    UnavailableError,
)

from books import MISSING, Shop, fields, same
from front import AT_ONCE, BUSY, SLOW, TOKEN, answer, begin, faults, requests


async def refresh(shop: Shop) -> None:
    book = await shop.book()
    begin("refresh")
    client = shop.way.client(api_key=lambda refresh: TOKEN if refresh else "wrong")
    same((await shop.call(client.books.get, book.id)).id, book.id)
    same([sent.headers["authorization"] for sent in requests("GET")], ["Bearer wrong", f"Bearer {TOKEN}"])


async def retry_503(shop: Shop) -> None:
    book = await shop.book()
    faults(BUSY, BUSY)
    same((await shop.call(shop.books.get, book.id)).id, book.id)
    same(len(requests("GET")), 3)


async def retry_429(shop: Shop) -> None:
    book = await shop.book()
    faults(answer(429, {"retry-after": "1"}))
    begun = time.monotonic()
    await shop.call(shop.books.get, book.id)
    assert time.monotonic() - begun >= 0.95
    same(len(requests("GET")), 2)


async def retry_date(shop: Shop) -> None:
    book = await shop.book()
    soon = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=2), usegmt=True)
    faults(answer(503, {"retry-after": soon}))
    begun = time.monotonic()
    await shop.call(shop.books.get, book.id)
    assert time.monotonic() - begun >= 0.5
    same(len(requests("GET")), 2)


async def retry_gives_up(shop: Shop) -> None:
    book = await shop.book()
    faults(BUSY, BUSY, BUSY)
    await shop.failure(UnavailableError, shop.books.get, book.id)
    same(len(requests("GET")), 3)
    faults(BUSY)
    await shop.failure(UnavailableError, shop.books.get, book.id, max_retries=0)
    same(len(requests("GET")), 4)


async def no_retry_write(shop: Shop) -> None:
    book = await shop.book()
    faults(answer(502, AT_ONCE))
    await shop.failure(ApiError, shop.books.update, book.id, title="Other")
    same(len(requests("PATCH")), 1)


async def idempotent_retry(shop: Shop) -> None:
    author = await shop.author()
    faults({"cut": "after"})
    book = await shop.call(shop.books.create, **fields(author))
    first, second = [sent for sent in requests("POST") if sent.target == "/v1/books"]
    same(first.headers["idempotency-key"], second.headers["idempotency-key"])
    same(first.body, second.body)
    same([one.id for one in await shop.way.all(shop.books.list(author_id=author.id))], [book.id])


async def cut_get(shop: Shop) -> None:
    book = await shop.book()
    faults({"cut": "before"})
    same((await shop.call(shop.books.get, book.id)).id, book.id)
    same(len(requests("GET")), 2)


async def attempt_timeout(shop: Shop) -> None:
    book = await shop.book()
    faults(SLOW)
    read = await shop.call(shop.books.get, book.id, attempt_timeout=0.2, max_retries=1)
    same(read.id, book.id)
    same(len(requests("GET")), 2)


async def total_timeout(shop: Shop) -> None:
    book = await shop.book()
    faults(SLOW)
    begun = time.monotonic()
    error = await shop.failure(RequestTimeoutError, shop.books.get, book.id, timeout=0.3)
    assert isinstance(error, TimeoutError) and time.monotonic() - begun < 2


async def cancel(shop: Shop) -> None:
    book = await shop.book()
    faults(SLOW)
    begun = time.monotonic()
    try:
        await shop.way.cancel(shop.books.get, book.id)
    except shop.way.cancelled:
        assert time.monotonic() - begun < 2
    else:
        raise AssertionError("the call was not cancelled")


async def deprecated(shop: Shop) -> None:
    book = await shop.book()
    headers = {"deprecation": "@1767225600", "sunset": "Tue, 01 Jun 2027 00:00:00 GMT"}
    faults({"headers": headers})
    told: list[DeprecationNotice] = []
    client = shop.way.client(api_key=TOKEN, hooks=Hooks(on_deprecation=told.append))
    await shop.call(client.books.get, book.id)
    same(told, [DeprecationNotice(operation="books.get", link=None, **headers)])


async def hooks(shop: Shop) -> None:
    book = await shop.book()
    faults(BUSY)
    before: list[int] = []
    after: list[int | None] = []
    log: list[str] = []

    def begun(attempt: AttemptInfo, headers: dict[str, str]) -> None:
        before.append(attempt.attempt)
        headers["x-seen"] = "yes"

    def ended(result: AttemptResult) -> None:
        after.append(result.status)

    class Kept(logging.Handler):
        """Keeps what is logged."""

        def emit(self, record: logging.LogRecord) -> None:
            log.append(record.getMessage())

    logger = logging.getLogger("hooks")
    logger.setLevel(logging.DEBUG)
    logger.addHandler(Kept())
    given = Hooks(before_attempt=begun, after_attempt=ended)
    client = shop.way.client(api_key=TOKEN, hooks=given, logger=logger)
    await shop.call(client.books.get, book.id)
    same((before, after), ([0, 1], [503, 200]))
    same(requests()[-1].headers["x-seen"], "yes")
    text = " ".join(log)
    assert text and TOKEN not in text and book.title not in text


async def redirect(shop: Shop) -> None:
    author = await shop.author()
    begin("redirect")
    faults(answer(308, {"location": "/v1/books"}), answer(302, {"location": "/v1/authors"}))
    moved = await shop.failure(ApiError, shop.books.create, **fields(author))
    same((moved.status, "/v1/books" in str(moved), len(requests())), (308, True, 1))
    found = await shop.failure(ApiError, shop.books.get, MISSING)
    same((found.status, "/v1/authors" in str(found), len(requests())), (302, True, 2))


async def in_flight(shop: Shop) -> None:
    author = await shop.author()
    begin("in_flight")
    said = {"code": "idempotency_in_flight", "kind": "conflict", "status": 409, "title": "x", "detail": "y"}
    faults(answer(409, AT_ONCE, {**said, "retryable": True}))
    await shop.call(shop.books.create, **fields(author))
    same(len(requests()), 2)
    same(len({sent.headers["idempotency-key"] for sent in requests()}), 1)


async def refresh_once(shop: Shop) -> None:
    book = await shop.book()
    begin("refresh_once")
    told: list[bool] = []

    def key(refresh: bool) -> str:
        told.append(refresh)
        return TOKEN

    faults(answer(401), BUSY)
    client = shop.way.client(api_key=key)
    same((await shop.call(client.books.get, book.id, max_retries=1)).id, book.id)
    same((told, len(requests())), ([False, True, False], 3))


async def bad_key(shop: Shop) -> None:
    client = shop.way.client(api_key="to\nken")
    error: BaseException | None = await shop.failure(RequestError, client.books.get, MISSING)
    same(len(requests()), 0)
    while error is not None:
        assert "ken" not in f"{error!r} {vars(error)}"
        error = error.__cause__ or error.__context__
