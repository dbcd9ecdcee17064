"""The CSV files of the core system and of the owner: read whole and checked line by line before anything is written.

A fault names line, field and remedy. All of a file's faults are found at once, so that it is mended once.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from wbo_desktop.domain.blank import is_blank
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import Address, parse_address
from wbo_desktop.models.administration import import_clients, import_known_addresses
from wbo_desktop.models.connection import refusals
from wbo_desktop.models.migrate import OWNER

CLIENT_COLUMNS = (
    "client_no",
    "securities_account",
    "name_en",
    "name_zh_hk",
    "name_zh_cn",
    "identity_verified",
    "language",
)
ADDRESS_COLUMNS = ("address", "name")
LANGUAGES = ("zh_HK", "zh_CN", "en")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class CsvFault:
    """What is wrong in a file. `line` counts from 1, the header; `field` is a column, or empty for the whole line."""

    line: int
    field: str
    words: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field or 'the line'}: {self.words}"


class FileFaults(Exception):
    """A file that was not taken, with all of its faults."""

    def __init__(self, faults: Iterable[CsvFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


Line = tuple[int, dict[str, str]]


def read_lines(path: Path, columns: tuple[str, ...]) -> list[Line]:
    """The lines of a UTF-8 CSV file by the names of its columns, without space around values; empty lines are
    left out.

    Raises:
        FileFaults: it cannot be read, its header is not `columns`, or a line has fewer or more values.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileFaults([CsvFault(1, "", "not UTF-8: save the file as “CSV UTF-8”")]) from None
    except OSError as error:
        words = f"{path} cannot be read ({error.strerror}): mind name and rights"
        raise FileFaults([CsvFault(1, "", words)]) from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    lines: list[Line] = []
    faults: list[CsvFault] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        faults += _header_faults(header, columns)
        for values in [] if faults else reader:
            if len(values) != len(header) and values:
                words = f"{len(values)} values where the header has {len(header)}: put quotes around commas"
                faults.append(CsvFault(reader.line_num, "", words))
            elif values:
                named = zip(header, (value.strip() for value in values), strict=True)
                lines.append((reader.line_num, dict(named)))
    except csv.Error as error:
        faults.append(CsvFault(reader.line_num, "", f"not CSV ({error}): mind the quotes"))
    if faults:
        raise FileFaults(faults)
    return lines


def _header_faults(header: list[str], columns: tuple[str, ...]) -> Iterator[CsvFault]:
    wanted = f"the first line has to be {','.join(columns)}"
    for name in columns:
        if header.count(name) != 1:
            yield CsvFault(1, name, f"there {header.count(name)} times: {wanted}")
    for name in header:
        if name not in columns:
            yield CsvFault(1, name or "(empty)", f"not known: {wanted}")


def clients(connection: psycopg.Connection[Any], path: Path) -> list[dict[str, Any]]:
    """The clients of a file, fit for `administration.import_clients`. Needs a member of the owner role.

    Raises:
        FileFaults: anything is wrong with any line, also against the clients that are there already.
    """
    lines = read_lines(path, CLIENT_COLUMNS)
    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        accounts = dict(
            connection.execute("SELECT client_no, securities_account FROM wbo_data.client").fetchall()
        )
    faults = [fault for number, line in lines for fault in _client_faults(number, line)]
    faults += _twice(lines, "client_no") + _twice(lines, "securities_account")
    faults += _of_others(lines, accounts)
    if faults:
        raise FileFaults(sorted(faults, key=lambda fault: fault.line))
    return [line | {"identity_verified": line["identity_verified"] == "yes"} for _, line in lines]


def _client_faults(number: int, line: Mapping[str, str]) -> Iterator[CsvFault]:
    for name in ("client_no", "securities_account", "name_en"):
        if is_blank(line[name]):
            yield CsvFault(number, name, "empty: every client has one")
    if line["identity_verified"] not in ("yes", "no"):
        yield CsvFault(number, "identity_verified", f"“{line['identity_verified']}”: write yes or no")
    if line["language"] not in LANGUAGES:
        yield CsvFault(number, "language", f"“{line['language']}”: write {', '.join(LANGUAGES)}")


def _twice(lines: Iterable[Line], name: str, same: Callable[[str], str] = str) -> list[CsvFault]:
    first: dict[str, int] = {}
    faults = []
    for number, line in lines:
        before = first.setdefault(same(line[name]), number)
        if before != number:
            faults.append(
                CsvFault(number, name, f"“{line[name]}” stands in line {before} too: keep one of them")
            )
    return faults


def _of_others(lines: Iterable[Line], accounts: Mapping[str, str]) -> list[CsvFault]:
    """Securities accounts that are not those which the database has: they tell clients apart and never change."""
    owners = {account: client for client, account in accounts.items()}
    faults = []
    for number, line in lines:
        account, client = line["securities_account"], line["client_no"]
        if accounts.get(client, account) != account:
            words = f"client {client} has {accounts[client]} here, and it never changes: correct the line"
            faults.append(CsvFault(number, "securities_account", words))
        elif owners.get(account, client) != client:
            words = f"“{account}” is client {owners[account]}'s: correct the line"
            faults.append(CsvFault(number, "securities_account", words))
    return faults


def known_addresses(path: Path) -> list[tuple[Address, str]]:
    """Addresses with their names, fit for `administration.import_known_addresses`; an empty name takes one back.

    Raises:
        FileFaults: anything is wrong with any line.
    """
    lines = read_lines(path, ADDRESS_COLUMNS)
    faults = [fault for number, line in lines for fault in _address_faults(number, line)]
    faults += _twice(lines, "address", str.lower)
    if faults:
        raise FileFaults(sorted(faults, key=lambda fault: fault.line))
    return [(parse_address(line["address"]), line["name"]) for _, line in lines]


def _address_faults(number: int, line: Mapping[str, str]) -> Iterator[CsvFault]:
    shown = f"“{line['address'][:80]}”"
    try:
        parse_address(line["address"])
    except RuleViolation as wrong:
        if wrong.code == "address_checksum":
            words = f"{shown} has a wrong checksum, so a character is wrong: copy it again"
        else:
            words = f"{shown} is no address: write 0x and 40 hexadecimal digits"
        yield CsvFault(number, "address", words)
    if len(line["name"]) > LONGEST_NAME:
        yield CsvFault(number, "name", f"{len(line['name'])} characters: shorten it to {LONGEST_NAME}")
    elif line["name"] and is_blank(line["name"]):
        yield CsvFault(number, "name", "only invisible characters: write a name, or nothing to take it back")


def take_clients(connection: psycopg.Connection[Any], path: Path) -> int:
    """Imports the clients of a file, all or none; returns how many. Needs a member of the owner role.

    Raises:
        FileFaults: see `clients`.
        RuleViolation: `permission_denied`.
    """
    with refusals():
        return import_clients(connection, clients(connection, path))


def take_addresses(connection: psycopg.Connection[Any], network: str, path: Path) -> int:
    """Imports the known addresses of a file, all or none; returns how many. Needs a member of the owner role.

    Raises:
        FileFaults: see `known_addresses`.
        RuleViolation: `permission_denied`; `unknown_object`: no such network.
    """
    with refusals():
        return import_known_addresses(connection, network, known_addresses(path))
