"""Paths and queries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import quote, quote_plus

from .encode import text
from .filters import conditions
from .unset import Unset

_KEY = re.compile(r"\{[^}]*\}")


def path_of(pattern: str, keys: Sequence[object]) -> str:
    """The pattern with keys in place of its braces. A key that would change which resource is meant is an error."""
    parts = _KEY.split(pattern)
    path = [parts[0]]
    for key, part in zip(keys, parts[1:], strict=True):
        shown = text(key)
        if shown in ("", ".", ".."):
            raise ValueError(f"{shown!r} cannot stand in the path {pattern}: pass the key of a resource")
        path += (quote(shown, safe="-_.!~*'()"), part)
    return "".join(path)


def query_of(params: Mapping[str, object] | None, repeats: bool) -> str:
    """The query with its ``?``, in order of names; empty when there is nothing to say."""
    pairs: list[tuple[str, str]] = []
    for name, value in (params or {}).items():
        _collect(name, value, repeats, pairs)
    pairs.sort(key=_name)
    shown = "&".join(f"{_form(name)}={_form(value)}" for name, value in pairs)
    return f"?{shown}" if shown else ""


def _collect(name: str, value: object, repeats: bool, pairs: list[tuple[str, str]]) -> None:
    # Absent and null are one thing.
    if value is None or isinstance(value, Unset):
        return
    compared = conditions(value)
    if compared is not None:
        for operator, other in compared:
            _collect(f"{name}.{operator}", other, False, pairs)
    elif isinstance(value, (list, tuple)):
        items = [text(item) for item in cast("list[object]", value)]
        if not repeats and any("," in item for item in items):
            raise ValueError(f"an item of {name} holds a comma, which would make two items of it")
        pairs.extend((name, item) for item in (items if repeats else [",".join(items)]))
    else:
        pairs.append((name, text(value)))


def _form(value: str) -> str:
    """As forms are written: https://url.spec.whatwg.org/#urlencoded-serializing"""
    return quote_plus(value, safe="*").replace("~", "%7E")


def _name(pair: tuple[str, str]) -> str:
    return pair[0]
