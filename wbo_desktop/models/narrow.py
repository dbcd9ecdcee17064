"""How long tables are paged: their keys are found first, in a view of one table whose indexes fit, and only the rows
of one page are then read whole.

Filters on columns of other tables (a coin's code, a securities account) become filters on the long table's own columns
before it is asked, and filters that allow several values become one ordered branch each. So a page costs what its rows
cost, whether its filters match many rows, few or none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from wbo_desktop.models.tables.keys import Keys, LookUp
from wbo_desktop.services.pages import Filter, Match

MOST_BRANCHES = 64
"""The most branches of a statement; more combinations of values become one query with lists."""

FEW = 32
"""The most values of a typed beginning that are named one by one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


def look_up(one: Filter, narrow: Keys) -> Statement | None:
    """What to ask first, to know which values of the long table a filter stands for; None where the filter is
    its own."""
    found = narrow.look_up_of.get(one.column)
    if found is None or one.match is Match.BETWEEN:
        return None
    where, parameters = _condition(found.where, one)
    limit = f" LIMIT {FEW + 1}" if one.match is Match.STARTS_WITH else ""
    return Statement(f"SELECT {found.select} FROM {found.view} WHERE {where}{limit}", parameters)


def looked_up(one: Filter, narrow: Keys, values: list[Any]) -> Filter:
    """The same filter on the long table's own column."""
    found = narrow.look_up_of[one.column]
    if len(values) > FEW:
        # so many that they are found on the way, wherever one begins
        return one if found.becomes == one.column else Filter(found.becomes, Match.EQUAL, _Among(found, one))
    return Filter(found.becomes, Match.ONE_OF, values)


@dataclass(frozen=True, slots=True)
class _Among:
    """Too many values to name: those that another table has for a filter."""

    table: LookUp
    asked: Filter


def keys(
    narrow: Keys,
    filters: tuple[Filter, ...],
    order: tuple[str, ...],
    descending: bool,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Statement:
    """The values of `order`, and the key, of one page."""
    columns = ", ".join(dict.fromkeys((*order, narrow.key_name)))
    direction = "DESC" if descending else "ASC"
    ordering = ", ".join(f"{column} {direction}" for column in order)
    beyond = Statement("true")
    if after is not None:
        sign = "<" if descending else ">"
        marks = ", ".join(["%s"] * len(after))
        # the first column once more by itself: what an index can begin with
        beyond = Statement(
            f"({', '.join(order)}) {sign} ({marks}) AND {order[0]} {sign}= %s", (*after, after[0])
        )
    branches, parameters = [], []
    for branch in _branches(narrow, filters):
        branches.append(
            f"(SELECT {columns} FROM wbo.{narrow.view} WHERE {branch.sql} AND {beyond.sql}"
            f" ORDER BY {ordering} LIMIT {limit})"
        )
        parameters += [*branch.parameters, *beyond.parameters]
    if len(branches) == 1:
        return Statement(branches[0], tuple(parameters))
    return Statement(
        f"SELECT {columns} FROM ({' UNION ALL '.join(branches)}) AS found ORDER BY {ordering} LIMIT {limit}",
        tuple(parameters),
    )


def counted(narrow: Keys, filters: tuple[Filter, ...], most: int | None) -> Statement:
    """How many rows, at most `most` where that is given."""
    limit = "" if most is None else f" LIMIT {most}"
    parts = list(_branches(narrow, filters))
    selects = " UNION ALL ".join(f"(SELECT 1 FROM wbo.{narrow.view} WHERE {one.sql}{limit})" for one in parts)
    parameters = tuple(value for one in parts for value in one.parameters)
    return Statement(f"SELECT count(*) FROM (SELECT 1 FROM ({selects}) AS rows{limit}) AS few", parameters)


def rows(narrow: Keys, filters: tuple[Filter, ...]) -> Statement:
    """All keys: what the planner is asked about when they are too many to count."""
    parts = list(_branches(narrow, filters))
    selects = " UNION ALL ".join(
        f"(SELECT {narrow.key_name} FROM wbo.{narrow.view} WHERE {one.sql})" for one in parts
    )
    return Statement(selects, tuple(value for one in parts for value in one.parameters))


def is_nothing(filters: tuple[Filter, ...]) -> bool:
    """Whether no row can fit, since the filters leave no value for some column."""
    return any(not values for values in _named(filters).values())


def _named(filters: tuple[Filter, ...]) -> dict[str, list[Any]]:
    """The values that each column may have, of the columns whose values are named one by one."""
    named: dict[str, list[Any]] = {}
    for one in filters:
        if _names_values(one):
            values = list(dict.fromkeys(one.value if one.match is Match.ONE_OF else [one.value]))
            known = named.get(one.column)
            named[one.column] = values if known is None else [value for value in known if value in values]
    return named


def _names_values(one: Filter) -> bool:
    return one.match is Match.ONE_OF or (
        one.match is Match.EQUAL and one.value is not None and not isinstance(one.value, _Among)
    )


def _branches(narrow: Keys, filters: tuple[Filter, ...]) -> Iterator[Statement]:
    """One condition for each combination of the values that the filters name."""
    named = _named(filters)
    rest: list[tuple[str, tuple[Any, ...]]] = []
    for one in filters:
        if isinstance(one.value, _Among):
            table = one.value.table
            where, parameters = _condition(table.where, one.value.asked)
            among = f"{one.column} IN (SELECT {table.select} FROM {table.view} WHERE {where})"
            rest.append((among, parameters))
        elif not _names_values(one):
            rest.append(_condition(one.column, one))
            rest += _days(narrow, one)
    for column, (by, all_values) in narrow.spread_of.items():
        if column in named and by not in named and len(named) == 1:
            named[by] = list(all_values)
    combinations = 1
    for values in named.values():
        combinations *= len(values)
    if combinations > MOST_BRANCHES:
        rest += [(f"{column} = ANY(%s)", (values,)) for column, values in named.items()]
        named = {}
    for chosen in itertools.product(*named.values()):
        parts = [(f"{column} = %s", (value,)) for column, value in zip(named, chosen, strict=True)] + rest
        yield Statement(
            " AND ".join(sql for sql, _ in parts) or "true",
            tuple(value for _, parameters in parts for value in parameters),
        )


def _condition(column: str, one: Filter) -> tuple[str, tuple[Any, ...]]:
    match one.match:
        case Match.EQUAL:
            return (f"{column} IS NULL", ()) if one.value is None else (f"{column} = %s", (one.value,))
        case Match.ONE_OF:
            return f"{column} = ANY(%s)", (list(one.value),)
        case Match.STARTS_WITH:
            # without wildcards of the operator's own: a typed % is a letter like any other
            prefix = re.sub(r"([\\%_])", r"\\\1", str(one.value))
            return f"{column} LIKE %s", (prefix + "%",)
        case Match.BETWEEN:
            first, beyond = one.value
            bounds = [
                (f"{column} {sign} %s", value)
                for sign, value in ((">=", first), ("<", beyond))
                if value is not None
            ]
            return " AND ".join(sql for sql, _ in bounds) or "true", tuple(value for _, value in bounds)


_DATED = re.compile(r"^[A-Z]{2}(\d{4,8})")
_ONE_DAY = timedelta(days=1)


def _days(narrow: Keys, one: Filter) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The days of which a typed beginning of a number can be, a day wider on both sides: `DP2026` is of that
    year."""
    column = narrow.day_of.get(one.column)
    dated = _DATED.match(str(one.value)) if one.match is Match.STARTS_WITH else None
    if column is None or dated is None:
        return
    try:
        first, beyond = _span(dated[1])
    except ValueError:
        return
    yield f"{column} >= %s", (first - _ONE_DAY,)
    yield f"{column} < %s", (beyond + _ONE_DAY,)


def _span(digits: str) -> tuple[datetime, datetime]:
    """The first day that a beginning of YYYYMMDD can mean, and the first that it cannot mean any more.

    Raises:
        ValueError: there is no such day.
    """
    year = int(digits[:4])
    months = _between(digits[4:6], 1, 12)
    first = datetime(year, months[0], 1, tzinfo=UTC)
    beyond = datetime(year + months[-1] // 12, months[-1] % 12 + 1, 1, tzinfo=UTC)
    if len(digits) <= 6:
        return first, beyond
    days = _between(digits[6:8], 1, (beyond - first).days)
    return first + (days[0] - 1) * _ONE_DAY, first + days[-1] * _ONE_DAY


def _between(digits: str, least: int, most: int) -> range:
    """The numbers of two digits from `least` to `most` that begin with these.

    Raises:
        ValueError: there is none.
    """
    low, high = max(least, int(digits.ljust(2, "0"))), min(most, int(digits.ljust(2, "9")))
    if low > high:
        raise ValueError(digits)
    return range(low, high + 1)
