"""What a client works with: what it was told, the environment, the defaults."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar
from urllib.parse import urlsplit

from .errors import RequestError
from .headers import lower
from .hooks import Hooks

_LOGGER = logging.getLogger(__name__.partition(".")[0])
# Where an application has set up no log, warnings would go to standard error.
_LOGGER.addHandler(logging.NullHandler())

AuthScheme: TypeAlias = Literal["bearer", "api_key"]
"""How a key travels: ``Authorization: Bearer`` or ``X-API-Key``."""

Key = TypeVar("Key")


class Service(NamedTuple):
    """What is known of the service."""

    agent: str
    """The package's name and version, for ``User-Agent``."""
    environment: str
    """How its variables in the environment begin: ``BOOKSTORE`` for ``BOOKSTORE_API_KEY``."""
    base_url: str | None
    """Where it is when nobody says so."""
    auth_scheme: AuthScheme
    """How a key travels."""


class Options(NamedTuple):
    """What a single call was told of its way over the network."""

    timeout: float | None = None
    attempt_timeout: float | None = None
    max_retries: int | None = None
    headers: Mapping[str, str] | None = None


class Settings(Generic[Key]):
    """The effective settings of a client."""

    __slots__ = (
        "api_key",
        "attempt_timeout",
        "auth_scheme",
        "base_url",
        "connect_timeout",
        "headers",
        "hooks",
        "logger",
        "max_retries",
        "timeout",
    )

    api_key: Key | str | None
    attempt_timeout: float
    auth_scheme: AuthScheme
    base_url: str
    connect_timeout: float
    headers: dict[str, str]
    hooks: Hooks
    logger: logging.Logger
    max_retries: int
    timeout: float

    def __init__(
        self,
        service: Service,
        *,
        api_key: Key | str | None,
        auth_scheme: AuthScheme | None,
        base_url: str | None,
        headers: Mapping[str, str] | None,
        hooks: Hooks | None,
        logger: logging.Logger | None,
        max_retries: int,
        timeout: float,
        attempt_timeout: float,
        connect_timeout: float,
    ) -> None:
        url = base_url or os.environ.get(f"{service.environment}_BASE_URL") or service.base_url
        if not url:
            raise ValueError(f"pass base_url or set {service.environment}_BASE_URL: nothing says where the service is")
        self.api_key = api_key if api_key is not None else os.environ.get(f"{service.environment}_API_KEY") or None
        self.auth_scheme = auth_scheme or service.auth_scheme
        self.base_url = _base_url(url)
        self.headers = {"accept": "application/json", "user-agent": service.agent, **lower(headers)}
        self.hooks = hooks or Hooks()
        self.logger = logger or _LOGGER
        self.max_retries = max_retries
        self.timeout = seconds("timeout", timeout)
        self.attempt_timeout = seconds("attempt_timeout", attempt_timeout)
        self.connect_timeout = seconds("connect_timeout", connect_timeout)


def seconds(name: str, value: float) -> float:
    """The time that something may take, when it is one."""
    # Neither is NaN.
    if not value > 0:
        raise RequestError(f"{name} cannot be {value}: pass seconds, more than 0, or math.inf for no limit")
    return value


def _base_url(url: str) -> str:
    """The URL without a slash at its end, when the paths of operations can stand behind it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        # A user and a password would be sent in place of the key.
        usable = usable and "@" not in parts.netloc
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or any(sign in url for sign in " ?#"):
        raise ValueError(
            "base_url is no URL like https://api.example.com: it has a scheme, a host, no user, and no query"
        )
    return url.rstrip("/")
