"""Keyset pages over the views of schema `wbo`.

A page starts after the last row of the one before, by the row's own order and key, so the millionth costs what the first
does. No OFFSET, no count. Long sources are paged by their keys (`narrow`); short ones straight from their view.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import peewee
from peewee import Expression, Tuple

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import narrow
from wbo_desktop.models.connection import Database
from wbo_desktop.models.tables import Field, View
from wbo_desktop.models.tables.base import Paging
from wbo_desktop.models.tables.keys import Keys
from wbo_desktop.services.desk import Asked
from wbo_desktop.services.pages import Count, Filter, KeysetPage, Match, PageRequest

V = TypeVar("V", bound=View)

MOST_ROWS = 1000
COUNT_EXACTLY_TO = 10_000
"""So many rows are counted within a blink; beyond them the planner's estimate has to do until somebody
asks."""


def page(database: Database, request: PageRequest[V]) -> KeysetPage[V]:
    """Read one page."""
    view = request.source
    paging = _paging(view)
    order = request.order or paging.order.name
    if order not in paging.orders:
        raise RuleViolation("value_invalid", field="order", value=order)
    descending = request.descending if request.order else paging.descending
    columns = paging.columns(order)
    limit = max(1, min(request.limit, MOST_ROWS))
    keys = _keys(view, request.filters)
    if keys is not None and order == paging.order.name:
        return _by_keys(database, request, keys, columns, descending, limit)
    fields = [_field(view, name) for name in columns]
    query = _filtered(view, request.filters)
    if request.after is not None:
        here, there = Tuple(*fields), Tuple(*request.after)
        query = query.where(here < there if descending else here > there)
    query = query.order_by(*(one.desc() if descending else one.asc() for one in fields)).limit(limit)
    rows = _rows(database, view, query)
    last = _values(rows[-1], columns) if len(rows) == limit else None
    return KeysetPage(rows, last)


def _by_keys(
    database: Database,
    request: PageRequest[V],
    keys: Keys,
    columns: tuple[str, ...],
    descending: bool,
    limit: int,
) -> KeysetPage[V]:
    """One page: first its keys, then those rows whole. A row that left the source in between is left out."""
    filters = _resolved(database, keys, request.filters)
    if narrow.is_nothing(filters):
        return KeysetPage([], None)
    statement = narrow.keys(keys, filters, columns, descending, request.after, limit)
    found = database.execute_sql(statement.sql, statement.parameters).fetchall()
    if not found:
        return KeysetPage([], None)
    key = _field(request.source, keys.key_name)
    place = {
        line[-1] if key.name not in columns else line[columns.index(key.name)]: n
        for n, line in enumerate(found)
    }
    asked = peewee.fn.ANY(peewee.Value(list(place), unpack=False))
    query = request.source.whole().where(Expression(key, "=", asked))
    rows = sorted(_rows(database, request.source, query), key=lambda row: place[key.of(row)])
    return KeysetPage(rows, tuple(found[-1][: len(columns)]) if len(found) == limit else None)


def _rows(database: Database, view: type[V], query: peewee.ModelSelect) -> list[V]:
    """What the query finds, as rows of the view: its columns are the view's, in their order."""
    return [view.of_values(line) for line in database.execute(query).fetchall()]


def _values(row: View, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in columns)


def _keys(view: type[View], filters: tuple[Filter, ...]) -> Keys | None:
    """The keys by which this can be answered; None for a short source, or a filter that only its own view
    knows."""
    found = view.paging.keys
    return found if found is not None and found.answers(one.column for one in filters) else None


def _resolved(database: Database, keys: Keys, filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """The filters in the long table's own columns."""

    def own(one: Filter) -> Filter:
        asked = narrow.look_up(one, keys)
        if asked is None:
            return one
        values = [line[0] for line in database.execute_sql(asked.sql, asked.parameters).fetchall()]
        return narrow.looked_up(one, keys, values)

    return tuple(own(one) for one in filters if one.value != "" or one.match is not Match.STARTS_WITH)


def waiting(database: Database, asked: Asked, most: int) -> list[int]:
    """How many rows each source has for its filters, at most `most` each, in one statement."""
    parts: list[str] = []
    parameters: list[Any] = []
    for source, filters in asked:
        view = _view(source)
        keys = _keys(view, filters)
        if keys is not None:
            part = narrow.counted(keys, _resolved(database, keys, filters), most)
        else:
            sql, values = _filtered(view, filters).limit(most).bind(database).sql()
            part = narrow.Statement(f"SELECT count(*) FROM ({sql}) AS few", tuple(values))
        parts.append(f"({part.sql})")
        parameters += part.parameters
    if not parts:
        return []
    return list(database.execute_sql("SELECT " + ", ".join(parts), parameters).fetchone())


def row(database: Database, source: type[V], key: Mapping[str, Any]) -> V | None:
    """The one row with these values."""
    _paging(source)
    filters = tuple(Filter(column, Match.EQUAL, value) for column, value in key.items())
    found = _rows(database, source, _filtered(source, filters).limit(1))
    return found[0] if found else None


def count(database: Database, source: type[object], filters: tuple[Filter, ...], exact: bool) -> Count:
    """How many rows: counted, or where they are many as the planner estimates them."""
    view = _view(source)
    keys = _keys(view, filters)
    if keys is not None:
        filters = _resolved(database, keys, filters)
        if narrow.is_nothing(filters):
            return Count(0, exact=True)

    def up_to(most: int | None) -> int:
        if keys is not None:
            asked = narrow.counted(keys, filters, most)
            return int(database.execute_sql(asked.sql, asked.parameters).fetchone()[0])
        return int(_filtered(view, filters).limit(most).bind(database).count())

    few = up_to(None if exact else COUNT_EXACTLY_TO + 1)
    if exact or few <= COUNT_EXACTLY_TO:
        return Count(few, exact=True)
    if keys is not None:
        whole = narrow.rows(keys, filters)
        sql, parameters = whole.sql, list(whole.parameters)
    else:
        sql, parameters = _filtered(view, filters).bind(database).sql()
    plan = database.execute_sql("EXPLAIN (FORMAT JSON) " + sql, parameters).fetchone()[0]
    plan = plan if isinstance(plan, list) else json.loads(plan)
    return Count(max(few, int(plan[0]["Plan"]["Plan Rows"])), exact=False)


def _view(source: type[object]) -> type[View]:
    """The source as a view.

    Raises:
        RuleViolation: `value_invalid`: it is none.
    """
    if not (isinstance(source, type) and issubclass(source, View)):
        raise RuleViolation("value_invalid", field="source", value=str(source))
    return source


def _paging(source: type[object]) -> Paging:
    return _view(source).paging


def _field(view: type[View], name: str) -> Field[Any]:
    """A field by its name.

    Raises:
        RuleViolation: `value_invalid`: the view has no such field.
    """
    found = view.fields().get(name)
    if found is None:
        raise RuleViolation("value_invalid", field="column", value=name)
    return found


def _filtered(view: type[View], filters: tuple[Filter, ...]) -> peewee.ModelSelect:
    query = view.whole()
    for one in filters:
        for condition in _conditions(_field(view, one.column), one):
            query = query.where(condition)
    return query


def _conditions(column: Any, one: Filter) -> list[Any]:
    match one.match:
        case Match.EQUAL:
            return [column.is_null() if one.value is None else column == one.value]
        case Match.ONE_OF:
            return [column.in_(list(one.value))]
        case Match.STARTS_WITH:
            # Without wildcards of the operator's own: a typed % is a letter like any other.
            prefix = re.sub(r"([\\%_])", r"\\\1", str(one.value))
            return [Expression(column, "LIKE", prefix + "%")] if prefix else []
        case Match.BETWEEN:
            first, beyond = one.value
            return [
                c
                for c in (first is not None and column >= first, beyond is not None and column < beyond)
                if c is not False
            ]
