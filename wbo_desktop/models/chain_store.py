"""The database as the worker sees it: the functions of `wbo_chain`, on one connection of the worker's role.

Every call is one round trip and one transaction. A connection that broke is opened again by the next call;
whether the broken call was done is told by the checkpoint and the versions, never guessed here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from wbo_desktop.domain.reorg import StoredBlock
from wbo_desktop.domain.types import Address
from wbo_desktop.models import chain_rows as rows
from wbo_desktop.models.connection import Server, open_connection, refusals
from wbo_desktop.secrets import Secret
from wbo_desktop.services.tracking import (
    Applied,
    Checkpoint,
    Configuration,
    Decisions,
    FoundBlock,
    Lease,
    PastTransfers,
    Rewound,
    TrackedAccount,
    Watched,
    Work,
)

LOOK_AGAIN_SECONDS = 0.5


class ChainStore:
    """The implementation of `services.tracking.TrackingStore`. Calls may come from any thread, one at a time."""

    def __init__(self, server: Server, login: str, password: Secret, application: str = "worker") -> None:
        self._server, self._login, self._password, self._application = server, login, password, application
        self._connection: psycopg.Connection[Any] | None = None
        self._one_at_a_time = threading.Lock()
        self._closing = threading.Event()
        self.round_trips = 0

    # configuration and leases

    def configuration(self) -> Configuration:
        """Networks, coins and hot wallets as they are configured now."""
        return rows.configuration(self.call("configuration"))

    def take_lease(self, network: str, holder: str, seconds: float) -> Lease | None:
        """The lease of a network for so many seconds, or None while another worker holds it."""
        epoch = self.call("take_lease", network, holder, seconds)
        return None if epoch is None else Lease(network, epoch)

    def release_lease(self, lease: Lease) -> None:
        """Gives a lease back, so that another worker may take it at once."""
        self.call("release_lease", lease.network, lease.epoch)

    def report_health(self, lease: Lease, seconds: float, health: Mapping[str, Any]) -> None:
        """Stores the worker's state as operators see it, and renews the lease."""
        self.call("report_health", lease.network, lease.epoch, seconds, Jsonb(dict(health)))

    # the chain

    def checkpoint(self, network: str) -> Checkpoint | None:
        """The checkpoint of a network; None when it was never tracked."""
        found = self.call("checkpoint", network)
        return None if found is None else rows.checkpoint(found)

    def recent_blocks(self, network: str, from_number: int, most: int) -> list[StoredBlock]:
        """Stored canonical blocks at or below a height, newest first, without gaps."""
        found: list[StoredBlock] = []
        for block in self.call("recent_blocks", network, from_number, most):
            if found and found[-1].number != block["number"] + 1:
                break  # below here are single old blocks that a TXID led to
            found.append(StoredBlock(block["number"], block["hash"], block["parent_hash"]))
        return found

    def start_tracking(self, lease: Lease, block: FoundBlock) -> None:
        """Stores a network's first block, from which it is tracked; nothing when it is tracked already."""
        self.call(
            "start_tracking",
            lease.network,
            lease.epoch,
            block.number,
            block.hash,
            block.parent_hash,
            block.mined_at,
        )

    def record_blocks(
        self,
        lease: Lease,
        seconds: float,
        expected_hash: str,
        blocks: Sequence[FoundBlock],
        head: int,
        finalized: int | None,
    ) -> Work:
        """Stores blocks (none is allowed) on top of the checkpoint; returns what has to be decided then."""
        listed = Jsonb([rows.block_json(block) for block in blocks])
        return rows.work(
            self.call(
                "record_blocks", lease.network, lease.epoch, seconds, expected_hash, listed, head, finalized
            )
        )

    def record_past_transfers(
        self, lease: Lease, blocks: Sequence[FoundBlock], addresses: Sequence[Address]
    ) -> PastTransfers:
        """Stores transfers of blocks at or below the checkpoint; returns which of `addresses` are custodial
        accounts."""
        listed = Jsonb([rows.block_json(block) for block in blocks])
        found = self.call("record_past_transfers", lease.network, lease.epoch, listed, list(addresses))
        return PastTransfers(found["stored"], rows.our_addresses(lease.network, found["accounts"]))

    def apply_decisions(self, lease: Lease, decisions: Decisions) -> Applied:
        """Moves records and wallets, each only if its version is still the one that was judged."""
        return Applied(
            **self.call("apply_decisions", lease.network, lease.epoch, Jsonb(rows.decisions_json(decisions)))
        )

    def blocks_to_report(self, network: str, most: int) -> list[tuple[int, str]]:
        """Number and hash of the blocks in which a record waits for this login's report."""
        return [(block["number"], block["hash"]) for block in self.call("blocks_to_report", network, most)]

    def report_transfers(self, network: str, blocks: Sequence[FoundBlock]) -> int:
        """Stores, in this login's name, the transfers that its nodes show in blocks; returns how many of them
        to our accounts were new."""
        return int(
            self.call("report_transfers", network, Jsonb([rows.block_json(block) for block in blocks]))
        )

    def note_contracts(self, lease: Lease, found: Mapping[Address, bool]) -> None:
        """Stores which addresses of wallets are contracts."""
        self.call("note_contracts", lease.network, lease.epoch, Jsonb(dict(found)))

    def rewind(self, lease: Lease, expected_hash: str, to_number: int) -> Rewound:
        """Undoes every block above a height, in one transaction."""
        found = self.call("rewind", lease.network, lease.epoch, expected_hash, to_number)
        return Rewound(
            depth=found["depth"],
            transfers=found["transfers"],
            waiting=tuple(found["waiting"]),
            alarmed=tuple(found["alarmed"]),
        )

    def raise_alarm(self, lease: Lease, alarm: str) -> None:
        """Stops a network until the owner clears the alarm."""
        self.call("raise_alarm", lease.network, lease.epoch, alarm)

    # balances

    def accounts_to_reconcile(self, lease: Lease, most: int) -> list[TrackedAccount]:
        """Accounts whose balance should be compared now."""
        found = self.call("accounts_to_reconcile", lease.network, lease.epoch, most)
        return [TrackedAccount(a["id"], Address(a["address"])) for a in found]

    def record_balances(self, lease: Lease, number: int, block_hash: str, balances: Mapping[int, int]) -> int:
        """Stores the balances of accounts at a block, by account id; returns how many differences are
        unexplained."""
        held = [{"id": account, "balance": str(balance)} for account, balance in balances.items()]
        return int(self.call("record_balances", lease.network, lease.epoch, number, block_hash, Jsonb(held)))

    # the audit

    def seal_audit(self, most: int) -> int:
        """Seals at most `most` log entries; returns how many it sealed."""
        return int(self.call("seal_audit", most))

    def keep_watch(self) -> Watched:
        """Copies refused attempts from the server's log into the audit log; locks logins and opens them
        again."""
        refused, _, _, behind = self.row("keep_watch")
        return Watched(refused or 0, behind or 0, collects=refused is not None)

    def end_stalled(self) -> list[dict[str, str]]:
        """Ends sessions that hold a transaction too long and returns them; waits for no lock and writes
        nothing."""
        ended: list[dict[str, str]] = self.call("end_stalled")
        return ended

    def note_ended(self, ended: Sequence[Mapping[str, str]]) -> None:
        """Writes the sessions that `end_stalled` ended into the log."""
        self.call("note_ended", Jsonb(list(ended)))

    # the connection

    def call(self, function: str, *arguments: Any) -> Any:
        """The value of one function of `wbo_chain`, in one round trip."""
        found = self._ask("SELECT wbo_chain.", function, arguments)
        return None if found is None or found[0] == "" else found[0]

    def row(self, function: str, *arguments: Any) -> tuple[Any, ...]:
        """The values of one function of `wbo_chain` that returns a row, in one round trip."""
        found = self._ask("SELECT * FROM wbo_chain.", function, arguments)
        assert found is not None
        return found

    def _ask(self, select: str, function: str, arguments: tuple[Any, ...]) -> tuple[Any, ...] | None:
        places = ", ".join(["%s"] * len(arguments))
        with self._one_at_a_time, refusals():
            connection = self._open()
            self.round_trips += 1
            try:
                return connection.execute(f"{select}{function}({places})".encode(), arguments).fetchone()
            except psycopg.OperationalError:
                self._drop()
                raise

    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            fresh = open_connection(self._server, self._login, self._password, self._application)
            fresh.execute("SET statement_timeout = '60s'")  # nothing that a worker asks takes as long
            self._connection = fresh
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def listen(self, heard: Callable[[str, int], None]) -> None:
        """Calls `heard` with topic and backend of each change until `close`, on a connection of its own; with
        an empty topic at every (re)connection, since anything may have changed meanwhile."""
        while not self._closing.is_set():
            try:
                with open_connection(self._server, self._login, self._password, self._application) as ear:
                    ear.execute("LISTEN wbo_changes")
                    heard("", 0)
                    while not self._closing.is_set():
                        for note in ear.notifies(timeout=LOOK_AGAIN_SECONDS, stop_after=1):
                            heard(note.payload, note.pid)
            except Exception as error:
                if not _is_refusal(error):
                    raise
                self._closing.wait(1.0)

    @property
    def backend(self) -> int:
        """The process id of this connection's backend, as notifications name it; 0 without a connection."""
        connection = self._connection
        return 0 if connection is None or connection.closed else connection.info.backend_pid

    def close(self) -> None:
        """Ends the connections, after a call that is under way."""
        self._closing.set()
        with self._one_at_a_time:
            self._drop()


def _is_refusal(error: Exception) -> bool:
    from wbo_desktop.domain.errors import RuleViolation

    return isinstance(error, RuleViolation | psycopg.Error)
