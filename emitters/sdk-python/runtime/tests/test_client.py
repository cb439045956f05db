"""What the clients do by themselves: retries, keys, time, hooks, secrets.

The network is a function here, and a socket of this machine where the steps of a transport matter.
"""

from __future__ import annotations

import asyncio
import logging
import math
import pickle
import socket
import threading
import time
import unittest
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from io import StringIO
from types import FunctionType
from typing import Any, ClassVar
from unittest.mock import patch

import httpx

from sample.core.answer import Answer, error_in
from sample.core.async_client import AsyncService
from sample.core.call import Call, Operation
from sample.core.convert import from_dict, to_dict
from sample.core.decode import base64, timestamp, variant
from sample.core.deprecation import deprecated, given
from sample.core.encode import int64, iso_duration, number, text, to_json
from sample.core.errors import (
    ApiError,
    ConflictError,
    DecodeError,
    InternalError,
    NoAnswerError,
    NotFoundError,
    RequestError,
    RequestTimeoutError,
)
from sample.core.filters import FieldFilter, NullFilter, OrderFilter
from sample.core.hooks import AttemptInfo, AttemptResult, CallInfo, DeprecationNotice, Hooks
from sample.core.model import Model, UnknownVariant
from sample.core.settings import Options, Service
from sample.core.sync_client import SyncService
from sample.core.unset import UNSET
from sample.core.url import path_of, query_of

PACKAGE = "sample"
SERVICE = Service(agent="shop-python/1.0.0", environment="SHOP", base_url="https://shop.example", auth_scheme="bearer")
READ = Operation("things.get", "GET", "/v1/things/{id}")
WRITE = Operation("things.create", "POST", "/v1/things", idempotent=True)
CHANGE = Operation("things.update", "PATCH", "/v1/things/{id}")

Respond = Callable[[httpx.Request], httpx.Response]


class Shop(SyncService):
    """A client."""

    _service: ClassVar[Service] = SERVICE

    def run(self, call: Call, decode: Callable[[Any], Any] = lambda data: data) -> Any:
        """Makes a call."""
        return self._client.run(call, decode)

    def list(self, **query: object) -> Any:
        """A list."""
        return self._client.paginate(Call(Operation("things.list", "GET", "/v1/things"), query=query), str)


class AsyncShop(AsyncService):
    """A client for asyncio."""

    _service: ClassVar[Service] = SERVICE

    async def run(self, call: Call) -> Any:
        """Makes a call."""
        return await self._client.run(call, lambda data: data)


def shop(*answers: httpx.Response | Exception, **options: Any) -> tuple[Shop, list[httpx.Request]]:
    """A client whose network gives these answers."""
    seen: list[httpx.Request] = []
    return Shop(http_client=httpx.Client(transport=transport(seen, iter(answers))), **options), seen


def transport(seen: list[httpx.Request], answers: Iterator[httpx.Response | Exception]) -> httpx.MockTransport:
    """A network."""

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return httpx.MockTransport(respond)


def busy(**headers: str) -> httpx.Response:
    """The service asks to come back."""
    return httpx.Response(503, json={}, headers={"retry-after": "0", **headers})


def ok(value: object = None, **headers: str) -> httpx.Response:
    """An answer."""
    return httpx.Response(200, json=value, headers=headers)


class Peer:
    """A server that answers one request with some bytes, and goes on with others, one now and then."""

    def __init__(self, sent: bytes, drops: bytes = b"") -> None:
        self._sent = sent
        self._drops = drops
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(self._sent)
            while not self._ended.wait(0.05):
                connection.sendall(self._drops)


class Calls(unittest.TestCase):
    """The client that waits."""

    def test_a_key_is_kept_over_retries(self) -> None:
        client, seen = shop(httpx.ReadError("cut"), busy(), ok({"id": "1"}))
        with patch("time.sleep"):
            self.assertEqual(client.run(Call(WRITE, body={"b": 1, "a": UNSET, "c": None})), {"id": "1"})
        keys = {request.headers["idempotency-key"] for request in seen}
        self.assertEqual([len(seen), len(keys), len(keys.pop())], [3, 1, 36])
        self.assertEqual({request.content for request in seen}, {b'{"b":1,"c":null}'})

    def test_a_write_without_a_key_is_sent_once(self) -> None:
        client, seen = shop(busy())
        with self.assertRaises(ApiError):
            client.run(Call(CHANGE, ("1",), body={}))
        self.assertEqual(len(seen), 1)

    def test_what_a_call_is_told(self) -> None:
        client, seen = shop(busy(), ok(), headers={"X-A": "client", "X-B": "client"})
        options = Options(max_retries=0, headers={"x-b": "call"})
        with self.assertRaises(ApiError):
            client.run(Call(READ, ("a/b",), options=options))
        client.run(Call(CHANGE, ("1",), body={}, if_match='"3"', headers={"X-Select": 7, "X-None": None}))
        first, second = seen
        self.assertEqual((first.headers["x-a"], first.headers["x-b"]), ("client", "call"))
        self.assertEqual(str(first.url), "https://shop.example/v1/things/a%2Fb")
        self.assertEqual((second.headers["if-match"], second.headers["x-select"]), ('"3"', "7"))
        self.assertEqual(second.headers["content-type"], "application/merge-patch+json")
        self.assertNotIn("x-none", second.headers)

    def test_time_is_limited(self) -> None:
        client, seen = shop(httpx.ReadTimeout("slow"), httpx.ReadTimeout("slow"))
        with self.assertRaises(RequestTimeoutError) as caught:
            client.run(Call(READ, ("1",), options=Options(timeout=0.2)))
        self.assertIsInstance(caught.exception, TimeoutError)
        self.assertEqual(len(seen), 1)

    def test_a_key_is_renewed_once(self) -> None:
        asked: list[bool] = []

        def key(refresh: bool) -> str:
            asked.append(refresh)
            return "new" if refresh else "old"

        refused = httpx.Response(401, json={"code": "unauthenticated"})
        client, seen = shop(refused, ok(), api_key=key)
        client.run(Call(CHANGE, ("1",), body={}))
        self.assertEqual(asked, [False, True])
        self.assertEqual([request.headers["authorization"] for request in seen], ["Bearer old", "Bearer new"])

    def test_hooks_and_the_log_know_no_secrets(self) -> None:
        before: list[AttemptInfo] = []
        after: list[AttemptResult] = []
        noticed: list[DeprecationNotice] = []

        def change(attempt: AttemptInfo, headers: dict[str, str]) -> None:
            self.assertNotIn("authorization", headers)
            before.append(attempt)
            headers["x-seen"] = "yes"

        hooks = Hooks(before_attempt=change, after_attempt=after.append, on_deprecation=noticed.append)
        client, seen = shop(busy(), ok("secret", deprecation="@1767225600"), api_key="hidden", hooks=hooks)
        with self.assertLogs(PACKAGE, logging.DEBUG) as log, warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            client.run(Call(READ, ("1",), query={"q": "private"}))
        self.assertEqual([attempt.attempt for attempt in before], [0, 1])
        self.assertEqual([result.status for result in after], [503, 200])
        self.assertEqual(seen[1].headers["x-seen"], "yes")
        self.assertEqual([notice.deprecation for notice in noticed], ["@1767225600"])
        self.assertEqual(warned, [])
        told = " ".join(log.output)
        self.assertFalse(any(word in told for word in ("hidden", "secret", "private")), told)

    def test_without_a_log_nothing_is_printed(self) -> None:
        client, _ = shop(busy(deprecation="@1767225600"), ok())
        with patch("sys.stderr", StringIO()) as printed:
            client.run(Call(READ, ("1",)))
        self.assertEqual(printed.getvalue(), "")

    def test_the_environment_says_what_the_arguments_leave_out(self) -> None:
        seen: list[httpx.Request] = []
        network = httpx.Client(transport=transport(seen, iter([ok(), ok()])))
        with patch.dict("os.environ", {"SHOP_API_KEY": "from env", "SHOP_BASE_URL": "https://other.example/"}):
            Shop(http_client=network).run(Call(READ, ("1",)))
            Shop(http_client=network, api_key="given", auth_scheme="api_key").run(Call(READ, ("1",)))
        self.assertEqual(str(seen[0].url), "https://other.example/v1/things/1")
        self.assertEqual(seen[0].headers["authorization"], "Bearer from env")
        self.assertEqual(seen[1].headers["x-api-key"], "given")

    def test_the_response_is_there_for_who_asks(self) -> None:
        client, _ = shop(ok({"id": "1"}, etag='"3"'), ok())
        response = client.with_response(client.run, Call(READ, ("1",)))
        self.assertEqual((response.data, response.status, response.etag), ({"id": "1"}, 200, '"3"'))
        with self.assertRaises(TypeError):
            client.with_response(lambda: None)

    def test_what_cannot_be_read(self) -> None:
        client, _ = shop(httpx.Response(200, text="<html>"), httpx.Response(404, text="<html>"))
        with self.assertRaises(DecodeError):
            client.run(Call(READ, ("1",)))
        with self.assertRaises(NotFoundError):
            client.run(Call(READ, ("1",)))

    def test_a_list_ends_where_it_does_not_move(self) -> None:
        stuck = {"items": [1, 2], "next_cursor": "same"}
        client, seen = shop(ok(stuck), ok(stuck))
        self.assertEqual(list(client.list(limit=2)), ["1", "2", "1", "2"])
        self.assertEqual([request.url.query for request in seen], [b"limit=2", b"cursor=same&limit=2"])

    def test_a_key_is_renewed_for_the_attempt_after_it_was_refused_alone(self) -> None:
        asked: list[bool] = []

        def key(refresh: bool) -> str:
            asked.append(refresh)
            return "key"

        before: list[int] = []
        after: list[AttemptResult] = []
        hooks = Hooks(before_attempt=lambda attempt, _: before.append(attempt.attempt), after_attempt=after.append)
        refused, cut = httpx.Response(401), httpx.ReadError("cut")
        client, _ = shop(refused, busy(), ok(), refused, cut, cut, api_key=key, hooks=hooks, max_retries=1)
        client.run(Call(READ, ("1",)))
        self.assertEqual(asked, [False, True, False])
        self.assertEqual(before, [0, 1, 2])
        self.assertEqual([(result.attempt, result.status) for result in after], [(0, 401), (1, 503), (2, 200)])
        with self.assertLogs(PACKAGE, logging.WARNING) as log, patch("time.sleep"), self.assertRaises(NoAnswerError):
            client.run(Call(READ, ("1",)))
        self.assertEqual(before, [0, 1, 2, 0, 1, 2])
        self.assertTrue(log.output[-1].endswith("NoAnswerError, given up after attempt 3"), log.output)

    def test_what_no_header_takes_is_not_sent_and_not_shown(self) -> None:
        for key in ("sec\nret", "sec\u200bret", "sec\x00ret"):
            client, seen = shop(api_key=key)
            with self.assertRaises(RequestError) as caught:
                client.run(Call(READ, ("1",)))
            self.assertEqual((seen, "ret" in str(caught.exception)), ([], False))
            self.assertEqual((caught.exception.__cause__, caught.exception.__context__), (None, None))
        client, seen = shop()
        for name, value in (("x-a", "a\r\nb"), ("x a", "b"), ("x-a", "\ud800")):
            with self.assertRaises(RequestError):
                client.run(Call(READ, ("1",), options=Options(headers={name: value})))
        self.assertEqual(seen, [])

    def test_headers_may_hold_any_other_text(self) -> None:
        client, seen = shop(ok(), api_key="key ")
        client.run(Call(READ, ("1",), options=Options(headers={"X-Name": " Zoë "})))
        self.assertIn((b"x-name", "Zoë".encode()), seen[0].headers.raw)
        self.assertIn((b"authorization", b"Bearer key"), seen[0].headers.raw)

    def test_what_a_transport_says_is_not_repeated(self) -> None:
        client, _ = shop(httpx.LocalProtocolError("Illegal header value b'secret'"), max_retries=0)
        with self.assertRaises(NoAnswerError) as caught:
            client.run(Call(READ, ("1",)))
        self.assertNotIn("secret", str(caught.exception))

    def test_a_key_of_the_caller_is_kept(self) -> None:
        client, seen = shop(ok(), ok())
        options = Options(headers={"Idempotency-KEY": "of the header"})
        client.run(Call(WRITE, body={}, options=options))
        client.run(Call(WRITE, body={}, options=options, idempotency_key="of the call"))
        keys = [request.headers["idempotency-key"] for request in seen]
        self.assertEqual(keys, ["of the header", "of the call"])

    def test_redirects_are_errors_and_never_followed(self) -> None:
        seen: list[httpx.Request] = []
        answers = iter([httpx.Response(307, headers={"location": "https://thief.example/"})])
        network = httpx.Client(transport=transport(seen, answers), follow_redirects=True)
        client = Shop(http_client=network, api_key="key", auth_scheme="api_key")
        with self.assertRaises(ApiError) as caught:
            client.run(Call(WRITE, body={}))
        self.assertEqual((caught.exception.status, len(seen)), (307, 1))
        said = "307 redirect: The server redirects to https://thief.example/: set the base URL to where the service is."
        self.assertEqual(str(caught.exception), said)

    def test_mistakes_of_the_caller_are_errors_of_this_package(self) -> None:
        client, seen = shop()
        calls = [
            Call(READ, ("",)),
            Call(READ, ("1",), query={"q": math.nan}),
            Call(READ, ("1",), query={"s": FieldFilter(in_=["a,b"])}),
            Call(WRITE, body={"a": math.inf}),
            Call(WRITE, body={"a": "\ud800"}),
            Call(WRITE, body={"a": object()}),
            Call(WRITE, body={"a": datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))}),
            Call(READ, ("x" * 70_000,)),
            *(Call(READ, ("1",), options=Options(timeout=wrong)) for wrong in (0, -1, math.nan)),
            *(Call(READ, ("1",), options=Options(attempt_timeout=wrong)) for wrong in (0, -1, math.nan)),
        ]
        for call in calls:
            with self.assertRaises(RequestError):
                client.run(call)
        self.assertEqual(seen, [])
        with self.assertRaises(RequestError), httpx.Client(verify=False) as network:
            Shop(base_url="http://a..b", http_client=network).run(Call(READ, ("1",)))

    def test_arguments_that_cannot_be_so_are_refused(self) -> None:
        for url in ("a.example", "ftp://a", "https://", "https://[", "https://a:x", "https://a:0", "https://a/?b"):
            with self.assertRaises(ValueError, msg=url):
                Shop(base_url=url)
        for user in ("me:secret@", "secret@", ":secret@", "@"):
            with self.assertRaises(ValueError, msg=user) as caught:
                Shop(base_url=f"https://{user}a")
            self.assertNotIn("secret", str(caught.exception))
        for sign in ("#", " ", "\n"):
            with self.assertRaises(ValueError, msg=sign):
                Shop(base_url=f"https://a/{sign}b")
        for wrong in (0, -1, math.nan):
            for name in ("timeout", "attempt_timeout", "connect_timeout"):
                with self.assertRaises(ValueError):
                    shop(**{name: wrong})

    def test_there_may_be_no_limit(self) -> None:
        for endless in (math.inf, 1e300):
            times: dict[str, Any] = {"timeout": endless, "attempt_timeout": endless, "connect_timeout": endless}
            with Peer(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") as url, httpx.Client(verify=False) as network:
                client = Shop(base_url=url, http_client=network, **times)
                self.assertEqual(client.run(Call(READ, ("1",))), {})

    def test_the_steps_of_an_attempt_share_its_time(self) -> None:
        begun_answer = b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n"
        for sent, drops in ((b"", b""), (begun_answer, b""), (begun_answer + b"\r\n", b" ")):
            with Peer(sent, drops) as url, httpx.Client(verify=False) as network:
                client, begun = Shop(base_url=url, http_client=network), time.monotonic()
                with self.assertRaises(RequestTimeoutError):
                    client.run(Call(READ, ("1",), options=Options(timeout=0.3)))
                self.assertLess(time.monotonic() - begun, 2)

    def test_a_closed_client_makes_no_calls(self) -> None:
        client, seen = shop()
        client.close()
        with self.assertRaises(RequestError):
            client.run(Call(READ, ("1",)))
        with httpx.Client() as network:
            client = Shop(http_client=network)
        with self.assertRaises(RequestError):
            client.run(Call(READ, ("1",)))
        self.assertEqual(seen, [])

    def test_an_answer_that_cannot_be_read_is_in_the_error(self) -> None:
        def decode(data: Any) -> Any:
            return [(item["id"], Decimal(item["price"]["amount"])) for item in data["items"]]

        price = {"amount": "1"}
        bodies = {
            "#/items/1/price": {"items": [{"id": 1, "price": price}, {"id": 2}]},
            "#/items/0/price/amount": {"items": [{"id": 1, "price": {"amount": "secret"}}]},
            "#/items/1": {"items": [{"id": 1, "price": price}, 5]},
            "#/items": {},
            "#": None,
        }
        for pointer, body in bodies.items():
            client, seen = shop(ok(body, **{"x-request-id": "r7"}))
            with self.assertRaises(DecodeError) as caught:
                client.run(Call(READ, ("1",)), decode)
            error = caught.exception
            self.assertEqual((error.pointer, error.status, error.request_id, len(seen)), (pointer, 200, "r7", 1))
            self.assertTrue(str(error).endswith("(request r7)") and "secret" not in str(error), str(error))
            self.assertEqual(pickle.loads(pickle.dumps(error)).content, error.content)
        client, _ = shop(httpx.Response(200))
        with self.assertRaisesRegex(DecodeError, "there is nothing in it"):
            client.run(Call(READ, ("1",)), decode)

    def test_a_list_ends_where_there_is_no_next_cursor(self) -> None:
        for page in ({"items": [1]}, {"items": [1], "next_cursor": None}, {"items": [1], "next_cursor": ""}):
            client, seen = shop(ok(page))
            self.assertEqual((list(client.list()), len(seen)), (["1"], 1))

    def test_only_what_may_be_a_fault_is_a_warning_in_the_log(self) -> None:
        leaving = ok(sunset="Tue, 01 Jun 2027 00:00:00 GMT")
        broken = httpx.Response(500)
        client, _ = shop(httpx.Response(404), busy(), httpx.ReadError("cut"), leaving, broken, max_retries=1)
        with self.assertLogs(PACKAGE, logging.DEBUG) as log, patch("time.sleep"):
            with self.assertRaises(NotFoundError):
                client.run(Call(READ, ("1",)))
            self.assertEqual([record.levelname for record in log.records], ["DEBUG"])
            with self.assertRaises(NoAnswerError):
                client.run(Call(READ, ("1",)))
            client.run(Call(READ, ("1",)))
        levels = [record.levelname for record in log.records[1:]]
        self.assertEqual(levels, ["DEBUG", "WARNING", "DEBUG", "WARNING", "DEBUG", "WARNING"])
        said = "things.get is deprecated, and may be gone after Tue, 01 Jun 2027 00:00:00 GMT"
        self.assertEqual(log.records[-1].getMessage(), said)
        with self.assertLogs(PACKAGE, logging.WARNING) as log, self.assertRaises(InternalError):
            client.run(Call(READ, ("1",)))
        said = "GET /v1/things/1: 500 internal, given up after attempt 1"
        self.assertEqual([record.getMessage() for record in log.records], [said])

    def test_hooks_know_the_route(self) -> None:
        told: list[tuple[str, str]] = []

        def around(call: CallInfo) -> AbstractContextManager[object]:
            told.append((call.path, call.route))
            return nullcontext()

        def before(attempt: AttemptInfo, headers: dict[str, str]) -> None:
            told.append((attempt.path, attempt.route))

        hooks = Hooks(around_call=around, before_attempt=before, after_attempt=lambda result: told.append(result[2:4]))
        client, _ = shop(ok(), hooks=hooks)
        client.run(Call(READ, ("7",)))
        self.assertEqual(told, [("/v1/things/7", "/v1/things/{id}")] * 3)


class Coroutines(unittest.IsolatedAsyncioTestCase):
    """The client for asyncio."""

    async def test_it_does_the_same(self) -> None:
        seen: list[httpx.Request] = []
        network = httpx.AsyncClient(transport=transport(seen, iter([busy(), ok({"id": "1"})])))

        async def key(refresh: bool) -> str:
            return "later"

        async with AsyncShop(http_client=network, api_key=key) as client:
            response = await client.with_response(client.run, Call(READ, ("1",)))
        self.assertEqual((response.data, len(seen)), ({"id": "1"}, 2))
        self.assertEqual(seen[1].headers["authorization"], "Bearer later")

    async def test_time_is_limited_and_a_task_can_be_cancelled(self) -> None:
        async def never(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(60)
            return ok()

        client = AsyncShop(http_client=httpx.AsyncClient(transport=httpx.MockTransport(never)))
        with self.assertRaises(RequestTimeoutError):
            await client.run(Call(READ, ("1",), options=Options(timeout=0.05)))
        task = asyncio.create_task(client.run(Call(READ, ("1",))))
        await asyncio.sleep(0.01)
        task.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await task

    async def test_it_refuses_the_same(self) -> None:
        seen: list[httpx.Request] = []
        moved = httpx.Response(307, headers={"location": "https://thief.example/"})
        network = httpx.AsyncClient(transport=transport(seen, iter([moved])), follow_redirects=True)
        client = AsyncShop(http_client=network, api_key=lambda refresh: "sec\nret")
        with self.assertRaises(RequestError) as caught:
            await client.run(Call(READ, ("1",)))
        self.assertNotIn("ret", str(caught.exception))
        client = AsyncShop(http_client=network)
        with self.assertRaises(ApiError):
            await client.run(Call(READ, ("1",)))
        with self.assertRaises(RequestError):
            await client.run(Call(READ, ("x" * 70_000,)))
        await client.close()
        with self.assertRaises(RequestError):
            await client.run(Call(READ, ("1",)))
        self.assertEqual(len(seen), 1)

    async def test_the_key_comes_in_time_and_there_may_be_no_limit(self) -> None:
        async def never(refresh: bool) -> str:
            await asyncio.sleep(60)
            return ""

        client = AsyncShop(api_key=never, timeout=0.05)
        with self.assertRaises(RequestTimeoutError):
            await client.run(Call(READ, ("1",)))
        network = httpx.AsyncClient(transport=transport([], iter([ok({})])))
        client = AsyncShop(http_client=network, timeout=math.inf, attempt_timeout=math.inf)
        self.assertEqual(await client.run(Call(READ, ("1",))), {})


class Values(unittest.TestCase):
    """What stands on the wire."""

    def test_json_is_the_same_however_it_was_put_together(self) -> None:
        value = {"b": [1, 1.0, 0.1, True, None], "a": 'ü\u2028\n"', "c": UNSET, "d": Decimal("1E+3")}
        self.assertEqual(to_json(value), '{"a":"ü\u2028\\n\\"","b":[1,1,0.1,true,null],"d":"1000"}')
        numbers = {1e21: "1e+21", 123456789012345680000.0: "123456789012345680000", 1e-7: "1e-7", -0.0: "0"}
        numbers |= {0.000001: "0.000001", 1.5e300: "1.5e+300", -2.5: "-2.5", 5e-324: "5e-324"}
        self.assertEqual({value: number(value) for value in numbers}, numbers)
        with self.assertRaises(ValueError):
            to_json(float("nan"))

    def test_scalars(self) -> None:
        moment = datetime(2027, 6, 1, 12, 30, 0, 120_000, timezone.utc)
        self.assertEqual(text(moment), "2027-06-01T12:30:00.12Z")
        self.assertEqual(timestamp("2027-06-01T12:30:00.12Z"), moment)
        self.assertEqual(timestamp("2027-06-01T12:30:00.120000999Z"), moment)
        self.assertEqual(timestamp("2027-06-01T12:30:00Z"), moment.replace(microsecond=0))
        self.assertEqual(timestamp("2027-06-01T14:30:00+02:00"), moment.replace(microsecond=0))
        self.assertEqual(text(datetime(1, 1, 1, tzinfo=timezone.utc)), "0001-01-01T00:00:00Z")
        with self.assertRaises(ValueError):
            text(datetime(2027, 6, 1))
        self.assertEqual(base64(text(b"\x00\xff")), b"\x00\xff")
        self.assertEqual(int64([2**63 - 1, None, {"a": 1}]), ["9223372036854775807", None, {"a": "1"}])
        self.assertEqual(iso_duration(timedelta(minutes=90, microseconds=5)), "PT1H30M0.000005S")
        self.assertEqual(iso_duration(timedelta(0)), "PT0S")
        unknown = variant({"kind": "later", "x": 1}, "kind", {})
        self.assertEqual(
            (unknown, to_json(unknown)), (UnknownVariant({"kind": "later", "x": 1}), '{"kind":"later","x":1}')
        )

    def test_models_are_dictionaries_and_back(self) -> None:
        class Price(Model):
            """A price."""

            __slots__ = ("amount",)

            def __init__(self, *, amount: Decimal) -> None:
                self.amount = amount

            def __json__(self) -> dict[str, Any]:
                return {"amount": self.amount}

            @classmethod
            def __from_json__(cls, data: dict[str, Any]) -> Price:
                return cls(amount=Decimal(data["amount"]))

        kept = to_dict(Price(amount=Decimal("9.90")))
        self.assertEqual((kept, str(from_dict(Price, kept).amount)), ({"amount": "9.90"}, "9.90"))
        with self.assertRaisesRegex(ValueError, "no Price: #/amount is missing"):
            from_dict(Price, {})

    def test_paths_and_queries(self) -> None:
        self.assertEqual(path_of("/a/{}/b/{}", ("x y/%", 5)), "/a/x%20y%2F%25/b/5")
        for bad in ("", ".", ".."):
            with self.assertRaises(ValueError):
                path_of("/a/{}", (bad,))
        filters = {"z": ["a", "b"], "p": OrderFilter(lt=Decimal(10), gte=1), "s": FieldFilter(in_=["x", "y"])}
        query = query_of({**filters, "n": NullFilter(null=True), "o": None, "q": "ü *~"}, False)
        self.assertEqual(query, "?n.null=true&p.gte=1&p.lt=10&q=%C3%BC+*%7E&s.in=x%2Cy&z=a%2Cb")
        self.assertEqual(query_of({"z": ["a", "b,c"]}, True), "?z=a&z=b%2Cc")

    def test_errors_have_the_class_of_their_code_or_their_kind(self) -> None:
        class Taken(ConflictError):
            """It is taken."""

            __error_code__: ClassVar[str] = "taken"

        answer = Answer(409, {"x-request-id": "7"}, b'{"code":"taken","kind":"conflict","errors":[{"code":"a"}]}')
        error = error_in(answer, [Taken])
        self.assertIsInstance(error, Taken)
        self.assertEqual((error and error.request_id, error and error.errors[0].code), ("7", "a"))
        self.assertIs(type(error_in(Answer(409, {}, b"<html>"), [Taken])), ConflictError)

    def test_members_of_a_problem_are_read_one_by_one(self) -> None:
        odd = b'{"code":5,"kind":null,"title":7,"detail":[],"retryable":"no","remedy":1,"errors":[{"code":2,"pointer":3},4]}'
        error = error_in(Answer(404, {"x-request-id": "r"}, odd), [])
        self.assertIsInstance(error, NotFoundError)
        assert error is not None
        self.assertEqual((str(error), error.code, error.remedy), ("404 not_found (request r)", "not_found", None))
        self.assertEqual((error.retryable, error.errors[0].code, error.errors[0].pointer), (False, "", None))
        error = error_in(Answer(409, {}, b'{"code":"taken","title":"T","detail":"D"}'), [])
        self.assertEqual((str(error), error and error.detail), ("409 taken: D", "D"))

    def test_a_deprecation_is_a_warning_where_the_package_is_called(self) -> None:
        def method(value: object) -> object:
            return given(value, "older")

        # As if it were a method of the package.
        ours = {"__name__": f"{PACKAGE}.resources.things", "given": given}
        call: Any = deprecated("old")(FunctionType(method.__code__, ours))
        client, _ = shop()
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            call(1)
            with self.assertRaises(TypeError):
                client.with_response(call, None)
        self.assertEqual([str(warning.message) for warning in warned], ["old", "older", "old"])
        self.assertEqual({warning.filename for warning in warned}, {__file__})


if __name__ == "__main__":
    unittest.main()
