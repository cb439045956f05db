"""What an operation sends."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from .encode import text, to_json
from .errors import ApiError, RequestError
from .headers import lower
from .settings import Options, Settings
from .unset import Unset
from .url import path_of, query_of

Method: TypeAlias = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


class Operation(NamedTuple):
    """What all calls of an operation have in common."""

    name: str
    """``books.publish``"""
    method: Method
    pattern: str
    """The path below the base URL, with a name in braces for each key: ``/v1/books/{book_id}``."""
    errors: Sequence[type[ApiError]] = ()
    """The errors that it declares."""
    idempotent: bool = False
    """True when the service honours an idempotency key."""
    repeats: bool = False
    """True where a list in the query is a parameter for each item, so that an item may hold a comma."""


class Call(NamedTuple):
    """A call of an operation."""

    operation: Operation
    keys: tuple[object, ...] = ()
    query: Mapping[str, object] | None = None
    headers: Mapping[str, object] | None = None
    body: Mapping[str, object] | None = None
    if_match: str | None = None
    idempotency_key: str | None = None
    options: Options = Options()


class Request(NamedTuple):
    """What goes over the network, but for the key."""

    method: Method
    path: str
    """Without the query."""
    url: str
    headers: dict[str, str]
    content: bytes | None


def prepare(settings: Settings[Any], call: Call) -> Request:
    """The request of a call, which is the same for all its attempts.

    :raises RequestError: when the call was given what cannot be sent.
    """
    name = call.operation.name
    try:
        return _prepare(settings, call)
    except UnicodeError:
        # That error would hold the whole text.
        raise RequestError(f"{name} cannot be sent: a text of it has no form in UTF-8") from None
    except (ArithmeticError, TypeError, ValueError) as error:
        raise RequestError(f"{name} cannot be sent: {error}") from error


def _prepare(settings: Settings[Any], call: Call) -> Request:
    operation = call.operation
    headers = {**settings.headers, **lower(call.options.headers)}
    if call.body is not None:
        merges = operation.method == "PATCH"
        headers["content-type"] = "application/merge-patch+json" if merges else "application/json"
    for name, value in (call.headers or {}).items():
        if value is not None and not isinstance(value, Unset):
            headers[name.lower()] = text(value)
    if call.if_match is not None:
        headers["if-match"] = call.if_match
    if operation.idempotent:
        headers["idempotency-key"] = call.idempotency_key or headers.get("idempotency-key") or _new_key()
    path = path_of(operation.pattern, call.keys)
    return Request(
        method=operation.method,
        path=path,
        url=f"{settings.base_url}{path}{query_of(call.query, operation.repeats)}",
        headers=headers,
        content=None if call.body is None else to_json(call.body).encode(),
    )


def _new_key() -> str:
    """A random UUID. The module ``uuid`` takes longer to import than all of this package."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"
