"""What all models have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from .unset import Unset


class Model:
    """A value with named members. Two are equal when they are of one class and all their members are equal."""

    __slots__ = ()

    __hidden__: ClassVar[frozenset[str]] = frozenset()
    """The members that are not to be printed."""

    def __json__(self) -> dict[str, Any]:
        """The members by their names on the wire."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return dict(_members(self)) == dict(_members(other))

    def __repr__(self) -> str:
        shown = (f"{name}={'...' if name in self.__hidden__ else repr(value)}" for name, value in _members(self))
        return f"{type(self).__name__}({', '.join(shown)})"


class UnknownVariant:
    """A variant of a union that a later version of the service has. It is sent back as it came."""

    __slots__ = ("data",)

    data: dict[str, Any]
    """The whole object, with the member that tells which variant it is."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def __json__(self) -> dict[str, Any]:
        return self.data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnknownVariant) and self.data == other.data

    def __repr__(self) -> str:
        return f"UnknownVariant({list(self.data)})"


def _members(value: object) -> Iterator[tuple[str, object]]:
    """The members that are there: a request leaves some out, and so does an answer of which fields were chosen."""
    for kind in reversed(type(value).__mro__):
        names: tuple[str, ...] = kind.__dict__.get("__slots__", ())
        # Slots are sorted; annotations stand in the order of the schema.
        for name in [name for name in getattr(kind, "__annotations__", ()) if name in names]:
            member = getattr(value, name, _MISSING)
            if member is not _MISSING and not isinstance(member, Unset):
                yield name, member


_MISSING = object()
