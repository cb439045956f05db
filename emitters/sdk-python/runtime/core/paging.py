"""Lists that come page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Page(Generic[T]):
    """One page of a list."""

    __slots__ = ("count", "items", "next_cursor")

    items: list[T]
    """What is on it."""
    next_cursor: str | None
    """What to ask for the next page with; nothing on the last one."""
    count: int | None
    """How many there are on all pages; only when it was asked for."""

    def __init__(self, data: dict[str, Any], decode: Callable[[Any], T]) -> None:
        self.items = [decode(item) for item in data["items"]]
        self.next_cursor = data.get("next_cursor") or None
        self.count = data.get("count")

    @property
    def next_place(self) -> object:
        """Where the list goes on."""
        return self.next_cursor


class NumberedPage(Generic[T]):
    """One page of a list whose pages have numbers."""

    __slots__ = ("count", "items", "next_page", "page")

    items: list[T]
    """What is on it."""
    page: int
    """Its number; the first one is 1."""
    next_page: int | None
    """The number of the next page; nothing on the last one."""
    count: int | None
    """How many there are on all pages; only when it was asked for."""

    def __init__(self, data: dict[str, Any], decode: Callable[[Any], T]) -> None:
        self.items = [decode(item) for item in data["items"]]
        self.page = data["page"]
        self.next_page = data.get("next_page")
        self.count = data.get("count")

    @property
    def next_place(self) -> object:
        """Where the list goes on."""
        return self.next_page


class AnyPage(Protocol):
    """What both kinds of pages have."""

    @property
    def next_place(self) -> object:
        """Where the list goes on."""
        ...


P = TypeVar("P", bound=AnyPage)


class Paginator(Generic[T, P]):
    """A list. Nothing is sent until it is iterated or asked for a page."""

    __slots__ = ("_fetch", "_items", "_start")

    def __init__(self, fetch: Callable[[object], P], items: Callable[[P], list[T]], start: object) -> None:
        self._fetch = fetch
        self._items = items
        self._start = start

    def page(self) -> P:
        """A single page: the first one, or the one that was asked for."""
        return self._fetch(self._start)

    def pages(self) -> Iterator[P]:
        """Page after page, each fetched when it is asked for. Ends, too, on a place that does not move."""
        place = self._start
        while True:
            page = self._fetch(place)
            yield page
            if page.next_place is None or page.next_place == place:
                return
            place = page.next_place

    def __iter__(self) -> Iterator[T]:
        """Item after item over all pages."""
        for page in self.pages():
            yield from self._items(page)


class AsyncPaginator(Generic[T, P]):
    """A list. Nothing is sent until it is iterated or asked for a page."""

    __slots__ = ("_fetch", "_items", "_start")

    def __init__(self, fetch: Callable[[object], Awaitable[P]], items: Callable[[P], list[T]], start: object) -> None:
        self._fetch = fetch
        self._items = items
        self._start = start

    async def page(self) -> P:
        """A single page: the first one, or the one that was asked for."""
        return await self._fetch(self._start)

    async def pages(self) -> AsyncIterator[P]:
        """Page after page, each fetched when it is asked for. Ends, too, on a place that does not move."""
        place = self._start
        while True:
            page = await self._fetch(place)
            yield page
            if page.next_place is None or page.next_place == place:
                return
            place = page.next_place

    async def __aiter__(self) -> AsyncIterator[T]:
        """Item after item over all pages."""
        async for page in self.pages():
            for item in self._items(page):
                yield item


def items_of(page: Page[T]) -> list[T]:
    """What is on a page."""
    return page.items


def items_of_numbered(page: NumberedPage[T]) -> list[T]:
    """What is on a page that has a number."""
    return page.items
