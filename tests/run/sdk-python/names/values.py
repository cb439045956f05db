"""Values of the case nasty_names: they keep their names on the wire and themselves, however they are called in Python."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import httpx
from nasty_names import (
    AsyncList,
    Client,
    Error2,
    File,
    Keywords,
    List,
    Nothing,
    Option2,
    Result,
    ShapeFile,
    ShapeOption,
    UnknownVariant,
)
from nasty_names.core.encode import to_json
from nasty_names.models import read_shape

KEYWORDS = {
    "class": "1",
    "from": "2",
    "import": "3",
    "async": "4",
    "await": "5",
    "gen": "6",
    "None": True,
    "range": 7,
    "self": "8",
    "Self": "9",
    "super": "10",
    "crate": "11",
    "True": "12",
    "func": "13",
    "chan": "14",
    "map": "15",
}
FILE = {"constructor": "a", "then": None, "__proto__": "b", "to_string": "c", "model_config": str(2**63 - 1)}
RESULT: dict[str, Any] = {
    "next": {"next": None, "err": None, "args": [], "error": {}},
    "err": {"back": None},
    "args": [["1", "-2"], []],
    "error": {
        "a": {"kind": "file", **FILE},
        "b": {"kind": "option", "type": "t", "value": {}},
        "c": {"kind": "later", "x": [1]},
    },
}
CLIENT = {
    "id": "a/b%",
    "foo_bar": "x",
    "fooBar": None,
    "_id": str(-(2**63)),
    "_": "class",
    "__init__": "123456789.123456789",
    "kwargs": RESULT,
    "url": "AP8=",
    "request": ["9007199254740993"],
    "a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up": "2027-06-01T00:00:00.000001Z",
}


def check(model: Any, wire: dict[str, Any]) -> None:
    """What is read is what is sent, and what is sent is read as the same value."""
    read = model.__from_json__(wire)
    sent = json.loads(to_json(read))
    assert sent == wire, (sent, wire)
    assert model.__from_json__(sent) == read


def models() -> None:
    """Each model by itself."""
    check(Keywords, KEYWORDS)
    check(File, FILE)
    check(Result, RESULT)
    check(Client, CLIENT)
    check(Option2, {"type": "t", "value": {}})
    check(Error2, {"back": None})
    check(Nothing, {})
    keywords = Keywords.__from_json__(KEYWORDS)
    assert (keywords.class_, keywords.None_, keywords.self, keywords.Self) == ("1", True, "8", "9")
    client = Client.__from_json__(CLIENT)
    assert (client.id_2, client.init, client.url) == (-(2**63), Decimal("123456789.123456789"), b"\x00\xff")
    long = client.a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up
    assert long == datetime(2027, 6, 1, 0, 0, 0, 1, timezone.utc)
    shapes = [read_shape(shape) for shape in RESULT["error"].values()]
    assert [type(shape) for shape in shapes] == [ShapeFile, ShapeOption, UnknownVariant]
    assert [json.loads(to_json(shape)) for shape in shapes] == list(RESULT["error"].values())


def respond(request: httpx.Request) -> httpx.Response:
    """Answers with the client, or with what was asked for."""
    if request.url.path == "/default-of-clients":
        shapes = list(RESULT["error"].values())
        return httpx.Response(200, json={"items": shapes}, headers={"x-query": request.url.query.decode()})
    if request.method == "GET" and request.url.path == "/clients":
        return httpx.Response(200, json={"items": [CLIENT], "next_cursor": None})
    if request.method in ("PATCH", "POST"):
        seen.append((request.url.raw_path.decode(), json.loads(request.content)))
    return httpx.Response(200, json=CLIENT)


seen: list[tuple[str, Any]] = []


def calls() -> None:
    """Each way in which values are sent."""
    service = List(base_url="http://service", http_client=httpx.Client(transport=httpx.MockTransport(respond)))
    client = Client.__from_json__(CLIENT)
    keywords = Keywords.__from_json__(KEYWORDS)
    assert list(service.clients.list(foo_bar="x")) == [client]
    service.clients.update("a/b%", id_2=None, foo_bar_2="y", init=Decimal("0.5"), request=[2**53 + 1])
    service.clients.call("key", id="other", response=7, context=keywords)
    answer = service.with_response(service.clients.default, type="a", client="c")
    assert [type(shape) for shape in answer.data] == [ShapeFile, ShapeOption, UnknownVariant]
    assert answer.headers["x-query"] == "client=c&type=a"
    assert seen == [
        ("/clients/a%2Fb%25", {"_id": None, "fooBar": "y", "__init__": "0.5", "request": ["9007199254740993"]}),
        ("/clients/key/call", {"id": "other", "response": 7, "context": KEYWORDS}),
    ], seen


if __name__ == "__main__":
    models()
    calls()
    assert AsyncList(base_url="http://service").clients
