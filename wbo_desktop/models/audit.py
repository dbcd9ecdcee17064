"""The commands `wbo-desktop audit …`: the verification of the log's hash chain, and the daily report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import class_row

from wbo_desktop.models.migrate import MigrationError


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of a verification of the log's hash chain.

    Attributes:
        entries: the number of all entries; `sealed` of them were verified.
        head: the last seal's hash, 64 hexadecimal digits; kept elsewhere, it proves that nothing before it
            changed.
        bad_seq: the first entry that is not as it was sealed; None when there is none.
        fault: what is wrong with it: entry_altered, entry_removed, entry_inserted or seal_missing;
            anchor_missing when a head that was noted elsewhere is not in the chain any more, so that its end
            was cut off or all of it was made anew; time_contradicts when its time is before that of an
            earlier entry, or after its seal.
    """

    entries: int
    sealed: int
    head: str | None
    bad_seq: int | None
    fault: str | None

    def as_json(self) -> dict[str, Any]:
        """The fields as a dictionary of plain values."""
        return asdict(self)


def kept_anchor(file: str) -> str | None:
    """The newest head in a file of daily reports or heads that is kept outside the database; None when `file`
    is empty.

    Raises:
        MigrationError: it cannot be read, or holds no head: an anchor that is not there proves nothing.
    """
    if not file:
        return None
    try:
        heads = re.findall(r"\b[0-9a-f]{64}\b", Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise MigrationError(f"audit_anchor_file: {error}") from None
    if not heads:
        raise MigrationError(f"audit_anchor_file: {file} holds no head of the log (64 hexadecimal digits)")
    return str(heads[-1])


def verify(connection: psycopg.Connection[Any], anchor: str | None = None) -> Verified:
    """Verifies the whole hash chain. Entries that are not sealed yet are no fault. Needs a member of the
    owner role.

    Args:
        anchor: a head noted outside the database earlier, 64 hexadecimal digits.
    """
    with connection.cursor(row_factory=class_row(Verified)) as cursor:
        found = cursor.execute(
            "SELECT entries, sealed, head, bad_seq, fault FROM wbo_rule.verify_entries(%s)", (anchor,)
        ).fetchone()
        assert found is not None
    return found


def daily_report(connection: psycopg.Connection[Any], day: date | None = None) -> dict[str, Any]:
    """The figures of one day in Hong Kong, today's without `day`. Needs the permission to read the log, or
    the owner role.

    Returns:
        day, since, until, made_at; entries (count, first, last, unsealed); acts, a list of operator, action
            and count;
        credited and refunded, lists of coin, network, count and amount in units; open, what still has to be
            done; anchor,
        the chain's head (sealed, seq, head, sealed_at).
    """
    found = connection.execute("SELECT wbo.daily_report(%s)", (day,)).fetchone()
    assert found is not None
    report: dict[str, Any] = found[0]
    return report


def report_lines(report: Mapping[str, Any], verified: Verified) -> Iterator[str]:
    """The daily report as lines of English text, with the verification's result."""
    entries, still, anchor = report["entries"], report["open"], report["anchor"]
    yield f"Daily report of {report['day']} (Hong Kong), made at {report['made_at']}"
    yield ""
    numbers = f", {entries['first']} to {entries['last']}" if entries["count"] else ""
    yield f"Log entries: {entries['count']}{numbers}; {entries['unsealed']} not sealed yet"
    for act in report["acts"]:
        yield f"  {act['operator']:<24} {act['action']:<28} {act['count']:>8}"
    for name in ("credited", "refunded"):
        yield f"{name.title()}:{'' if report[name] else ' nothing'}"
        for sum_ in report[name]:
            yield f"  {sum_['coin']:<8} {sum_['network']:<16} {sum_['count']:>8} {sum_['amount']:>32}"
    yield "Open:"
    for network in still["network_alarms"]:
        yield f"  {network['network']} is stopped: {network['alarm']}"
    for name in ("record_alarms", "abnormal", "refunds_under_way", "unexplained_balances"):
        yield f"  {name.replace('_', ' '):<24} {still[name]:>8}"
    yield ""
    if verified.fault:
        where = "" if verified.bad_seq is None else f" at entry {verified.bad_seq}"
        yield f"THE LOG WAS ALTERED: {verified.fault}{where}"
    else:
        yield f"The log is whole: {verified.entries} entries, {verified.sealed} sealed."
    if anchor and anchor["head"]:
        yield f"Head after entry {anchor['seq']}: {anchor['head']}"
