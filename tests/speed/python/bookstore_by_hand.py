"""A client of the bookstore as somebody writes it who needs nothing but its books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import httpx


@dataclass(slots=True)
class Money:
    amount: Decimal
    currency: str

    @classmethod
    def of(cls, body: dict[str, Any]) -> Money:
        return cls(Decimal(body["amount"]), body["currency"])


@dataclass(slots=True)
class Book:
    id: str
    isbn: str
    isbn10: str | None
    title: str
    author_id: str
    price: Money
    status: str
    published_at: datetime | None
    summary: str | None
    tags: list[str]
    supplier_note: str | None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None

    @classmethod
    def of(cls, body: dict[str, Any]) -> Book:
        return cls(
            body["id"],
            body["isbn"],
            body["isbn10"],
            body["title"],
            body["author_id"],
            Money.of(body["price"]),
            body["status"],
            instant(body["published_at"]),
            body["summary"],
            body["tags"],
            body["supplier_note"],
            datetime.fromisoformat(body["created_at"]),
            datetime.fromisoformat(body["updated_at"]),
            instant(body["deleted_at"]),
        )


def instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


@dataclass(slots=True)
class Page:
    items: list[Book]
    next_cursor: str | None


class Bookstore:
    def __init__(self, base_url: str, key: str) -> None:
        self._http = httpx.Client(base_url=base_url, headers={"Authorization": f"Bearer {key}"}, timeout=30)

    def list(self, **query: Any) -> Page:
        body = self._call("GET", "/v1/books", params=query)
        return Page([Book.of(book) for book in body["items"]], body["next_cursor"])

    def get(self, id: str) -> Book:
        return Book.of(self._call("GET", f"/v1/books/{id}"))

    def create(self, **book: Any) -> Book:
        return Book.of(self._call("POST", "/v1/books", json=book))

    def update(self, id: str, **changes: Any) -> Book:
        return Book.of(self._call("PATCH", f"/v1/books/{id}", json=changes))

    def delete(self, id: str) -> None:
        self._call("DELETE", f"/v1/books/{id}")

    def _call(self, method: str, path: str, **how: Any) -> Any:
        response = self._http.request(method, path, **how)
        response.raise_for_status()
        return response.json() if response.content else None
