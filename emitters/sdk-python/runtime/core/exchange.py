"""The course of a call without its input and output, which are all that differs between the two clients."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from typing import Any

from .answer import Answer, error_in
from .call import Call, Operation, Request, prepare
from .errors import ApiError, RequestTimeoutError, ServiceError
from .hooks import AttemptInfo, AttemptResult, CallInfo, DeprecationNotice
from .retry import pause_before
from .settings import Settings


class Exchange:
    """One logical call: its attempts, the time that they have, and what is told of them."""

    operation: Operation
    request: Request
    refresh: bool
    """True when the service has refused the key of the attempt before."""

    def __init__(self, settings: Settings[Any], call: Call) -> None:
        options, operation = call.options, call.operation
        self.operation = operation
        self.request = prepare(settings, call)
        self.refresh = False
        self._settings = settings
        self._number = 0
        self._started = monotonic()
        total = settings.timeout if options.timeout is None else options.timeout
        self._deadline = self._started + total
        self._each = settings.attempt_timeout if options.attempt_timeout is None else options.attempt_timeout
        retries = settings.max_retries if options.max_retries is None else options.max_retries
        # A write without a key might happen twice.
        self._retries = retries if operation.method == "GET" or operation.idempotent else 0

    def around(self) -> AbstractContextManager[object]:
        """What the call is to be made within."""
        hook = self._settings.hooks.around_call
        if hook is None:
            return nullcontext()
        return hook(CallInfo(self.operation.name, self.request.method, self.request.path))

    def begin(self) -> dict[str, str]:
        """Begins an attempt: its headers, but for the key."""
        headers = dict(self.request.headers)
        hook = self._settings.hooks.before_attempt
        if hook is not None:
            hook(AttemptInfo(self.operation.name, self.request.method, self.request.path, self._number), headers)
        self._started = monotonic()
        return headers

    def authorise(self, headers: dict[str, str], key: str | None) -> None:
        """Adds the key."""
        if key is None:
            return
        if self._settings.auth_scheme == "bearer":
            headers["authorization"] = f"Bearer {key}"
        else:
            headers["x-api-key"] = key

    def limit(self) -> float:
        """Seconds that the attempt may take."""
        left = min(self._deadline - monotonic(), self._each)
        if left <= 0:
            raise RequestTimeoutError(f"{self.operation.name} has no time left")
        return left

    def late(self, limit: float) -> RequestTimeoutError:
        """The error of an attempt that took too long."""
        return RequestTimeoutError(f"no answer to {self.operation.name} within {limit:.3g} s")

    def check(self, answer: Answer) -> Answer:
        """Ends an attempt with an answer, which is raised when it is an error."""
        error = error_in(answer, self.operation.errors)
        self._report(answer.status, answer.headers, error)
        if error is not None:
            raise error
        return answer

    def failed(self, error: ServiceError) -> None:
        """Ends an attempt without an answer."""
        self._report(None, {}, error)

    def pause(self, error: ServiceError) -> float | None:
        """Seconds until the next attempt; nothing when the error is the call's."""
        number, self._number = self._number, self._number + 1
        # Refused before anything was done: safe to repeat for every method.
        renewable = callable(self._settings.api_key) and not self.refresh
        if renewable and isinstance(error, ApiError) and error.status == 401:
            self.refresh, self._number = True, number
            return 0.0
        pause = pause_before(number, error) if number < self._retries else None
        return None if pause is None or monotonic() + pause >= self._deadline else pause

    def _report(self, status: int | None, headers: Mapping[str, str], error: ServiceError | None) -> None:
        """Tells the hooks and the log. Neither sees a key, a body or a query."""
        hooks, logger, request = self._settings.hooks, self._settings.logger, self.request
        result = AttemptResult(
            operation=self.operation.name,
            method=request.method,
            path=request.path,
            attempt=self._number,
            status=status,
            request_id=headers.get("x-request-id"),
            seconds=monotonic() - self._started,
            error=error,
        )
        # The detail of an error may quote what was sent; its code does not.
        why = error.code if isinstance(error, ApiError) else type(error).__name__
        if error is None:
            logger.debug("%s %s: %s in %.3f s", request.method, request.path, status, result.seconds)
        else:
            logger.warning("%s %s: %s, attempt %d", request.method, request.path, why, self._number)
        if hooks.after_attempt is not None:
            hooks.after_attempt(result)
        self._notice(headers)

    def _notice(self, headers: Mapping[str, str]) -> None:
        notice = DeprecationNotice(
            operation=self.operation.name,
            deprecation=headers.get("deprecation"),
            sunset=headers.get("sunset"),
            link=headers.get("link"),
        )
        # A service that knows no date of the deprecation itself sends the time of its end alone.
        if notice.deprecation is None and notice.sunset is None:
            return
        hook = self._settings.hooks.on_deprecation
        if hook is not None:
            hook(notice)
        until = f", and may be gone after {notice.sunset}" if notice.sunset else ""
        warnings.warn(f"{notice.operation} is deprecated{until}", DeprecationWarning, stacklevel=2)
