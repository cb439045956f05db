"""What the server in front of the bookstore is told, and what it has seen."""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any, NamedTuple

BASE_URL = os.environ["BASE_URL"]
TOKEN = os.environ["TOKEN"]

AT_ONCE = {"retry-after": "0"}


class Seen(NamedTuple):
    """A request that the server has seen."""

    method: str
    target: str
    headers: dict[str, str]
    body: str


def begin(name: str) -> None:
    """Begins a scenario."""
    control("POST", "scenario", {"name": name})


def faults(*all_of_them: dict[str, Any]) -> None:
    """Says what the server does with the next requests."""
    control("POST", "faults", all_of_them)


def requests(method: str | None = None) -> list[Seen]:
    """The requests of the scenario so far."""
    seen = [Seen(**one) for one in control("GET", "requests", None)]
    return [one for one in seen if method in (None, one.method)]


def answer(status: int, headers: dict[str, str] | None = None, body: object = None) -> dict[str, Any]:
    """A fault: the server answers itself."""
    what: dict[str, Any] = {"status": status, "headers": headers or {}}
    if body is not None:
        what["body"] = body
    return {"answer": what}


BUSY = answer(503, AT_ONCE)
SLOW = {"delay_ms": 3000}


def control(method: str, name: str, body: object) -> Any:
    """Talks to the server in front."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{BASE_URL}/_matrix/{name}", data=data, method=method)
    with urllib.request.urlopen(request) as response:
        text = response.read()
    return json.loads(text) if text else None
