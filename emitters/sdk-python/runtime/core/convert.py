"""Models as dictionaries and back, for who keeps them elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .encode import to_json
from .model import Model
from .place import UNREADABLE, fault

if TYPE_CHECKING:
    from typing_extensions import Self


class Readable(Protocol):
    """A model of answers."""

    @classmethod
    def __from_json__(cls, data: dict[str, Any]) -> Self:
        """Reads it."""
        ...


R = TypeVar("R", bound=Readable)


def to_dict(value: Model) -> dict[str, Any]:
    """What the service would be sent of a model, as ``json.dumps`` takes it: secrets, too."""
    members: dict[str, Any] = json.loads(to_json(value))
    return members


def from_dict(kind: type[R], data: dict[str, Any]) -> R:
    """The model of that class that :func:`to_dict` has made the dictionary of: ``from_dict(Book, data)``.

    :raises ValueError: when there is none.
    """
    try:
        return kind.__from_json__(data)
    except UNREADABLE as error:
        raise ValueError(f"no {kind.__name__}: {fault(error, data, kind.__from_json__)[1]}") from error
