"""Values of tests/run/names: they keep their names on the wire and themselves, however they are called in Python."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, TypedDict

import httpx
from nasty_names import (
    AsyncList,
    Client,
    Error2Input,
    File,
    Keywords,
    List,
    NotFoundError,
    Nothing,
    Result,
    ResultInput,
    ResultPatch,
    ShapeFile,
    ShapeFileInput,
    ShapeInput,
    ShapeOption,
    ShapeOptionInput,
    ShapeOptionPatch,
    UnknownVariant,
)
from nasty_names.core.encode import to_json
from nasty_names.models import read_shape
from nasty_names.resources.clients import Clients

with open(os.environ["VALUES"], encoding="utf-8") as file:
    VALUES: dict[str, Any] = json.load(file)

KNOWN = Client.__from_json__(VALUES["known"])
LATER = Client.__from_json__(VALUES["later"])
SHAPES = list(VALUES["later"]["kwargs"]["error"].values())


class Draft(TypedDict):
    """What both clients have when they are made."""

    id: str
    foo_bar: str
    foo_bar_2: str | None
    id_2: int | None
    init: Decimal | None
    url: bytes | None
    request: list[int] | None
    a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up: datetime | None


DRAFT: Draft = {
    "id": "a/b%",
    "foo_bar": "x",
    "foo_bar_2": None,
    "id_2": -(2**63),
    "init": Decimal("123456789.123456789"),
    "url": b"\x00\xff",
    "request": [2**53 + 1, -1],
    "a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up": datetime(2027, 6, 1, 0, 0, 0, 1, timezone.utc),
}
VARIANTS: dict[str, ShapeInput] = {
    "10": ShapeFileInput(constructor="a", then=None, __proto__="b", to_string="c", model_config=2**63 - 1),
    "9": ShapeOptionInput(type="t", value=Nothing()),
    "__proto__": ShapeOptionInput(type="p", value=None),
}


def kwargs(error: Mapping[str, ShapeInput]) -> ResultInput:
    """The structure that holds the variants."""
    first = ResultInput(next=None, err=None, args=[], error={})
    return ResultInput(next=first, err=Error2Input(back=None), args=[[1, -2], []], error=error)


def models() -> None:
    """What is read is what is sent, and what is sent is read as the same value."""
    for wire in (VALUES["known"], VALUES["later"], VALUES["patched"]):
        read = Client.__from_json__(wire)
        sent = json.loads(to_json(read))
        assert sent == wire, (sent, wire)
        assert Client.__from_json__(sent) == read
    keywords = Keywords.__from_json__(VALUES["keywords"])
    assert json.loads(to_json(keywords)) == VALUES["keywords"]
    assert (keywords.class_, keywords.None_, keywords.self, keywords.Self) == ("1", True, "9", "10")
    assert (KNOWN.id_2, KNOWN.init, KNOWN.url) == (DRAFT["id_2"], DRAFT["init"], DRAFT["url"])
    long = KNOWN.a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up
    assert long == DRAFT["a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up"]
    assert isinstance(KNOWN.kwargs, Result)
    file = KNOWN.kwargs.error["10"]
    assert isinstance(file, File)
    assert (file.__proto__, file.model_config) == ("b", 2**63 - 1)
    assert LATER.blank == "newer"
    shapes = [read_shape(shape) for shape in SHAPES]
    assert [type(shape) for shape in shapes] == [ShapeFile, ShapeOption, ShapeOption, UnknownVariant]
    assert [json.loads(to_json(shape)) for shape in shapes] == SHAPES


def respond(request: httpx.Request) -> httpx.Response:
    """Answers with what was asked for."""
    target = request.url.raw_path.decode()
    seen.append(f"{request.method} {target} {request.content.decode()}".strip())
    if request.url.path == "/default-of-clients":
        return httpx.Response(200, json={"items": SHAPES})
    if request.url.query:
        return httpx.Response(200, json={"items": [VALUES["known"]], "next_cursor": None})
    return httpx.Response(200, json=VALUES["patched"])


seen: list[str] = []


def change(clients: Clients) -> Client:
    """Makes of the known client the patched one."""
    return clients.update(
        "a/b%",
        foo_bar_2="y",
        id_2=None,
        init=Decimal("0.5"),
        request=[2**53 + 1],
        kwargs=ResultPatch(next=None, error={"10": None, "9": ShapeOptionPatch(value=None)}),
    )


def calls() -> None:
    """What is sent is the same in every language."""
    service = List(base_url="http://service", http_client=httpx.Client(transport=httpx.MockTransport(respond)))
    service.clients.create(**DRAFT, blank="class", kwargs=kwargs(VARIANTS))
    unknown = UnknownVariant(VALUES["later"]["kwargs"]["error"]["z"])
    service.clients.create(**DRAFT, blank="newer", kwargs=kwargs({**VARIANTS, "z": unknown}))
    assert change(service.clients) == Client.__from_json__(VALUES["patched"])
    service.clients.call("key", id="other", response=7, context=Keywords.__from_json__(VALUES["keywords"]))
    assert list(service.clients.list(foo_bar="x")) == [KNOWN]
    found = service.clients.default(type="a", client="c")
    assert list(found) == [read_shape(shape) for shape in SHAPES]
    assert seen == VALUES["sent"], seen


def served() -> None:
    """A server keeps it as it is."""
    with List(base_url=os.environ["BASE_URL"]) as service:
        assert service.clients.create(**DRAFT, blank="class", kwargs=kwargs(VARIANTS)) == KNOWN
        assert service.clients.get("a/b%") == KNOWN
        assert list(service.clients.list(foo_bar="x", blank="class")) == [KNOWN]
        assert change(service.clients) == Client.__from_json__(VALUES["patched"])
        service.clients.delete("a/b%")
        try:
            service.clients.get("a/b%")
        except NotFoundError:
            return
        raise AssertionError("it is still there")


if __name__ == "__main__":
    models()
    calls()
    served()
    assert AsyncList(base_url="http://service").clients
