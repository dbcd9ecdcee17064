"""Keyset pages over the views of schema `wbo`.

A page starts after the last row of the one before, by the row's own order and key, so the millionth costs what the first
does. No OFFSET, no count. Long sources are paged by their keys (`narrow`); short ones straight from their view.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import peewee
from peewee import SQL, Expression, Table, Tuple

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import narrow
from wbo_desktop.models.connection import Database
from wbo_desktop.models.narrow import NARROW, Narrow
from wbo_desktop.services.pages import Count, Filter, Match, Page, PageRequest, Row


@dataclass(frozen=True, slots=True)
class Source:
    """How a view is paged: its own order, the key that makes the order total, and what else it may be
    sorted by."""

    order: str
    key: tuple[str, ...]
    descending: bool = True
    sortable: tuple[str, ...] = ()


SOURCES: dict[str, Source] = {
    "deposit_record": Source("created_at", ("record_no",)),
    "deposit_application": Source("received_at", ("record_no",)),
    "deposit_timeline": Source("seq", (), descending=False),
    "refund": Source("requested_at", ("refund_no",)),
    "refund_attempt": Source("attempt", ("txid",), descending=False),
    "refund_address": Source("wallet_id", (), descending=False),
    "wallet_address": Source("created_at", ("wallet_id",)),
    "custodial_account": Source("created_at", ("account_id",)),
    "custodial_request": Source("asked_at", ("request",)),
    "wallet_request": Source("asked_at", ("wallet_id",)),
    "cryptocurrency": Source("code", ("network",), descending=False),
    "coin": Source("code", ("network",), descending=False),
    "network": Source("name", (), descending=False),
    "chain_health": Source("network", (), descending=False),
    "client": Source("client_no", (), descending=False),
    "operator": Source("login", (), descending=False),
    "permission_request": Source("request_id", ()),
    "audit_log": Source("at", ("seq",)),
    "unmatched_transfer": Source("seen_at", ("transfer_id",)),
    "unexplained_balance": Source("found_at", ("difference_id",)),
    "hot_wallet": Source("network", ("address",), descending=False),
    "policy": Source("name", (), descending=False),
    "log_reading": Source("looked_at", ()),
    "schema_version": Source("version", ()),
}

MOST_ROWS = 1000
COUNT_EXACTLY_TO = 10_000
"""So many rows are counted within a blink; beyond them the planner's estimate has to do until somebody
asks."""


def page(database: Database, request: PageRequest) -> Page:
    """Read one page."""
    source, table = _source(request.source)
    order = request.order or source.order
    if order != source.order and order not in source.sortable:
        raise RuleViolation("value_invalid", field="order", value=order)
    descending = request.descending if request.order else source.descending
    columns = (order, *(name for name in source.key if name != order))
    limit = max(1, min(request.limit, MOST_ROWS))
    keys = _keys(request.source, request.filters)
    if keys is not None and order == source.order:
        return _by_keys(database, request, keys, columns, descending, limit)
    query = _filtered(table, request.filters)
    if request.after is not None:
        here = Tuple(*(getattr(table.c, name) for name in columns))
        there = Tuple(*request.after)
        query = query.where(here < there if descending else here > there)
    ordering = (getattr(table.c, name) for name in columns)
    query = query.order_by(*(c.desc() if descending else c.asc() for c in ordering)).limit(limit)
    rows: list[Row] = [dict(row) for row in query.bind(database).dicts()]
    last = tuple(rows[-1][name] for name in columns) if len(rows) == limit else None
    return Page(rows, last)


def _by_keys(
    database: Database,
    request: PageRequest,
    keys: Narrow,
    columns: tuple[str, ...],
    descending: bool,
    limit: int,
) -> Page:
    """One page: first its keys, then those rows whole. A row that left the source in between is left out."""
    filters = _resolved(database, keys, request.filters)
    if narrow.is_nothing(filters):
        return Page([], None)
    statement = narrow.keys(keys, filters, columns, descending, request.after, limit)
    found = database.execute_sql(statement.sql, statement.parameters).fetchall()
    if not found:
        return Page([], None)
    place = {
        line[-1] if keys.key not in columns else line[columns.index(keys.key)]: n
        for n, line in enumerate(found)
    }
    table = Table(request.source, schema="wbo")
    asked = peewee.fn.ANY(peewee.Value(list(place), unpack=False))
    query = table.select(SQL("*")).where(getattr(table.c, keys.key) == asked)
    rows: list[Row] = sorted(
        (dict(row) for row in query.bind(database).dicts()), key=lambda row: place[row[keys.key]]
    )
    return Page(rows, tuple(found[-1][: len(columns)]) if len(found) == limit else None)


def _keys(name: str, filters: tuple[Filter, ...]) -> Narrow | None:
    """The keys by which this can be answered; None for a short source, or a filter that only its own view
    knows."""
    found = NARROW.get(name)
    return found if found is not None and found.answers(filters) else None


def _resolved(database: Database, keys: Narrow, filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """The filters in the long table's own columns."""

    def own(one: Filter) -> Filter:
        asked = narrow.look_up(one, keys)
        if asked is None:
            return one
        values = [line[0] for line in database.execute_sql(asked.sql, asked.parameters).fetchall()]
        return narrow.looked_up(one, keys, values)

    return tuple(own(one) for one in filters if one.value != "" or one.match is not Match.STARTS_WITH)


def waiting(database: Database, asked: Sequence[tuple[str, tuple[Filter, ...]]], most: int) -> list[int]:
    """How many rows each source has for its filters, at most `most` each, in one statement."""
    parts: list[str] = []
    parameters: list[Any] = []
    for name, filters in asked:
        keys = _keys(name, filters)
        if keys is not None:
            part = narrow.counted(keys, _resolved(database, keys, filters), most)
        else:
            sql, values = _filtered(_source(name)[1], filters).limit(most).bind(database).sql()
            part = narrow.Statement(f"SELECT count(*) FROM ({sql}) AS few", tuple(values))
        parts.append(f"({part.sql})")
        parameters += part.parameters
    if not parts:
        return []
    return list(database.execute_sql("SELECT " + ", ".join(parts), parameters).fetchone())


def row(database: Database, name: str, key: Mapping[str, Any]) -> Row | None:
    """The one row with these values."""
    _, table = _source(name)
    filters = tuple(Filter(column, Match.EQUAL, value) for column, value in key.items())
    found = list(_filtered(table, filters).limit(1).bind(database).dicts())
    return dict(found[0]) if found else None


def count(database: Database, name: str, filters: tuple[Filter, ...], exact: bool) -> Count:
    """How many rows: counted, or where they are many as the planner estimates them."""
    _, table = _source(name)
    keys = _keys(name, filters)
    if keys is not None:
        filters = _resolved(database, keys, filters)
        if narrow.is_nothing(filters):
            return Count(0, exact=True)

    def up_to(most: int | None) -> int:
        if keys is not None:
            asked = narrow.counted(keys, filters, most)
            return int(database.execute_sql(asked.sql, asked.parameters).fetchone()[0])
        return int(_filtered(table, filters).limit(most).bind(database).count())

    few = up_to(None if exact else COUNT_EXACTLY_TO + 1)
    if exact or few <= COUNT_EXACTLY_TO:
        return Count(few, exact=True)
    if keys is not None:
        whole = narrow.rows(keys, filters)
        sql, parameters = whole.sql, list(whole.parameters)
    else:
        sql, parameters = _filtered(table, filters).bind(database).sql()
    plan = database.execute_sql("EXPLAIN (FORMAT JSON) " + sql, parameters).fetchone()[0]
    plan = plan if isinstance(plan, list) else json.loads(plan)
    return Count(max(few, int(plan[0]["Plan"]["Plan Rows"])), exact=False)


def _source(name: str) -> tuple[Source, Table]:
    source = SOURCES.get(name)
    if source is None:
        raise RuleViolation("value_invalid", field="source", value=name)
    return source, Table(name, schema="wbo")


def _filtered(table: Table, filters: tuple[Filter, ...]) -> peewee.Select:
    query = table.select(SQL("*"))
    for one in filters:
        for condition in _conditions(getattr(table.c, one.column), one):
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
