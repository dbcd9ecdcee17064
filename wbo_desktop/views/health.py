"""The state of database, networks and worker, read every few seconds; the header and the banner show it.

The time between blocks is measured here too, from which the end of confirmations is estimated.
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
from wbo_desktop.models.tables import ChainHealth, LogReading
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.supervision import Board
from wbo_desktop.views.format import moment
from wbo_desktop.views.operation import background

INTERVAL = 5_000
"""Milliseconds between two readings of the state; a notification of a new block comes sooner."""

QUIET_BLOCKS = 10
"""The number of usual block times without a block after which a network counts as silent."""

QUIET_AT_LEAST = 60.0

_ENDED = frozenset(
    {
        "session_expired",
        "operator_disabled",
        "not_an_operator",
        "login_failed",
        "login_not_permitted",
        "database_outdated",
        "database_foreign",
    }
)


class Pace:
    """The measured time between blocks of one network, from the heads that were seen."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, datetime]] = deque(maxlen=40)

    def observe(self, number: int | None, at: datetime | None) -> None:
        """Adds a head and the time at which it was seen; a lower head discards those before."""
        if number is None or at is None:
            return
        if self._seen and number < self._seen[-1][0]:
            self._seen.clear()
        if not self._seen or number > self._seen[-1][0]:
            self._seen.append((number, at))

    def seconds(self) -> float | None:
        """The mean seconds per block; None until two heads were seen."""
        if len(self._seen) < 2:
            return None
        (first, began), (last, ended) = self._seen[0], self._seen[-1]
        return max(0.1, (ended - began).total_seconds() / (last - first))


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """The state of one network at one moment.

    Attributes:
        age: seconds since the last block was seen; None when none ever was.
        worker: the login of the worker that leads; None when none does.
        silent: blocks were seen, but none for long.
        trouble: a code of `domain.network_health`; empty when the leading worker can do all of its work.
        since: when the trouble began.
        usable, nodes, needed: nodes that answer, of how many, and how many have to agree.
    """

    name: str
    head: int | None
    age: float | None
    worker: str | None
    silent: bool
    alarm: str | None
    trouble: str = ""
    since: datetime | None = None
    usable: int = 0
    nodes: int = 0
    needed: int = 0

    @property
    def never_seen(self) -> bool:
        """Whether no block of it was ever seen."""
        return self.head is None


def _decoded(state: Any) -> Mapping[str, Any]:
    """The worker's state as a mapping, whether the driver decoded its JSON or not."""
    return json.loads(state) if isinstance(state, str) else state or {}


class Health(QObject):
    """The state of the database, the networks and the parts beside the desktop, kept up to date by
    polling."""

    changed = Signal()
    ended = Signal(object)
    """The server refuses this login from now on; carries the `RuleViolation`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[ChainHealth] = []
        self.log_reading: LogReading | None = None
        """The row of `log_reading`; None for operators who are no administrators."""
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
        """Whether there is no connection to the database now; `fault` says why."""
        return self.fault is not None

    def start(self) -> None:
        """Reads the state now and every `INTERVAL` milliseconds."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Ends the reading and the subscriptions."""
        self._timer.stop()
        self._unsubscribe()
        self._unwatch()

    def watch(self, beside: Board) -> None:
        """Shows the troubles of this board, in place of the last one's."""
        self._unwatch()
        self.beside = beside
        self._unwatch = beside.subscribe(self.changed.emit)
        self.changed.emit()

    def look(self) -> None:
        """Reads the state. During a reading it is read once more afterwards, since the answer may be older
        than the call."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        background(self._ask(), self)

    async def _ask(self) -> None:
        try:
            self._rows = await self._desk.rows(ChainHealth)
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
            self._paces.setdefault(row.network, Pace()).observe(row.head_number, moment(row.head_seen_at))
        self.changed.emit()

    async def _ask_log(self) -> None:
        if not self._desk.sees(Permission.OPERATOR_ADMIN):
            self.log_reading = None
            return
        with suppress(
            RuleViolation
        ):  # the permission may just have been withdrawn; a lost database says so itself
            self.log_reading = next(iter(await self._desk.rows(LogReading)), None)

    @property
    def only_looks(self) -> bool:
        """Whether every act of this login is refused, since its password was changed outside the desk."""
        return self._desk.session.password_foreign

    def seconds_per_block(self, network: str) -> float | None:
        """The measured seconds per block of a network; None while unknown."""
        pace = self._paces.get(network)
        return pace.seconds() if pace else None

    def networks(self) -> list[NetworkHealth]:
        """The state of every network at this second."""
        return [self._network(row, datetime.now(UTC)) for row in self._rows]

    def network(self, name: str) -> NetworkHealth | None:
        """The state of one network at this second; None for an unknown name."""
        return next((network for network in self.networks() if network.name == name), None)

    def _network(self, row: ChainHealth, now: datetime) -> NetworkHealth:
        seen, until = moment(row.head_seen_at), moment(row.worker_until)
        age = max(0.0, (now - seen).total_seconds()) if seen else None
        pace = self.seconds_per_block(row.network) or 12.0
        leads = until is not None and until > now
        state = _decoded(row.worker_state) if leads else {}
        return NetworkHealth(
            name=row.network,
            head=row.head_number,
            age=age,
            worker=row.worker if leads else None,
            silent=age is not None and age > max(QUIET_AT_LEAST, QUIET_BLOCKS * pace),
            alarm=row.alarm or None,
            trouble=state.get("code") or "",
            since=moment(state.get("since")),
            usable=state.get("usable", 0),
            nodes=state.get("nodes", 0),
            needed=state.get("needed", 0),
        )
