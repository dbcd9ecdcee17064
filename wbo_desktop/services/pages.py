"""Keyset pages of rows: the request for one, with filters and order, and the answer. A source is the class of its rows; of
`models.tables`, where these classes are, nothing is known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

R = TypeVar("R")

Row = Mapping[str, Any]
"""A row whose columns are named by texts."""


class Named(Protocol):
    """A field of a source."""

    @property
    def name(self) -> str: ...


class Match(StrEnum):
    """The comparison of a filter."""

    EQUAL = "equal"
    ONE_OF = "one_of"
    BETWEEN = "between"
    """`value` is (from, to), from inclusive, to exclusive, either None."""
    STARTS_WITH = "starts_with"


@dataclass(frozen=True, slots=True, init=False)
class Filter:
    """One condition on a column; the filters of a request are joined by AND."""

    column: str
    match: Match
    value: Any

    def __init__(self, field: Named | str, match: Match, value: Any) -> None:
        # by name: fields do not compare, they make conditions of comparisons
        object.__setattr__(self, "column", field if isinstance(field, str) else field.name)
        object.__setattr__(self, "match", match)
        object.__setattr__(self, "value", value)


@dataclass(frozen=True, slots=True)
class PageRequest(Generic[R]):
    """One page of a source.

    Attributes:
        source: the class of its rows, e.g. `DepositRecord`.
        order: the column to sort by (must be one that the source declares sortable); None is the source's
        own order.
        after: the `KeysetPage.last` of the page before, None for the first page.
    """

    source: type[R]
    filters: tuple[Filter, ...] = ()
    order: str | None = None
    descending: bool = True
    after: tuple[Any, ...] | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[R]):
    """The rows of one page in order; `last` is the key to ask for the next one with, None when there are no
    more."""

    rows: list[R] = field(default_factory=list)
    last: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The number of rows that pass a filter; `exact` is False for the planner's estimate."""

    rows: int
    exact: bool
