"""From JSON to values."""

from __future__ import annotations

import binascii
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .model import UnknownVariant

if TYPE_CHECKING:
    from typing_extensions import Self


if sys.version_info >= (3, 11):
    _moment = datetime.fromisoformat
else:

    def _moment(value: str) -> datetime:
        """A moment of which these versions of Python read six digits of a second or none, and no Z."""
        if value[-1:] != "Z":
            return datetime.fromisoformat(value)
        seconds, _, fraction = value[:-1].partition(".")
        return datetime.fromisoformat(f"{seconds}.{fraction[:6]:0<6}+00:00")


def timestamp(value: str) -> datetime:
    """An instant in UTC, exact to the microsecond."""
    moment = _moment(value)
    if moment.tzinfo is timezone.utc:
        return moment
    return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment.astimezone(timezone.utc)


def base64(value: str) -> bytes:
    """Bytes."""
    return binascii.a2b_base64(value)


def variant(data: dict[str, Any], member: str, known: Mapping[str, Any]) -> Any:
    """The variant of a union that a member of the object names."""
    kind = known.get(data[member])
    return UnknownVariant(data) if kind is None else kind.__from_json__(data)


def nothing(_data: object) -> None:
    """What is read from an answer that says nothing."""


class Choosable(Protocol):
    """A model of which an answer may hold some fields alone."""

    @classmethod
    def __from_json__(cls, data: dict[str, Any]) -> Self:
        """Reads all of it."""
        ...

    @classmethod
    def __some_from_json__(cls, data: dict[str, Any]) -> Self:
        """Reads what is there."""
        ...


C = TypeVar("C", bound=Choosable)


def reader(kind: type[C], fields: object) -> Callable[[Any], C]:
    """What reads a model, or those of its fields that were asked for."""
    return kind.__from_json__ if fields is None else kind.__some_from_json__
