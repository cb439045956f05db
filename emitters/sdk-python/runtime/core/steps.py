"""How long the steps of an attempt may take."""

from __future__ import annotations

from time import monotonic
from typing import Any

_NAMES = ("connect", "pool", "read", "write")

# Seconds: longer a socket cannot wait, and one that is to wait for none says something else than that it is late.
_LONGEST = 2_147_483.0
_SHORTEST = 0.001


class Steps(dict[str, float | None]):
    """The time of an attempt, which its steps share: a transport looks up what is left each time that one begins."""

    def __init__(self, limit: float, connect: float) -> None:
        super().__init__()
        self._deadline = monotonic() + limit
        self._connect = connect
        # Who copies it, such as a cache, has what was there at first.
        self.update({name: self[name] for name in _NAMES})

    def __getitem__(self, name: str) -> float | None:
        left = self.left()
        return waitable(min(left, self._connect) if name == "connect" else left)

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]

    def left(self) -> float:
        """Seconds that are left, 0 or less when none are."""
        return self._deadline - monotonic()


def waitable(seconds: float) -> float | None:
    """A time as a transport takes it; nothing for one without end."""
    return None if seconds > _LONGEST else max(seconds, _SHORTEST)
