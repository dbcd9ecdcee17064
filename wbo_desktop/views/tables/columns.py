"""A table's columns as data, and the conversion of a row into the texts of its cells, once, before painting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from wbo_desktop.services.pages import Named
from wbo_desktop.views import format as shown
from wbo_desktop.views import i18n, labels
from wbo_desktop.views.i18n import Marked
from wbo_desktop.views.plain_text import visible
from wbo_desktop.views.theme import Tone


class Kind(StrEnum):
    """The kind of value in a column: decides how it looks, is aligned and is copied."""

    TEXT = "text"
    CODE = "code"
    """Record numbers and the like, in the font whose characters all have the same width."""
    NUMBER = "number"
    AMOUNT = "amount"
    ADDRESS = "address"
    TIME = "time"
    CHIP = "chip"
    PROGRESS = "progress"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Computed:
    """The name of a column that is no field of its own: its content is made of several, or is found by name in whatever rows
    there are."""

    name: str


def of(row: object, field: Named | None) -> Any:
    """The value of a field in a row; None without a field, and for a row that has no such field."""
    return None if field is None else getattr(row, field.name, None)


NUMBERS = frozenset({Kind.NUMBER, Kind.AMOUNT, Kind.PROGRESS})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        field: the field of the row's class; `Computed` where the content is made of several.
        title: English source of the heading; the name of the field when empty.
        words: converts a code into a word.
        tone: the colour of a chip for a row.
        text: makes the text out of the whole row, instead of `field` alone.
        value: takes the value from the row where it is not simply that of `field`.
        tooltip: makes the tooltip of a row.
        coin, decimals, required: for amounts and progress, the fields with these values; None where a row has none.
        visible: whether it is shown to an operator who never chose columns.
        sortable: whether the source can be ordered by it.
    """

    field: Named
    kind: Kind = Kind.TEXT
    width: int = 120
    title: Marked | None = None
    words: Callable[[object], str] | None = None
    tone: Callable[[Any], Tone] | None = None
    text: Callable[[Any], str] | None = None
    value: Callable[[Any], Any] | None = None
    tooltip: Callable[[Any], str] | None = None
    coin: Named | None = Computed("coin")
    decimals: Named | None = Computed("decimals")
    required: Named = Computed("required_confirmations")
    visible: bool = True
    sortable: bool = False

    @property
    def key(self) -> str:
        """The field's name: what settings and widgets call the column."""
        return self.field.name

    def found(self, row: object) -> Any:
        """The column's value in a row."""
        return self.value(row) if self.value else of(row, self.field)

    def heading(self) -> str:
        """The heading in the current language."""
        return i18n.text(self.title) if self.title else labels.field(self.key)


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of one cell.

    Attributes:
        plain: the text that is copied, whole and without separators.
        done, needed: of a bar.
        number: whether `plain` is a number.
    """

    text: str
    plain: str
    tooltip: str = ""
    tone: Tone = Tone.NEUTRAL
    done: int = 0
    needed: int = 0
    number: bool = False


def cell(column: Column, row: object) -> Cell:
    """The content of `column` for `row`; hidden characters in its text are spelled out."""
    value = column.found(row)
    tooltip = column.tooltip(row) if column.tooltip else ""
    if column.text is not None:
        text = column.text(row)
        plain = shown.plain_amount(value, of(row, column.decimals)) if column.kind is Kind.AMOUNT else text
        made = Cell(text, plain, tooltip, column.tone(row) if column.tone else Tone.NEUTRAL)
    else:
        made = _MAKERS[column.kind](column, row, value, tooltip)
    return replace(made, text=visible(made.text), number=column.kind in NUMBERS)


def _text(column: Column, row: object, value: Any, tooltip: str) -> Cell:
    text = column.words(value) if column.words else shown.NOTHING if value in (None, "") else str(value)
    return Cell(text, "" if value is None else text, tooltip or (text if len(text) > 14 else ""))


def _amount(column: Column, row: object, value: Any, tooltip: str) -> Cell:
    coin = of(row, column.coin)
    decimals = of(row, column.decimals)
    return Cell(shown.amount(value, decimals, coin), shown.plain_amount(value, decimals), tooltip)


def _address(column: Column, row: object, value: Any, tooltip: str) -> Cell:
    return Cell(shown.shortened(value), value or "", tooltip or value or "")


def _time(column: Column, row: object, value: Any, tooltip: str) -> Cell:
    local = shown.moment(value)
    plain = local.isoformat(timespec="seconds") if local else ""
    return Cell(shown.short_time(value), plain, tooltip or shown.time_tooltip(value))


def _chip(column: Column, row: object, value: Any, tooltip: str) -> Cell:
    text = column.words(value) if column.words else str(value or "")
    return Cell(
        "" if value is None else text, text, tooltip, column.tone(row) if column.tone else Tone.NEUTRAL
    )


def _progress(column: Column, row: object, value: Any, tooltip: str) -> Cell:
    needed = of(row, column.required) or 0
    if value is None or getattr(row, "block_number", None) is None:
        # without a block there is nothing that could be confirmed, not even zero times
        return Cell(shown.NOTHING, "", tooltip)
    done = min(int(value), needed)
    complete = done >= needed
    text = shown.confirmations(value, needed)
    return Cell(text, str(done), tooltip, Tone.GOOD if complete else Tone.PROGRESS, done, needed)


def _yes_no(column: Column, row: object, value: Any, tooltip: str) -> Cell:
    text = shown.NOTHING if value is None else labels.value(column.key, bool(value))
    return Cell(text, text, tooltip)


_MAKERS: dict[Kind, Callable[[Column, object, Any, str], Cell]] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.NUMBER: _text,
    Kind.AMOUNT: _amount,
    Kind.ADDRESS: _address,
    Kind.TIME: _time,
    Kind.CHIP: _chip,
    Kind.PROGRESS: _progress,
    Kind.YES_NO: _yes_no,
}
