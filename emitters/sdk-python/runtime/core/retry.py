"""When to try again."""

from __future__ import annotations

from .errors import ApiError, NoAnswerError, ServiceError

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0

# The system cannot be asked for much more.
_LONGEST_SLEEP = 1e9


def pause_before(retry: int, error: ServiceError) -> float | None:
    """Seconds to wait before the next attempt, after so many retries; nothing when another one would not help."""
    if isinstance(error, NoAnswerError):
        return _backoff(retry)
    if isinstance(error, ApiError) and error.retryable:
        asked = _retry_after(error.headers.get("retry-after"))
        return _backoff(retry) if asked is None else asked
    return None


def _backoff(retry: int) -> float:
    """Doubles with each retry; half of it is left to chance, so that clients do not come back all at once."""
    import random

    longest: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(retry, 10))
    return longest * (0.5 + random.random() / 2)


def _retry_after(header: str | None) -> float | None:
    """The header ``Retry-After`` in seconds: it holds seconds or a date."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return min(float(header), _LONGEST_SLEEP)
    import time
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (OverflowError, TypeError, ValueError):
        return None
