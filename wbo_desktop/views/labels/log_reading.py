"""The words about the reading of the server's own log, for administrators.

Refused attempts and wrong passwords are in that log; the worker's watch counts them. The header's tooltip
always says how far it is, the banner only when it does not keep up.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from wbo_desktop.models.tables import LogReading
from wbo_desktop.views import format as shown

STALE = timedelta(seconds=60)
"""Seconds without a look at the log (the watch looks each second) after which it counts as not read, or
behind."""

MUCH = 256 << 20
"""The unread bytes from which on the banner says so at once."""

translate = QCoreApplication.translate


def keeps_up(row: LogReading) -> bool:
    """Whether failed logins are counted in time, by a row of `log_reading`."""
    return bool(row.collects) and not _unread_since(row) and not _is_late(row)


def line(row: LogReading) -> str:
    """The line about the log for the tooltip of the database's state."""
    if not row.collects:
        return translate("log_reading", "The server keeps no log that can be read")
    if _unread_since(row):
        return translate("log_reading", "Server's log: not read since {time}").format(time=_looked(row))
    text = translate("log_reading", "Server's log: read {ago}, {size} still unread")
    return text.format(ago=shown.ago(row.looked_at), size=_size(row.behind_bytes))


def message(row: LogReading) -> str:
    """The sentence about the log for the banner; empty when it keeps up."""
    if keeps_up(row):
        return ""
    if not row.collects:
        return translate(
            "log_reading",
            "The server keeps no log that can be read: wrong passwords are not counted and refused attempts do not reach "
            "the audit log. Everything else works. Set log_destination = jsonlog on the server.",
        )
    if _unread_since(row):
        return translate(
            "log_reading",
            "The server's log has not been read since {time}: wrong passwords are not counted and refused attempts do not "
            "reach the audit log meanwhile. Everything else works. See whether the worker runs.",
        ).format(time=_looked(row))
    return translate(
        "log_reading",
        "{size} of the server's log are not read yet, behind since {time}: wrong passwords are counted and refused "
        "attempts reach the audit log late. Everything else works. Somebody may be flooding it: see in the audit log who "
        "is refused.",
    ).format(size=_size(row.behind_bytes), time=shown.short_time(row.behind_since))


def _unread_since(row: LogReading) -> bool:
    looked = shown.moment(row.looked_at)
    return looked is None or datetime.now(UTC) - looked > STALE


def _is_late(row: LogReading) -> bool:
    since = shown.moment(row.behind_since)
    return row.behind_bytes >= MUCH or (since is not None and datetime.now(UTC) - since > STALE)


def _looked(row: LogReading) -> str:
    return shown.short_time(row.looked_at)


def _size(count: int) -> str:
    """A number of bytes as text with a unit."""
    if count < 1 << 20:
        return f"{count / (1 << 10):,.0f} KiB"
    return f"{count / (1 << 20):,.0f} MiB"
