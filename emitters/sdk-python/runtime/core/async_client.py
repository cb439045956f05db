"""The client for ``asyncio``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from logging import Logger
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeAlias, TypeVar

from .answer import Answer, Response, read, recorded
from .call import Call
from .errors import RequestError, ServiceError
from .exchange import Exchange
from .hooks import Hooks
from .paging import AsyncPaginator, NumberedPage, Page, items_of, items_of_numbered
from .settings import AuthScheme, Service, Settings
from .steps import waitable

if TYPE_CHECKING:
    import httpx
    from typing_extensions import Self

T = TypeVar("T")
P = ParamSpec("P")

AsyncApiKey: TypeAlias = Callable[[bool], str | Awaitable[str]]
"""Gives the key for an attempt, at once or later. It is called with True when the service has just refused the key given before."""


class AsyncClient:
    """Sends calls, repeats those that may succeed later, and reads the answers."""

    def __init__(self, settings: Settings[AsyncApiKey], http_client: httpx.AsyncClient | None) -> None:
        self._settings = settings
        self._http = http_client
        self._own = http_client is None
        self._closed = False

    async def run(self, call: Call, decode: Callable[[Any], T]) -> T:
        """Makes a call."""
        import asyncio

        exchange = Exchange(self._settings, call)
        with exchange.around():
            while True:
                try:
                    answer = await self._attempt(exchange)
                    break
                except ServiceError as error:
                    pause = exchange.pause(error)
                    if pause is None:
                        raise
                await asyncio.sleep(pause)
            return read(answer, decode, call.operation.name)

    def paginate(self, call: Call, decode: Callable[[Any], T]) -> AsyncPaginator[T, Page[T]]:
        """A list whose pages are called for when they are needed."""
        query = dict(call.query or {})

        async def fetch(cursor: object) -> Page[T]:
            return await self.run(call._replace(query={**query, "cursor": cursor}), lambda data: Page(data, decode))

        return AsyncPaginator(fetch, items_of, query.get("cursor"))

    def paginate_numbered(self, call: Call, decode: Callable[[Any], T]) -> AsyncPaginator[T, NumberedPage[T]]:
        """As :meth:`paginate`, for a list whose pages have numbers."""
        query = dict(call.query or {})

        async def fetch(page: object) -> NumberedPage[T]:
            return await self.run(call._replace(query={**query, "page": page}), lambda data: NumberedPage(data, decode))

        return AsyncPaginator(fetch, items_of_numbered, query.get("page"))

    async def close(self) -> None:
        """Ends the connections that the client has made itself, and makes no further calls."""
        self._closed = True
        if self._own and self._http is not None:
            await self._http.aclose()
            self._http = None

    async def _attempt(self, exchange: Exchange) -> Answer:
        headers = exchange.begin()
        try:
            answer = await self._send(exchange, exchange.authorised(headers, await self._key(exchange)))
        except ServiceError as error:
            exchange.failed(error)
            raise
        return exchange.check(answer)

    async def _key(self, exchange: Exchange) -> str | None:
        import asyncio

        key = self._settings.api_key
        if not callable(key):
            return key
        limit = exchange.left()
        given = key(exchange.refresh)
        if isinstance(given, str):
            return given
        try:
            return await asyncio.wait_for(given, waitable(limit))
        except asyncio.TimeoutError as error:
            raise exchange.late(limit) from error

    async def _send(self, exchange: Exchange, headers: list[tuple[bytes, bytes]]) -> Answer:
        import asyncio

        import httpx

        request, (limit, steps) = exchange.request, exchange.steps()
        try:
            sending = self._transport().request(
                request.method,
                request.url,
                headers=headers,
                content=request.content,
                follow_redirects=False,
                extensions={"timeout": steps},
            )
            # The timeout of the transport is for each of its steps.
            response = await asyncio.wait_for(sending, waitable(limit))
        except (httpx.TimeoutException, asyncio.TimeoutError) as error:
            raise exchange.late(limit) from error
        except httpx.HTTPError as error:
            raise exchange.cut(error) from error
        except (httpx.InvalidURL, UnicodeError):
            raise exchange.misdirected() from None
        return Answer(response.status_code, dict(response.headers), response.content)

    def _transport(self) -> httpx.AsyncClient:
        if self._closed or (self._http is not None and self._http.is_closed):
            raise RequestError("the client is closed: make the call before that, or another client")
        if self._http is None:
            import httpx

            self._http = httpx.AsyncClient()
        return self._http


class AsyncService:
    """What the client of the service is made of, but for its resources."""

    _service: ClassVar[Service]

    def __init__(
        self,
        *,
        api_key: str | AsyncApiKey | None = None,
        base_url: str | None = None,
        timeout: float = 120.0,
        attempt_timeout: float = 30.0,
        connect_timeout: float = 10.0,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        hooks: Hooks | None = None,
        logger: Logger | None = None,
        http_client: httpx.AsyncClient | None = None,
        auth_scheme: AuthScheme | None = None,
    ) -> None:
        """Makes a client. What is left out comes from the environment where it has a name there.

        :param api_key: The key or token, or a function that gives it. Never printed or logged.
        :param base_url: Where the service is, without the path that every operation begins with.
        :param timeout: Seconds that a whole call may take, with its retries and pauses; ``math.inf`` is no limit.
        :param attempt_timeout: Seconds that one attempt may take.
        :param connect_timeout: Seconds that a connection may take to be made.
        :param max_retries: How often a failed attempt is repeated; a write only under its idempotency key.
        :param headers: Headers of every request.
        :param hooks: Called around every attempt.
        :param logger: Told about every attempt, without secrets, bodies and queries; by default the package's.
        :param http_client: What sends the requests; it is not closed with this client, nor does it follow redirects.
        :param auth_scheme: How the key travels; by default the first way that the service declares.
        :raises ValueError: when nothing says where the service is, or no URL or no time is what stands for one.
        """
        settings = Settings[AsyncApiKey](
            self._service,
            api_key=api_key,
            auth_scheme=auth_scheme,
            base_url=base_url,
            headers=headers,
            hooks=hooks,
            logger=logger,
            max_retries=max_retries,
            timeout=timeout,
            attempt_timeout=attempt_timeout,
            connect_timeout=connect_timeout,
        )
        self._client = AsyncClient(settings, http_client)

    async def with_response(self, call: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> Response[T]:
        """Makes a call, and gives the status, the headers and the entity tag beside what it gives.

        ``response = await client.with_response(client.books.get, key)``
        """
        answers: list[Answer] = []
        token = recorded.set(answers)
        try:
            data = await call(*args, **kwargs)
        finally:
            recorded.reset(token)
        if not answers:
            raise TypeError("pass a function that makes a call: for a list that is its page()")
        return Response(data, answers[-1])

    async def close(self) -> None:
        """Ends the connections that the client has made itself."""
        await self._client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
