"""What a list page asks for and gets: keyset pages of plain rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]
"""One row of a view of schema `wbo`, by column name. Amounts are Decimal in units of the coin, times are
aware."""


class Match(StrEnum):
    """How a filter compares its column."""

    EQUAL = "equal"
    ONE_OF = "one_of"
    BETWEEN = "between"
    """`value` is (from, to), from inclusive, to exclusive, either None."""
    STARTS_WITH = "starts_with"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition; a page's filters are joined by AND."""

    column: str
    match: Match
    value: Any


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page of a source.

    Attributes:
        source: a view of schema `wbo`, e.g. `deposit_record`.
        order: the column to sort by (must be one that the source declares sortable); None is the source's
        own order.
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
    """Rows in order; `last` is the key to go on after, None when there are no more."""

    rows: list[Row] = field(default_factory=list)
    last: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a filter has; `exact` is False for the planner's estimate."""

    rows: int
    exact: bool
