"""How long views are paged, as data: which view has their keys, and what their filters become there. `models.narrow` makes
statements of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol


class NamedField(Protocol):
    """A field; its name is known when its class is made."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LookUp:
    """A filter's column is another table's: `select` lists what the long table's `becomes` has for it."""

    view: str
    where: str
    select: str
    becomes: str


COIN = LookUp("wbo.coin", "code", "coin_id", "coin_id")
CLIENT = LookUp("wbo.client", "client_no", "client_no", "client_no")
SECURITIES_ACCOUNT = LookUp("wbo.client", "securities_account", "client_no", "client_no")


@dataclass(frozen=True, eq=False)
class Keys:
    """The keys of one long view.

    Attributes:
        view: a view with columns of one long table, under the names that the long view has for them.
        key: the column that finds a row again.
        filters: what may be filtered by there; a filter on anything else is answered by the long view itself.
        look_ups: filters that are answered by another table first.
        spread: pairs of the key view's column that a filter on is also split by a field with few values, and that field with
            its values, so that the index, which begins with both, gives its rows in order.
        numbers: fields whose values begin with two letters and the day they were given (Hong Kong's), with that day's field.
    """

    view: str
    key: NamedField
    filters: tuple[NamedField, ...]
    look_ups: tuple[tuple[NamedField, LookUp], ...] = ()
    spread: tuple[tuple[str, NamedField, type[StrEnum]], ...] = ()
    numbers: tuple[tuple[NamedField, NamedField], ...] = ()

    @cached_property
    def key_name(self) -> str:
        """The name of the key's column."""
        return self.key.name

    @cached_property
    def look_up_of(self) -> Mapping[str, LookUp]:
        """The look-ups by the name of the filter's column."""
        return {field.name: found for field, found in self.look_ups}

    @cached_property
    def spread_of(self) -> Mapping[str, tuple[str, tuple[str, ...]]]:
        """By the name of a filter's column: the column that it is split by, and that column's values."""
        return {column: (by.name, tuple(map(str, values))) for column, by, values in self.spread}

    @cached_property
    def day_of(self) -> Mapping[str, str]:
        """The column with the day of a number, by the name of the number's."""
        return {number.name: day.name for number, day in self.numbers}

    @cached_property
    def _answered(self) -> frozenset[str]:
        return frozenset({field.name for field in self.filters} | self.look_up_of.keys())

    def answers(self, columns: Iterable[str]) -> bool:
        """Whether the keys know every filtered column."""
        return self._answered.issuperset(columns)
