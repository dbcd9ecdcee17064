"""The ways in which a superuser could alter the log afterwards, one at a time, each taken back again."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg


@dataclass
class Found:
    """Tamperings tried and noticed, by kind; `missed` says which were not."""

    tried: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.tried.values())


class Tamperer:
    """One session with every right, and dice. Triggers and foreign keys do not fire for it."""

    def __init__(self, connection: psycopg.Connection[Any], seed: int) -> None:
        self.connection, self.dice = connection, random.Random(seed)
        connection.execute("SET session_replication_role = replica")
        self.seqs = [
            s for (s,) in connection.execute("SELECT seq FROM wbo_data.audit_seal ORDER BY position")
        ]
        row = connection.execute("SELECT head FROM wbo_rule.verify_entries()").fetchone()
        assert row is not None
        self.kept_head = row[0]

    def do(self, statement: str, *values: Any) -> None:
        """A statement that must hit something."""
        done = self.connection.execute(statement.encode(), values)
        assert done.rowcount > 0, statement

    def fault(self, anchored: bool = False) -> str | None:
        """What verification says; with the head that was kept elsewhere, when told."""
        row = self.connection.execute(
            "SELECT fault FROM wbo_rule.verify_entries(%s::text)", (self.kept_head if anchored else None,)
        ).fetchone()
        assert row is not None
        return str(row[0]) if row[0] else None

    def campaign(self, times: int, kinds: Sequence[Callable[[Tamperer], str]] | None = None) -> Found:
        """That many tamperings, every kind in turn; each inside a transaction that is rolled back."""
        found = Found()
        chosen = list(kinds or KINDS)
        for n in range(times):
            kind = chosen[n % len(chosen)]
            with self.connection.transaction(force_rollback=True):
                told = kind(self)
                noticed = self.fault(anchored=kind in ANCHORED)
            found.tried[kind.__name__] = found.tried.get(kind.__name__, 0) + 1
            if noticed is None:
                found.missed.append(f"{kind.__name__}: {told}")
        return found

    def any_seq(self) -> int:
        return int(self.dice.choice(self.seqs))


# Each gives a column another value, however little another.
_EDITS = {
    "xid": "(xid::text::bigint + %s)::text::xid8",
    "at": "at + %s * interval '1 microsecond'",
    "operator": "operator || repeat('x', %s)",
    "workstation": "workstation || repeat(' ', %s)",
    "action": "action || repeat('s', %s)",
    "object_type": "object_type || repeat(' ', %s)",
    "object_id": "object_id || repeat('0', %s)",
    "before": "CASE WHEN before IS NULL THEN 'null'::jsonb ELSE before || jsonb_build_object('version', -%s) END",
    "after": "CASE WHEN after IS NULL THEN 'null'::jsonb ELSE after || jsonb_build_object('version', -%s) END",
    "remark": "CASE WHEN remark IS NULL THEN repeat(' ', %s - 1) ELSE remark || '.' END",
}


def edit_column(of: Tamperer) -> str:
    """Any column of an entry, to a value that is different but plausible."""
    column, seq = of.dice.choice(tuple(_EDITS)), of.any_seq()
    value = _EDITS[column]
    of.do(f"UPDATE wbo_data.audit_entry SET {column} = {value} WHERE seq = %s", of.dice.randrange(1, 9), seq)
    return f"{column} of {seq}"


def remove_entry(of: Tamperer) -> str:
    """An entry is gone, its seal stands."""
    seq = of.any_seq()
    of.do("DELETE FROM wbo_data.audit_entry WHERE seq = %s", seq)
    return str(seq)


def remove_both(of: Tamperer) -> str:
    """An entry is gone with its seal, and the later seals are numbered so that none is missing."""
    seq = int(of.dice.choice(of.seqs[:-1]))
    of.do("DELETE FROM wbo_data.audit_entry WHERE seq = %s", seq)
    row = of.connection.execute(
        "DELETE FROM wbo_data.audit_seal WHERE seq = %s RETURNING position", (seq,)
    ).fetchone()
    assert row is not None
    of.do("UPDATE wbo_data.audit_seal SET position = position + 1000000 WHERE position > %s", row[0])
    of.do("UPDATE wbo_data.audit_seal SET position = position - 1000001 WHERE position > 1000000")
    of.do("UPDATE wbo_data.audit_horizon SET position = position - 1")
    return str(seq)


def remove_seal(of: Tamperer) -> str:
    """A seal is gone, its entry stands."""
    seq = of.any_seq()
    of.do("DELETE FROM wbo_data.audit_seal WHERE seq = %s", seq)
    return str(seq)


def insert_entry(of: Tamperer) -> str:
    """An act that never was, in a transaction that was sealed long ago."""
    seq = of.any_seq()
    of.do(
        "INSERT INTO wbo_data.audit_entry"
        " (xid, at, operator, workstation, action, object_type, object_id, before, after, remark)"
        " SELECT xid, at, operator, workstation, action, object_type, object_id, before, after, remark"
        " FROM wbo_data.audit_entry WHERE seq = %s",
        seq,
    )
    return f"like {seq}"


def insert_ahead(of: Tamperer) -> str:
    """An act that never was, of a transaction that is still to come."""
    of.do(
        "INSERT INTO wbo_data.audit_entry (xid, workstation, action, object_type, object_id)"
        " VALUES ((pg_snapshot_xmax(pg_current_snapshot())::text::bigint + %s)::text::xid8, 'x', 'x', 'x', 'x')",
        of.dice.randrange(1000, 9999),
    )
    return "ahead"


def swap_entries(of: Tamperer) -> str:
    """Two entries change places."""
    one, other = of.dice.sample(of.seqs, 2)
    columns = ", ".join(_EDITS)
    of.do(
        f"UPDATE wbo_data.audit_entry e SET ({columns}) = (SELECT {columns} FROM wbo_data.audit_entry o"
        " WHERE o.seq = %s + %s - e.seq) WHERE e.seq IN (%s, %s)",
        *(one, other, one, other),
    )
    return f"{one} and {other}"


def swap_seals(of: Tamperer) -> str:
    """Two seals change places: each entry is hashed at the other's."""
    one, other = of.dice.sample(of.seqs, 2)
    for before, after in ((one, -1), (other, one), (-1, other)):
        of.do("UPDATE wbo_data.audit_seal SET seq = %s WHERE seq = %s", after, before)
    return f"{one} and {other}"


def alter_hash(of: Tamperer) -> str:
    """One bit of a hash."""
    seq, bit = of.any_seq(), of.dice.randrange(256)
    of.do(
        "UPDATE wbo_data.audit_seal SET hash = set_bit(hash, %s, 1 - get_bit(hash, %s)) WHERE seq = %s",
        bit,
        bit,
        seq,
    )
    return f"bit {bit} of {seq}"


def renumber_seals(of: Tamperer) -> str:
    """Every seal from some place on is one further."""
    start = of.dice.randrange(1, len(of.seqs) + 1)
    of.do("UPDATE wbo_data.audit_seal SET position = position + 1000000 WHERE position >= %s", start)
    of.do("UPDATE wbo_data.audit_seal SET position = position - 999999 WHERE position > 1000000")
    return f"from {start}"


def edit_and_seal_one(of: Tamperer) -> str:
    """An entry edited and its own seal made to fit: the next one does not, nor does the kept head after the last."""
    seq = int(of.dice.choice(of.seqs[:-1]))
    of.do("UPDATE wbo_data.audit_entry SET remark = coalesce(remark, '') || '!' WHERE seq = %s", seq)
    of.do(
        "UPDATE wbo_data.audit_seal s SET hash = wbo_rule.seal_hash(coalesce((SELECT p.hash FROM wbo_data.audit_seal p"
        " WHERE p.position = s.position - 1), sha256('wbo-audit')), s.position, e)"
        " FROM wbo_data.audit_entry e WHERE e.seq = s.seq AND s.seq = %s",
        seq,
    )
    return str(seq)


def cut_tail(of: Tamperer) -> str:
    """The newest entries and their seals are gone, and the horizon says so: what is left fits together.

    Only a head that was kept outside the database tells.
    """
    keep = of.dice.randrange(0, len(of.seqs))
    of.do("DELETE FROM wbo_data.audit_entry WHERE seq = ANY (%s)", of.seqs[keep:])
    of.do("DELETE FROM wbo_data.audit_seal WHERE position > %s", keep)
    of.do("UPDATE wbo_data.audit_horizon SET position = %s", keep)
    return f"after {keep}"


def rewrite_chain(of: Tamperer) -> str:
    """An entry edited and the whole chain sealed anew from there: it fits together, but not with the kept head."""
    place = of.dice.randrange(0, len(of.seqs))
    of.do("UPDATE wbo_data.audit_entry SET operator = 'somebody else' WHERE seq = %s", of.seqs[place])
    of.do("DELETE FROM wbo_data.audit_seal WHERE position > %s", place)
    of.do("UPDATE wbo_data.audit_horizon SET position = %s, horizon = '1:1:'", place)
    of.connection.execute("SELECT wbo_rule.seal_entries(100000)")
    return f"from {place + 1}"


INSIDE = (
    *(
        edit_column,
        remove_entry,
        remove_both,
        remove_seal,
        insert_entry,
        insert_ahead,
        swap_entries,
        swap_seals,
    ),
    *(alter_hash, renumber_seals, edit_and_seal_one),
)
"""What verification finds in the database alone."""
ANCHORED = (cut_tail, rewrite_chain)
"""What it finds only with a head that was kept elsewhere: the chain that is left fits together."""
KINDS = (*INSIDE, edit_column, *ANCHORED)
