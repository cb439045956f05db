"""The course of a call without its input and output, which are all that differs between the two clients."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from typing import Any

from .answer import Answer, error_in
from .call import Call, Operation, Request, prepare
from .errors import ApiError, NoAnswerError, RequestError, RequestTimeoutError, ServiceError
from .headers import authorisation, encoded
from .hooks import AttemptInfo, AttemptResult, CallInfo, DeprecationNotice
from .retry import pause_before
from .settings import Settings, seconds
from .steps import Steps


class Exchange:
    """One logical call: its attempts, the time that they have, and what is told of them."""

    operation: Operation
    request: Request
    refresh: bool
    """True for the attempt right after one whose key the service has refused."""

    def __init__(self, settings: Settings[Any], call: Call) -> None:
        options, operation = call.options, call.operation
        self.operation = operation
        self.request = prepare(settings, call)
        self.refresh = False
        self._settings = settings
        self._number = 0
        self._retried = 0
        self._renewed = False
        self._started = monotonic()
        total, each = options.timeout, options.attempt_timeout
        self._deadline = self._started + (settings.timeout if total is None else seconds("timeout", total))
        self._each = settings.attempt_timeout if each is None else seconds("attempt_timeout", each)
        retries = settings.max_retries if options.max_retries is None else options.max_retries
        # A write without a key might happen twice.
        self._retries = retries if operation.method == "GET" or operation.idempotent else 0

    def around(self) -> AbstractContextManager[object]:
        """What the call is to be made within."""
        hook = self._settings.hooks.around_call
        if hook is None:
            return nullcontext()
        return hook(CallInfo(self.operation.name, self.request.method, self.request.path, self.operation.pattern))

    def begin(self) -> dict[str, str]:
        """Begins an attempt: its headers, but for the key."""
        headers = dict(self.request.headers)
        hook = self._settings.hooks.before_attempt
        if hook is not None:
            operation, request = self.operation, self.request
            hook(AttemptInfo(operation.name, request.method, request.path, operation.pattern, self._number), headers)
        self._started = monotonic()
        return headers

    def authorised(self, headers: dict[str, str], key: str | None) -> list[tuple[bytes, bytes]]:
        """The headers with the key, as they go over the network."""
        if key is not None:
            name, value = authorisation(self._settings.auth_scheme == "bearer", key)
            headers[name] = value
        return encoded(headers)

    def left(self) -> float:
        """Seconds that are left of the call."""
        left = self._deadline - monotonic()
        if left <= 0:
            raise RequestTimeoutError(f"{self.operation.name} has no time left")
        return left

    def steps(self) -> tuple[float, Steps]:
        """Seconds that the attempt may take, and how its steps share them."""
        limit = min(self.left(), self._each)
        return limit, Steps(limit, self._settings.connect_timeout)

    def late(self, limit: float) -> RequestTimeoutError:
        """The error of an attempt that took too long."""
        return RequestTimeoutError(f"no answer to {self.operation.name} within {limit:.3g} s")

    def cut(self, error: Exception) -> NoAnswerError:
        """The error of an attempt whose connection failed."""
        # What a transport says may hold what was sent.
        return NoAnswerError(f"the connection for {self.operation.name} failed: {type(error).__name__}")

    def misdirected(self) -> RequestError:
        """The error of a call whose URL is none."""
        return RequestError(f"{self.operation.name} cannot be sent: its URL is not valid, or too long")

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
        self._number += 1
        refused = isinstance(error, ApiError) and error.status == 401
        self.refresh = refused and callable(self._settings.api_key) and not self._renewed
        if self.refresh:
            # Refused before anything was done: safe to repeat for every method, and no retry.
            self._renewed = True
            return 0.0
        pause = pause_before(self._retried, error) if self._retried < self._retries else None
        self._retried += 1
        where, logger = f"{self.request.method} {self.request.path}", self._settings.logger
        if pause is not None and monotonic() + pause < self._deadline:
            logger.warning("%s: %s, again in %.1f s", where, _why(error), pause)
            return pause
        # What the caller can do about an error is no fault of the service.
        failed = isinstance(error, ApiError) and (error.status >= 500 or error.retryable)
        if failed or isinstance(error, NoAnswerError):
            logger.warning("%s: %s, given up after attempt %d", where, _why(error), self._number)
        return None

    def _report(self, status: int | None, headers: Mapping[str, str], error: ServiceError | None) -> None:
        """Tells the hooks and the log. Neither sees a key, a body or a query."""
        hooks, request = self._settings.hooks, self.request
        result = AttemptResult(
            operation=self.operation.name,
            method=request.method,
            path=request.path,
            route=self.operation.pattern,
            attempt=self._number,
            status=status,
            request_id=headers.get("x-request-id"),
            seconds=monotonic() - self._started,
            error=error,
        )
        how = status if error is None else _why(error)
        self._settings.logger.debug("%s %s: %s in %.3f s", request.method, request.path, how, result.seconds)
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
        # No warning of Python: made an error, it would take away the result of what has been done.
        until = f", and may be gone after {notice.sunset}" if notice.sunset else ""
        self._settings.logger.warning("%s is deprecated%s", notice.operation, until)


def _why(error: ServiceError) -> str:
    # The detail of an error may quote what was sent; its code does not.
    return f"{error.status} {error.code}" if isinstance(error, ApiError) else type(error).__name__
