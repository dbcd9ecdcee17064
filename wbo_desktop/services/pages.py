"""Keyset pages of plain rows: the request for one, with filters and order, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]
"""One row of a view of schema `wbo`, by column name. Amounts are Decimal in units of the coin, times are
aware."""


class Match(StrEnum):
    """The comparison of a filter."""

    EQUAL = "equal"
    ONE_OF = "one_of"
    BETWEEN = "between"
    """`value` is (from, to), from inclusive, to exclusive, either None."""
    STARTS_WITH = "starts_with"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on a column; the filters of a request are joined by AND."""

    column: str
    match: Match
    value: Any


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The request for one page of a source.

    Attributes:
        source: a view of schema `wbo`, e.g. `deposit_record`.
        order: the column to sort by (must be one that the source declares sortable); None is the source's own
            order.
        after: the `Page.last` of the page before, None for the first page.
    """

    source: str
    filters: tuple[Filter, ...] = ()
    order: str | None = None
    descending: bool = True
    after: tuple[Any, ...] | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page in order; `last` is the key to ask for the next one with, None when there are no
    more."""

    rows: list[Row] = field(default_factory=list)
    last: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The number of rows that pass a filter; `exact` is False for the planner's estimate."""

    rows: int
    exact: bool
