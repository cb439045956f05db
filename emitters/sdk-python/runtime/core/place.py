"""What it is in an answer that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, cast

UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What decoders raise."""


def fault(error: Exception, data: object, decode: Callable[[Any], object]) -> tuple[str, str]:
    """Which member could not be read, as JSON pointer, and what is wrong with it. It does not tell what is there."""
    place = _place(data, decode)
    if data is None:
        return place, "there is nothing in it"
    return place, f"{place} is missing" if isinstance(error, KeyError) else f"{place} is not what it should be"


def _place(data: object, decode: Callable[[Any], object]) -> str:
    """What is read last before it fails. It is read once more for that, so that others do not pay for it."""
    last = ["#"]
    with suppress(*UNREADABLE):
        decode(_watched(data, "#", last))
    return last[0]


def _watched(value: object, place: str, last: list[str]) -> object:
    if isinstance(value, dict):
        return _Object(cast("dict[str, object]", value), place, last)
    if isinstance(value, list):
        return _List(cast("list[object]", value), place, last)
    return value


class _Object(dict[str, Any]):
    """An object that notes which member is read."""

    def __init__(self, members: dict[str, object], place: str, last: list[str]) -> None:
        super().__init__({name: _watched(value, _below(place, name), last) for name, value in members.items()})
        self._place = place
        self._last = last

    def __getitem__(self, name: str) -> Any:
        self._last[0] = _below(self._place, name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._last[0] = _below(self._place, name)
        return super().get(name, default)

    def items(self) -> Any:
        return ((name, self[name]) for name in self)


class _List(list[Any]):
    """A list that notes which item is read."""

    def __init__(self, items: list[object], place: str, last: list[str]) -> None:
        super().__init__([_watched(item, f"{place}/{at}", last) for at, item in enumerate(items)])
        self._place = place
        self._last = last

    def __iter__(self) -> Iterator[Any]:
        for at, item in enumerate(super().__iter__()):
            self._last[0] = f"{self._place}/{at}"
            yield item


def _below(place: str, name: str) -> str:
    return f"{place}/{name.replace('~', '~0').replace('/', '~1')}"
