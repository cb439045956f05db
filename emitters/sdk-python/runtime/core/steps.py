"""How long the steps of an attempt may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import monotonic

_NAMES = ("connect", "pool", "read", "write")

# Seconds: longer a socket cannot wait, and one that is to wait for none says something else than that it is late.
_LONGEST = 2_147_483.0
_SHORTEST = 0.001


class Steps(Mapping[str, float | None]):
    """The time of an attempt, which its steps share: a transport looks up what is left each time that one begins."""

    def __init__(self, limit: float, connect: float) -> None:
        self._deadline = monotonic() + limit
        self._connect = connect

    def __getitem__(self, name: str) -> float | None:
        left = self.left()
        return waitable(min(left, self._connect) if name == "connect" else left)

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def left(self) -> float:
        """Seconds that are left, 0 or less when none are."""
        return self._deadline - monotonic()


def waitable(seconds: float) -> float | None:
    """A time as a transport takes it; nothing for one without end."""
    return None if seconds > _LONGEST else max(seconds, _SHORTEST)
