"""What came back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Generic, NamedTuple, TypeVar, cast

from .errors import ApiError, DecodeError, error_of
from .place import UNREADABLE, fault

T = TypeVar("T")


class Answer(NamedTuple):
    """An answer as it came over the network."""

    status: int
    headers: Mapping[str, str]
    """Their names in small letters."""
    content: bytes


class Response(Generic[T]):
    """What a call gives, and what stood around it."""

    __slots__ = ("data", "etag", "headers", "request_id", "status")

    data: T
    """What the call gives."""
    status: int
    """The HTTP status."""
    headers: Mapping[str, str]
    """The headers, their names in small letters."""
    etag: str | None
    """The entity tag of the state in the body; hand it back as ``if_match``."""
    request_id: str | None
    """The service's name for the request."""

    def __init__(self, data: T, answer: Answer) -> None:
        self.data = data
        self.status = answer.status
        self.headers = answer.headers
        self.etag = answer.headers.get("etag")
        self.request_id = answer.headers.get("x-request-id")


recorded: ContextVar[list[Answer] | None] = ContextVar("recorded", default=None)
"""Where the answers of the present task go while somebody asks for them."""


def error_in(answer: Answer, declared: Sequence[type[ApiError]]) -> ApiError | None:
    """The error that an answer is, if it is one."""
    if 200 <= answer.status < 300:
        return None
    try:
        problem: object = json.loads(answer.content)
    except (ValueError, RecursionError):
        problem = None
    known = cast("dict[str, Any]", problem) if isinstance(problem, dict) else {}
    return error_of(known, answer.status, answer.headers, declared)


def read(answer: Answer, decode: Callable[[Any], T], operation: str) -> T:
    """The value in an answer.

    :raises DecodeError: when there is another one in it.
    """
    try:
        data: Any = json.loads(answer.content) if answer.content else None
    except (RecursionError, ValueError) as error:
        raise DecodeError(f"the answer of {operation} is no JSON", answer) from error
    try:
        value = decode(data)
    except UNREADABLE as error:
        pointer, why = fault(error, data, decode)
        raise DecodeError(f"the answer of {operation} cannot be read: {why}", answer, pointer) from error
    record = recorded.get()
    if record is not None:
        record.append(answer)
    return value
