"""Reads custodial accounts from CSV or XLSX: columns channel, network and address, in any order, headed in
English or Chinese.

Knows no Qt: it is run on a thread, and returns each line with its fault.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import parse_address

HEADINGS = {
    "channel": "channel", "渠道": "channel",
    "network": "network", "網絡": "network", "网络": "network",
    "address": "address", "地址": "address", "存管地址": "address",
}  # fmt: skip
COLUMNS = ("channel", "network", "address")
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the file: its number there, its values, and the violation of a rule, if any."""

    number: int
    channel: str
    network: str
    address: str
    problem: RuleViolation | None = None

    def values(self) -> dict[str, str]:
        """The values in the form that the act takes."""
        return {"channel": self.channel, "network": self.network, "address": self.address}


def read(path: str, networks: frozenset[str]) -> list[AccountLine]:
    """The lines of a file.

    Raises:
        RuleViolation: `value_missing` (a column, or every line), `value_too_long` or `value_invalid` (not
            such a file).
    """
    table: Sequence[Sequence[object]] = (
        _sheet(path) if path.lower().endswith((".xlsx", ".xlsm")) else _csv(path)
    )
    if not table:
        raise RuleViolation("value_missing", field="rows")
    places = _places(table[0])
    lines: list[AccountLine] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in enumerate(table[1:], 2):
        texts = [str(cells[at]).strip() if at < len(cells) and cells[at] is not None else "" for at in places]
        if any(texts):
            lines.append(_judged(number, texts, networks, seen))
    if not lines:
        raise RuleViolation("value_missing", field="rows")
    if len(lines) > MOST_ROWS:
        raise RuleViolation("value_too_long", field="rows", limit=MOST_ROWS)
    return lines


def _places(heading: Sequence[object]) -> list[int]:
    names = [HEADINGS.get(str(cell or "").strip().lower().lstrip("\ufeff"), "") for cell in heading]
    for column in COLUMNS:
        if column not in names:
            raise RuleViolation("value_missing", field=column)
    return [names.index(column) for column in COLUMNS]


def _judged(
    number: int, texts: Sequence[str], networks: frozenset[str], seen: dict[tuple[str, str], int]
) -> AccountLine:
    channel, network, address = texts
    try:
        if not channel:
            raise RuleViolation("value_missing", field="channel")
        if network not in networks:
            raise RuleViolation("unknown_object", object="network", id=network or "—")
        address = parse_address(address)
        if (network, address) in seen:
            raise RuleViolation("already_exists", object="custodial_account", id=address)
        seen[network, address] = number
    except RuleViolation as violation:
        return AccountLine(number, channel, network, address, violation)
    return AccountLine(number, channel, network, address)


def _csv(path: str) -> list[list[str]]:
    content = Path(path).read_bytes()
    # any even number of bytes is some UTF-16, so only its mark tells
    marked = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "big5hkscs"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeError:
            continue
    else:
        raise RuleViolation("value_invalid", field="rows", value=Path(path).name)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    return [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]


def _sheet(path: str) -> list[list[object]]:
    import openpyxl  # a third of a second that only an import of this kind needs

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever zipfile and its XML reader do
        raise RuleViolation("value_invalid", field="rows", value=Path(path).name) from error
    try:
        rows: Iterable[tuple[object, ...]] = book.worksheets[0].iter_rows(
            values_only=True, max_row=MOST_ROWS + 2
        )
        return [list(row) for row in rows]
    finally:
        book.close()
