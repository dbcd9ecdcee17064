"""The audit log's hash chain, walked in the database; what `wbo-desktop audit verify` says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg.rows import class_row


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk found.

    Attributes:
        entries: all entries there are; `sealed` of them were found whole.
        head: the last seal's hash, 64 hexadecimal digits; kept elsewhere, it proves that nothing before it changed.
        bad_seq: the first entry that is not as it was sealed; None when there is none.
        fault: what is wrong with it: entry_altered, entry_removed, entry_inserted or seal_missing; anchor_missing when
            a head that was noted elsewhere is not in the chain any more, so that its end was cut off or all of it
            was made anew.
    """

    entries: int
    sealed: int
    head: str | None
    bad_seq: int | None
    fault: str | None

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def verify(connection: psycopg.Connection[Any], anchor: str | None = None) -> Verified:
    """Walk the whole chain. Needs a member of the owner role.

    Args:
        anchor: a head noted outside the database earlier, 64 hexadecimal digits.

    On a database that is being written to, what is not sealed yet is no fault.
    """
    with connection.cursor(row_factory=class_row(Verified)) as cursor:
        found = cursor.execute(
            "SELECT entries, sealed, head, bad_seq, fault FROM wbo_rule.verify_entries(%s)", (anchor,)
        ).fetchone()
        assert found is not None
    return found
