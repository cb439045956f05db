"""Headers, from what callers say to what goes over the network."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .errors import RequestError

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_KEY = re.compile(r"[\x20-\x7e]*")


def lower(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Headers with their names in small letters, so that a name stands once."""
    return {name.lower(): value for name, value in (headers or {}).items()}


def authorisation(bearer: bool, key: str) -> tuple[str, str]:
    """The header that carries a key."""
    # What a transport would say of it holds the key.
    if not _KEY.fullmatch(key):
        raise RequestError("the API key cannot be sent: it holds a line break or another character that no key has")
    return ("authorization", f"Bearer {key}") if bearer else ("x-api-key", key)


def encoded(headers: Mapping[str, object]) -> list[tuple[bytes, bytes]]:
    """Headers as bytes. What is not ASCII is sent as UTF-8; what cannot be sent is an error that does not show it."""
    pairs: list[tuple[bytes, bytes]] = []
    for name, value in headers.items():
        if not _NAME.fullmatch(name):
            raise RequestError("a header cannot be sent: its name holds a character that no name has")
        if not isinstance(value, str) or _CONTROL.search(value):
            raise RequestError(f"the header {name} cannot be sent: it is no text, or holds a line break or the like")
        pairs.append((name.encode(), value.strip(" \t").encode()))
    return pairs
