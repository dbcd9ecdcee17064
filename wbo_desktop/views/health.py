"""How the database, the networks and the worker are, asked every few seconds; the header and the banner show
it.

The pace of blocks is measured here too: it tells when confirmations will be complete.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.errors import LOST, PASSING, RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Row
from wbo_desktop.services.supervision import Board
from wbo_desktop.views.format import moment
from wbo_desktop.views.operation import background

INTERVAL = 5_000
"""Milliseconds between two looks; a notification of a new block comes sooner."""

QUIET_BLOCKS = 10
"""After this many times the usual pace without a block, a network counts as silent."""

QUIET_AT_LEAST = 60.0

_ENDED = frozenset(
    {
        "session_expired",
        "operator_disabled",
        "not_an_operator",
        "login_failed",
        "login_not_permitted",
        "database_outdated",
    }
)


class Pace:
    """Seconds per block, from the heads that were seen."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, datetime]] = deque(maxlen=40)

    def observe(self, number: int | None, at: datetime | None) -> None:
        """Note a head; a lower one starts anew."""
        if number is None or at is None:
            return
        if self._seen and number < self._seen[-1][0]:
            self._seen.clear()
        if not self._seen or number > self._seen[-1][0]:
            self._seen.append((number, at))

    def seconds(self) -> float | None:
        """None until two heads were seen."""
        if len(self._seen) < 2:
            return None
        (first, began), (last, ended) = self._seen[0], self._seen[-1]
        return max(0.1, (ended - began).total_seconds() / (last - first))


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """One network as it is now."""

    name: str
    head: int | None
    age: float | None
    """Seconds since the last block was seen."""
    worker: str | None
    """The login of the worker that leads; None when none does."""
    silent: bool
    """Blocks came, but none for long."""
    alarm: str | None
    trouble: str = ""
    """A code of `domain.line_health`; empty when the worker that leads can do all of its work."""
    since: datetime | None = None
    usable: int = 0
    nodes: int = 0
    needed: int = 0
    """Nodes that answer, of how many, and how many have to agree."""

    @property
    def never_seen(self) -> bool:
        """Whether no block of it was ever seen."""
        return self.head is None


def _decoded(state: Any) -> Mapping[str, Any]:
    """The worker's own state, whether it came as JSON text or decoded."""
    return json.loads(state) if isinstance(state, str) else state or {}


class Health(QObject):
    """The state of what the desk stands on."""

    changed = Signal()
    ended = Signal(object)
    """The server will not have this operator any more; with the rule that says why."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[Row] = []
        self.log_reading: Row | None = None
        """How far the server's log is read; only administrators are told."""
        self._paces: dict[str, Pace] = {}
        self._asking = self._again = False
        self.beside = Board()
        self._unwatch = self.beside.subscribe(self.changed.emit)
        self.fault: RuleViolation | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.look)
        self._unsubscribe = desk.changes.subscribe({Topic.CHAIN}, lambda _: self.look())

    @property
    def database_lost(self) -> bool:
        """Whether there is no connection for now; `fault` says why."""
        return self.fault is not None

    def start(self) -> None:
        """Look now and from now on."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._unsubscribe()
        self._unwatch()

    def watch(self, beside: Board) -> None:
        """Show what the board says of the parts that run beside the desktop, from now on."""
        self._unwatch()
        self.beside = beside
        self._unwatch = beside.subscribe(self.changed.emit)
        self.changed.emit()

    def look(self) -> None:
        """Ask; while an answer is awaited, once more afterwards: what it tells may be older than what was heard."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        background(self._ask(), self)

    async def _ask(self) -> None:
        try:
            self._rows = await self._desk.rows("chain_health")
            self.fault = None
            await self._ask_log()
        except RuleViolation as error:
            if error.code == "permission_denied":
                # every operator may read this: a login that may not is no operator any more, as one who was disabled in
                # the moment in which the connection was made again
                error = RuleViolation("operator_disabled", login=self._desk.session.login)
            if error.code in _ENDED:
                self.ended.emit(error)
                return
            if error.code not in LOST | PASSING:
                raise
            self.fault = error
        finally:
            self._asking = False
            if self._again:
                self._again = False
                self.look()
        for row in self._rows:
            self._paces.setdefault(row["network"], Pace()).observe(
                row["head_number"], moment(row["head_seen_at"])
            )
        self.changed.emit()

    async def _ask_log(self) -> None:
        if not self._desk.sees(Permission.OPERATOR_ADMIN):
            self.log_reading = None
            return
        with suppress(
            RuleViolation
        ):  # the permission may just have been withdrawn; a lost database says so itself
            self.log_reading = next(iter(await self._desk.rows("log_reading")), None)

    @property
    def only_looks(self) -> bool:
        """Whether every act of this login is refused, since its password was changed outside the desk."""
        return self._desk.session.password_foreign

    def seconds_per_block(self, network: str) -> float | None:
        """The pace of a network, None while it is unknown."""
        pace = self._paces.get(network)
        return pace.seconds() if pace else None

    def networks(self) -> list[NetworkHealth]:
        """Every network as of this second."""
        return [self._network(row, datetime.now(UTC)) for row in self._rows]

    def network(self, name: str) -> NetworkHealth | None:
        """One network as of this second."""
        return next((network for network in self.networks() if network.name == name), None)

    def _network(self, row: Row, now: datetime) -> NetworkHealth:
        seen, until = moment(row["head_seen_at"]), moment(row["worker_until"])
        age = max(0.0, (now - seen).total_seconds()) if seen else None
        pace = self.seconds_per_block(row["network"]) or 12.0
        leads = until is not None and until > now
        state = _decoded(row.get("worker_state")) if leads else {}
        return NetworkHealth(
            name=row["network"],
            head=row["head_number"],
            age=age,
            worker=row["worker"] if leads else None,
            silent=age is not None and age > max(QUIET_AT_LEAST, QUIET_BLOCKS * pace),
            alarm=row.get("alarm") or None,
            trouble=state.get("code") or "",
            since=moment(state.get("since")),
            usable=state.get("usable", 0),
            nodes=state.get("nodes", 0),
            needed=state.get("needed", 0),
        )
