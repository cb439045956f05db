"""Functions that are called around every attempt of a call."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple


class CallInfo(NamedTuple):
    """A call."""

    operation: str
    """The operation, ``books.list``."""
    method: str
    """The method."""
    path: str
    """The path, without the query."""
    route: str
    """The path with names in place of keys, ``/v1/books/{book_id}``: what calls can be counted by."""


class AttemptInfo(NamedTuple):
    """One attempt of a call."""

    operation: str
    """The operation, ``books.list``."""
    method: str
    """The method."""
    path: str
    """The path, without the query."""
    route: str
    """The path with names in place of keys, ``/v1/books/{book_id}``: what calls can be counted by."""
    attempt: int
    """0 for the first attempt."""


class AttemptResult(NamedTuple):
    """How an attempt ended."""

    operation: str
    """The operation, ``books.list``."""
    method: str
    """The method."""
    path: str
    """The path, without the query."""
    route: str
    """The path with names in place of keys, ``/v1/books/{book_id}``: what calls can be counted by."""
    attempt: int
    """0 for the first attempt."""
    status: int | None
    """The status; nothing when no answer came."""
    request_id: str | None
    """The service's name for the request."""
    seconds: float
    """How long it took."""
    error: Exception | None
    """What went wrong."""


class DeprecationNotice(NamedTuple):
    """What a response says about the end of an operation (RFC 9745, RFC 8594)."""

    operation: str
    """The operation."""
    deprecation: str | None
    """The header ``Deprecation``, as sent: ``@`` and a Unix time in seconds."""
    sunset: str | None
    """The header ``Sunset``: the time after which it may be gone."""
    link: str | None
    """The header ``Link``, which may name a page about it."""


class Hooks:
    """Functions that are called around every attempt. What they raise fails the call."""

    __slots__ = ("after_attempt", "around_call", "before_attempt", "on_deprecation")

    before_attempt: Callable[[AttemptInfo, dict[str, str]], None] | None
    """Before an attempt. The headers can be changed, their names are in small letters; the key is added after this."""
    after_attempt: Callable[[AttemptResult], None] | None
    """After an attempt, however it ended."""
    on_deprecation: Callable[[DeprecationNotice], None] | None
    """When a response says that what was called is deprecated."""
    around_call: Callable[[CallInfo], AbstractContextManager[object]] | None
    """Around a call with all its attempts: a span, a timer."""

    def __init__(
        self,
        *,
        before_attempt: Callable[[AttemptInfo, dict[str, str]], None] | None = None,
        after_attempt: Callable[[AttemptResult], None] | None = None,
        on_deprecation: Callable[[DeprecationNotice], None] | None = None,
        around_call: Callable[[CallInfo], AbstractContextManager[object]] | None = None,
    ) -> None:
        self.before_attempt = before_attempt
        self.after_attempt = after_attempt
        self.on_deprecation = on_deprecation
        self.around_call = around_call
