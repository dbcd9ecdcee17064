"""The migrations of this program, by name and SHA-256, compared with those that a database has run.

A migration runs once and is never edited. One that ran with another text, or that this program does not have,
means that database and program do not belong together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg


def sha256(text: str) -> str:
    """The hash of a migration's text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Differences:
    """How a database's migrations differ from a program's; names in order.

    Attributes:
        missing: the program has them, the database has not run them.
        changed: they ran with another text. One that ran before hashes were kept counts as unchanged.
        foreign: the database has run them, the program does not have them.
    """

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def misfits(self) -> list[str]:
        """What no upgrade mends: a sentence for each migration, naming it and the remedy."""
        return [
            *(
                f"{name} ran with another text than this program's:"
                " install the program that upgraded this database, unchanged"
                for name in self.changed
            ),
            *(
                f"{name} is foreign to this program:"
                " the database is newer, or another program's; install the one that upgraded it"
                for name in self.foreign
            ),
        ]

    def faults(self) -> list[str]:
        """A sentence for each migration that differs, naming it and the remedy."""
        return [*(f"{name} has not run: wbo-desktop db upgrade" for name in self.missing), *self.misfits()]


def compare(ran: Mapping[str, str | None], own: Iterable[tuple[str, str]]) -> Differences:
    """The differences between what a database has run, name to hash, and a program's names and texts."""
    hashes = {name: sha256(text) for name, text in own}
    return Differences(
        missing=tuple(sorted(hashes.keys() - ran.keys())),
        changed=tuple(sorted(n for n in hashes.keys() & ran.keys() if ran[n] not in (None, hashes[n]))),
        foreign=tuple(sorted(ran.keys() - hashes.keys())),
    )


def recorded(connection: psycopg.Connection[Any]) -> dict[str, str | None]:
    """The migrations that a database has run, with their hashes as far as they are known. For the owner."""
    there = connection.execute("SELECT to_regclass('wbo_data.schema_migration') IS NOT NULL").fetchone()
    if not there or not there[0]:
        return {}
    # by way of JSON, since an older table has no column for the hash
    rows = connection.execute(
        "SELECT m.name, to_jsonb(m) ->> 'sha256' FROM wbo_data.schema_migration m"
    ).fetchall()
    return dict(rows)


def record(connection: psycopg.Connection[Any], own: Iterable[tuple[str, str]]) -> None:
    """Keeps the hash of every migration that has none yet. For the owner, after all of them have run."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE wbo_data.schema_migration SET sha256 = %s WHERE name = %s AND sha256 IS NULL",
            [(sha256(text), name) for name, text in own],
        )
