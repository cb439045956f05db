"""What a client works with: what it was told, the environment, the defaults."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from .hooks import Hooks

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
        self.base_url = url.rstrip("/")
        self.headers = {"accept": "application/json", "user-agent": service.agent, **lower(headers)}
        self.hooks = hooks or Hooks()
        self.logger = logger or logging.getLogger(__name__.partition(".")[0])
        self.max_retries = max_retries
        self.timeout = timeout
        self.attempt_timeout = attempt_timeout
        self.connect_timeout = connect_timeout


def lower(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Headers with their names in small letters, so that a name stands once."""
    return {name.lower(): value for name, value in (headers or {}).items()}
