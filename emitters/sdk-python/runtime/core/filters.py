"""What a list can be asked for, beside a plain value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Conditions(Generic[T]):
    """What a value is compared with."""

    __slots__ = ("conditions",)

    conditions: tuple[tuple[str, object], ...]
    """Operators, each with what stands behind it."""

    def __init__(self, *conditions: tuple[str, object]) -> None:
        self.conditions = conditions


class FieldFilter(Conditions[T]):
    """What a value is compared with: ``FieldFilter(in_=["draft", "retired"])``."""

    __slots__ = ()

    def __init__(self, *, ne: T | None = None, in_: Sequence[T] | None = None) -> None:
        super().__init__(("ne", ne), ("in", in_))


class OrderFilter(Conditions[T]):
    """What a value is compared with, where values have an order: ``OrderFilter(gte=10, lt=20)``."""

    __slots__ = ()

    def __init__(
        self,
        *,
        ne: T | None = None,
        in_: Sequence[T] | None = None,
        lt: T | None = None,
        lte: T | None = None,
        gt: T | None = None,
        gte: T | None = None,
    ) -> None:
        super().__init__(("ne", ne), ("in", in_), ("lt", lt), ("lte", lte), ("gt", gt), ("gte", gte))


class NullFilter:
    """Whether a value is null, where it may be."""

    __slots__ = ("null",)

    null: bool
    """What is asked."""

    def __init__(self, *, null: bool) -> None:
        self.null = null


def conditions(value: object) -> Sequence[tuple[str, object]] | None:
    """The conditions of a filter; nothing for a plain value."""
    if isinstance(value, Conditions):
        return value.conditions
    if isinstance(value, NullFilter):
        return (("null", value.null),)
    return None
