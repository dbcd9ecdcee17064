"""Every filter of every page, alone and in pairs, with values that many rows have, few have and none has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import menu
from wbo_desktop.views.pages.spec import Chips, Choice, Dates, FilterSpec, PageSpec, Text

_NOBODY = "0x" + "f" * 40
_MANY, _FEW = 1, 1500  # of the made-up clients, whose activity is skewed


class Values:
    """What to filter by in a database that `many_records` filled.

    Args:
        rows: one row of each source: values that some row really has.
    """

    def __init__(self, rows: dict[type[Any], dict[str, Any]]) -> None:
        self._rows = rows

    def of(self, page: PageSpec, spec: FilterSpec) -> list[Filter]:
        """Filters by one of a page's specifications."""
        column = spec.column
        if isinstance(spec, Chips):
            return [Filter(column, Match.ONE_OF, [code]) for code in spec.codes] + [
                Filter(column, Match.ONE_OF, list(spec.codes[:3]))
            ]
        if isinstance(spec, Dates):
            now = datetime.now(UTC)
            day = timedelta(days=1)
            spans = [
                (now - day, now),
                (now - 800 * day, now - 799 * day),
                (now - 900 * day, now - 100 * day),
                (now + day, None),
            ]
            return [Filter(column, Match.BETWEEN, span) for span in spans]
        if isinstance(spec, Choice):
            return [Filter(column, Match.EQUAL, value) for value in _CHOICES[column]]
        found = self._rows.get(page.model, {}).get(column)
        return [Filter(column, spec.match, value) for value in self._typed(spec, column, found)]

    def _typed(self, spec: Text, column: str, found: Any) -> list[Any]:
        if column in ("client_no", "likely_client_no"):
            return [
                "M0000001",
                f"M{_FEW:07d}",
                "ZZZ",
                *(["M000", "M"] if spec.match is Match.STARTS_WITH else []),
            ]
        if column == "securities_account":
            return ["88-0000001-30", f"88-{_FEW:07d}", "ZZZ", "88-0"]
        if column in ("record_no", "refund_no"):
            return [found, "DP2025", "RF2025", "DP20240", "ZZZ"]
        if column == "external_serial":
            return [found, "MANY", "MANY00000001", "ZZZ"]
        if column == "operator":
            return ["worker", "maker", "nobody"]
        if column == "action":
            return ["apply_decisions", "revoke_deposit", "delete_wallet"]
        if column == "object_id":
            return [found, "nothing"]
        if column == "txid":
            return [found, "0x" + "f" * 64]
        return [found, _NOBODY]


_CHOICES = {"coin": ["USDT", "RARE", "NONE", "GONE"], "network": ["Ethereum", "Nowhere"]}


def pages() -> Iterator[PageSpec]:
    """Every list of the menu."""
    yield from menu.pages(menu.TREE)


def combinations(page: PageSpec, values: Values) -> Iterator[tuple[Filter, ...]]:
    """No filter, each filter alone, and every pair of two."""
    each = [[one for one in values.of(page, spec) if one.value is not None] for spec in page.filters]
    yield ()
    for filters in each:
        yield from ((one,) for one in filters)
    for first, second in itertools.combinations(each, 2):
        yield from itertools.product(first, second)
