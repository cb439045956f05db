"""Authors and books to work with."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any, TypeVar

from bookstore import ApiError, Author, Book, CreateBook, Money

import front
from way import Way

MISSING = "00000000-0000-7000-8000-000000000000"

E = TypeVar("E", bound=Exception)

# Which number of ours an ISBN is: those of other programs are others.
_numbered = time.time_ns() % 1_000_000_000


class Shop:
    """The bookstore as a scenario sees it."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.client = way.client(api_key=front.TOKEN)
        self.books = self.client.books

    async def author(self) -> Author:
        """A new author."""
        made: Author = await self.way.call(self.client.authors.create, name="Frank Herbert")
        return made

    async def book(self, **given: Any) -> Book:
        """A new book by a new author."""
        made: Book = await self.way.call(self.books.create, **fields(await self.author(), **given))
        return made

    async def call(self, call: Any, *args: Any, **kwargs: Any) -> Any:
        """Makes a call."""
        return await self.way.call(call, *args, **kwargs)

    async def failure(self, kind: type[E], call: Any, *args: Any, **kwargs: Any) -> E:
        """The error of a call, which must fail."""
        try:
            await self.way.call(call, *args, **kwargs)
        except kind as error:
            return error
        raise AssertionError("the call has not failed")


def fields(author: Author, **given: Any) -> dict[str, Any]:
    """What a new book has."""
    global _numbered
    _numbered += 1
    book = {"isbn": f"978{_numbered:010d}", "title": "Dune", "author_id": author.id, "price": euros("9.99"), "tags": []}
    return {**book, **given}


def draft(author: Author, **given: Any) -> CreateBook:
    """One book of a batch."""
    return CreateBook(**fields(author, **given))


def euros(amount: str) -> Money:
    """A price."""
    return Money(amount=Decimal(amount), currency="EUR")


def pointers(error: ApiError) -> list[str | None]:
    """Where a request is wrong."""
    return sorted((failure.pointer for failure in error.errors), key=str)


def same(got: object, expected: object) -> None:
    """Fails unless both are equal."""
    if got != expected:
        raise AssertionError(f"got {got!r} instead of {expected!r}")
