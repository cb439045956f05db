"""Spans of OpenTelemetry, for who has it installed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from .hooks import CallInfo


def trace_calls(tracer_provider: Any = None) -> Callable[[CallInfo], AbstractContextManager[object]]:
    """A hook that makes a client span of each call: ``Hooks(around_call=trace_calls())``.

    :param tracer_provider: Where spans go; by default the global provider of ``opentelemetry-api``.
    """
    from importlib import import_module

    trace: Any = import_module("opentelemetry.trace")
    tracer = trace.get_tracer(__name__.partition(".")[0], tracer_provider=tracer_provider)

    @contextmanager
    def around(call: CallInfo) -> Generator[object, None, None]:
        attributes = {"http.request.method": call.method, "url.path": call.path, "url.template": call.route}
        with tracer.start_as_current_span(call.operation, kind=trace.SpanKind.CLIENT, attributes=attributes) as span:
            yield span

    return around
