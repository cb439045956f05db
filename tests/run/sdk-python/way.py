"""How a call is made with each client."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any, ParamSpec, TypeAlias

from bookstore import AsyncBookstore, Bookstore

import front

P = ParamSpec("P")

Client: TypeAlias = Any
"""A client of either kind: their methods have the same names and arguments."""


class Way:
    """The client that waits; each call is made in a thread."""

    cancelled: type[BaseException] = KeyboardInterrupt

    def client(self, **options: Any) -> Client:
        """A client of the bookstore."""
        return Bookstore(base_url=front.BASE_URL, **options)

    async def call(self, call: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> Any:
        """Makes a call."""
        return await asyncio.to_thread(call, *args, **kwargs)

    async def all(self, pages: Any) -> list[Any]:
        """All items of a list."""
        return await asyncio.to_thread(list, pages)

    async def cancel(self, call: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
        """Makes a call that is interrupted after a while."""

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        call(*args, **kwargs)


class AsyncWay(Way):
    """The client for asyncio."""

    cancelled = asyncio.CancelledError

    def client(self, **options: Any) -> Client:
        return AsyncBookstore(base_url=front.BASE_URL, **options)

    async def call(self, call: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> Any:
        return await call(*args, **kwargs)

    async def all(self, pages: Any) -> list[Any]:
        return [item async for item in pages]

    async def cancel(self, call: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
        task = asyncio.ensure_future(call(*args, **kwargs))
        asyncio.get_running_loop().call_later(0.1, task.cancel)
        await task
