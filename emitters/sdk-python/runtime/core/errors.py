"""What can go wrong: an answer that is an error, one that cannot be read, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, TypeAlias, cast

if TYPE_CHECKING:
    from .answer import Answer

ErrorKind: TypeAlias = (
    Literal[
        "malformed",
        "unauthenticated",
        "forbidden",
        "not_found",
        "conflict",
        "gone",
        "precondition_failed",
        "too_large",
        "invalid",
        "rate_limited",
        "internal",
        "unavailable",
        "timeout",
    ]
    | str
)
"""What fixes an error's status, who can mend it, and whether to try again."""


class FieldError(NamedTuple):
    """One failure of a request that has several."""

    code: str
    """What is wrong, for programs."""
    detail: str
    """What is wrong, for people."""
    pointer: str | None
    """Where in the body, a JSON pointer such as ``#/price/amount``."""
    parameter: str | None
    """The parameter of the path or the query."""
    header: str | None
    """The header."""


class ServiceError(Exception):
    """A call has failed. All errors of this package are one."""


class RequestError(ServiceError, ValueError):
    """The call cannot be sent as it stands: something that it was given is wrong, or the client is closed."""


class NoAnswerError(ServiceError):
    """No answer came: the connection failed. The cause says why."""


class RequestTimeoutError(NoAnswerError, TimeoutError):
    """No answer came in the time that the call was given."""


class DecodeError(ServiceError):
    """An answer came that this package cannot read: something else answers at that address, or a later version."""

    status: int
    """The HTTP status."""
    pointer: str | None
    """The member that cannot be read, a JSON pointer such as ``#/price/amount``; nothing where the body is no JSON."""
    request_id: str | None
    """The service's name for the request; quote it when you ask for help."""
    headers: Mapping[str, str]
    """The headers of the answer, their names in small letters."""
    content: bytes
    """The body of the answer, as it came."""

    def __init__(self, message: str, answer: Answer, pointer: str | None = None) -> None:
        self.status = answer.status
        self.pointer = pointer
        self.request_id = answer.headers.get("x-request-id")
        self.headers = answer.headers
        self.content = answer.content
        super().__init__(_named(message, self.request_id))
        self._made_of = message, answer, pointer

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self._made_of


class ApiError(ServiceError):
    """The service's answer is an error."""

    __error_code__: ClassVar[str] = ""

    status: int
    """The HTTP status."""
    code: str
    """Which error it is."""
    kind: ErrorKind
    """Of which kind it is."""
    detail: str
    """What is wrong, for people; empty where the service does not say it."""
    retryable: bool
    """True when the same request may succeed later."""
    remedy: str | None
    """What can be done about it."""
    errors: Sequence[FieldError]
    """Every failure of the request, each with its place."""
    request_id: str | None
    """The service's name for the request; quote it when you ask for help."""
    headers: Mapping[str, str]
    """The headers of the answer, their names in small letters."""
    problem: Mapping[str, Any]
    """The whole problem (RFC 9457) as it was sent."""

    def __init__(self, problem: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> None:
        self.problem = problem
        self.status = status
        self.headers = headers
        self.kind = _kind_of(problem, status)
        self.code = _text(problem, "code") or self.kind
        self.detail = _redirected(status, headers) or _text(problem, "detail") or _text(problem, "title") or ""
        retryable = problem.get("retryable")
        self.retryable = retryable if isinstance(retryable, bool) else status in _RETRIED
        self.remedy = _text(problem, "remedy")
        self.errors = _failures(problem.get("errors"))
        self.request_id = headers.get("x-request-id")
        said = f"{status} {self.code}: {self.detail}" if self.detail else f"{status} {self.code}"
        super().__init__(_named(said, self.request_id))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problem, self.status, self.headers)


class MalformedError(ApiError):
    """The request cannot be read: its syntax is wrong."""


class UnauthenticatedError(ApiError):
    """The service does not know who is calling: the key is missing, wrong or out of date."""


class ForbiddenError(ApiError):
    """The caller may not do this."""


class NotFoundError(ApiError):
    """There is no such thing, or the caller may not see it."""


class ConflictError(ApiError):
    """The request does not fit the present state; read it again."""


class GoneError(ApiError):
    """What was called has been taken away for good."""


class PreconditionFailedError(ApiError):
    """Somebody else has changed it since; read it again."""


class TooLargeError(ApiError):
    """The request is too long."""


class InvalidError(ApiError):
    """The request can be read and breaks rules; ``errors`` names all of them."""


class RateLimitedError(ApiError):
    """Too many requests; the headers say how long to wait."""


class InternalError(ApiError):
    """The service failed."""


class UnavailableError(ApiError):
    """The service cannot answer at present."""


class ServiceTimeoutError(ApiError):
    """The service gave up on something that it waited for."""


_RETRIED = (408, 429, 502, 503, 504)

_KINDS: dict[str, tuple[int, type[ApiError]]] = {
    "malformed": (400, MalformedError),
    "unauthenticated": (401, UnauthenticatedError),
    "forbidden": (403, ForbiddenError),
    "not_found": (404, NotFoundError),
    "conflict": (409, ConflictError),
    "gone": (410, GoneError),
    "precondition_failed": (412, PreconditionFailedError),
    "too_large": (413, TooLargeError),
    "invalid": (422, InvalidError),
    "rate_limited": (429, RateLimitedError),
    "internal": (500, InternalError),
    "unavailable": (503, UnavailableError),
    "timeout": (504, ServiceTimeoutError),
}


def error_of(
    problem: Mapping[str, Any], status: int, headers: Mapping[str, str], declared: Sequence[type[ApiError]]
) -> ApiError:
    """The error that an answer is: the declared one of its code, else the one of its kind."""
    for known in declared:
        if known.__error_code__ == problem.get("code"):
            try:
                return known(problem, status, headers)
            except (AttributeError, LookupError, TypeError, ValueError):
                # What it carries is not what this version of the package knows: the kind still holds.
                break
    return _KINDS.get(_kind_of(problem, status), (status, ApiError))[1](problem, status, headers)


def _kind_of(problem: Mapping[str, Any], status: int) -> str:
    said = _text(problem, "kind")
    if said:
        return said
    for kind, (own, _) in _KINDS.items():
        if own == status:
            return kind
    if status < 400:
        return "not_modified" if status == 304 else "redirect"
    return "malformed" if status < 500 else "internal"


def _redirected(status: int, headers: Mapping[str, str]) -> str | None:
    """What is to be done about a redirect, which is never followed: the key is not for others, nor is a write sent twice."""
    if status >= 400 or status == 304:
        return None
    where = headers.get("location")
    return f"The server redirects{f' to {where}' if where else ''}: set the base URL to where the service is."


def _text(members: Mapping[str, Any], name: str) -> str | None:
    """A member that is text; what is something else is as if it were not there."""
    value = members.get(name)
    return value if isinstance(value, str) else None


def _named(message: str, request_id: str | None) -> str:
    return f"{message} (request {request_id})" if request_id else message


def _failures(errors: object) -> Sequence[FieldError]:
    if not isinstance(errors, list):
        return ()
    found: list[FieldError] = []
    for each in cast("list[object]", errors):
        if isinstance(each, dict):
            failure = cast("dict[str, Any]", each)
            found.append(
                FieldError(
                    code=_text(failure, "code") or "",
                    detail=_text(failure, "detail") or "",
                    pointer=_text(failure, "pointer"),
                    parameter=_text(failure, "parameter"),
                    header=_text(failure, "header"),
                )
            )
    return tuple(found)
