"""What a request leaves out, as against what it sets to nothing."""

from __future__ import annotations

from typing import Final, Literal


class Unset:
    """The type of :data:`UNSET`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset()
"""Leaves a value out: the service keeps what it has, or takes its default. ``None`` clears."""
