"""From values to JSON, and to the text of paths, queries and headers."""

from __future__ import annotations

import binascii
import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, cast

from .unset import Unset


def to_json(value: object) -> str:
    """JSON without spaces and with sorted keys, so that one call has the same bytes however it was put together."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Mapping):
        return _object(cast("Mapping[str, object]", value))
    if isinstance(value, (list, tuple)):
        items = cast("list[object]", value)
        return f"[{','.join([to_json(item) for item in items])}]"
    members: Any = getattr(value, "__json__", None)
    if members is not None:
        return _object(members())
    return encode_basestring(text(value))


def _object(members: Mapping[str, object]) -> str:
    given = [(name, value) for name, value in members.items() if not isinstance(value, Unset)]
    written = [f"{encode_basestring(name)}:{to_json(value)}" for name, value in sorted(given, key=_name)]
    return f"{{{','.join(written)}}}"


def _name(member: tuple[str, object]) -> str:
    return member[0]


def text(value: object) -> str:
    """A single value as it stands in a path, a query or a header; items of a list with commas between."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return _timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return binascii.b2a_base64(value, newline=False).decode("ascii")
    if isinstance(value, (list, tuple)):
        return ",".join([text(item) for item in cast("list[object]", value)])
    raise TypeError(f"{type(value).__name__} has no place in a request")


def int64(value: Any) -> Any:
    """Whole numbers of 64 bits as text, also those in lists and maps: no reader rounds it."""
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, (list, tuple)):
        return [int64(item) for item in cast("list[object]", value)]
    if isinstance(value, Mapping):
        return {name: int64(item) for name, item in cast("Mapping[str, object]", value).items()}
    return value


def number(value: float) -> str:
    """The shortest decimal that reads back as the same float, as ECMA-262 writes it."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number of JSON")
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    if value == 0:
        return "0"
    figures = "".join(map(str, digits)).rstrip("0")
    point = len(digits) + int(exponent)
    if 0 < point <= 21:
        body = figures[:point].ljust(point, "0") + (f".{figures[point:]}" if len(figures) > point else "")
    elif -6 < point <= 0:
        body = f"0.{'0' * -point}{figures}"
    else:
        body = f"{figures[0]}{f'.{figures[1:]}' if len(figures) > 1 else ''}e{point - 1:+d}"
    return f"{'-' if sign else ''}{body}"


def decimal_text(value: Decimal) -> str:
    """A decimal without an exponent."""
    if not value.is_finite():
        raise ValueError(f"{value} is no decimal of the service")
    return format(value, "f")


def _timestamp(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a timestamp needs a time zone: datetime(..., tzinfo=timezone.utc)")
    moment = value.astimezone(timezone.utc)
    fraction = f".{moment.microsecond:06d}".rstrip("0").rstrip(".")
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z".zfill(20 + len(fraction))


def iso_duration(value: timedelta) -> str:
    """A span of time as ISO 8601 has it, ``PT1H30M``. Spans stay text in models: a month has no fixed length."""
    micros = (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds
    sign = "-" if micros < 0 else ""
    seconds, micros = divmod(abs(micros), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{micros:06d}".rstrip("0").rstrip(".")
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
    if seconds or fraction or not (hours or minutes):
        parts.append(f"{seconds}{fraction}S")
    return f"{sign}PT{''.join(parts)}"
