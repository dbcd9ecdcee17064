"""A desk at work while stolen logins try to stop it: how long each part stands still, and how long disabling takes.

The worker's loops are the real ones (`services.watching`); the chain is made of blocks in memory. Colleagues, the client
side and an administrator whose logins were not stolen go on with their work, on the very things that are attacked too.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from time import monotonic
from typing import Any

import psycopg
from psycopg import sql

from tests.security.scene import USDT, Scene, set_up
from tests.support.simulated_chain import new_hash
from tests.support.stalling_ways import Thief, Way
from wbo_demo.world import OPERATORS, DemoClient, Login, World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import administration
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.secrets import Secret
from wbo_desktop.services.watching import Watching

EVERY = 0.4
"""Seconds between two beats of each part."""


@dataclass
class Standstill:
    """What one attack came to: seconds that each part stood still at most, and that disabling its logins took."""

    ways: tuple[str, ...]
    longest: dict[str, float] = field(default_factory=dict)
    disabling: float = 0.0
    sessions: int = 0

    @property
    def worst(self) -> float:
        """Of all parts."""
        return max(self.longest.values(), default=0.0)


class Beat:
    """A part of the desk that does a little work again and again."""

    def __init__(self, name: str, work: Callable[[], bool]) -> None:
        self.name, self._work = name, work
        self._last = monotonic()
        self._longest = 0.0
        self._over = threading.Event()
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                done = self._work()
            except (RuleViolation, psycopg.Error) as error:
                self.error, done = error, False
            if done:
                self._longest = max(self._longest, monotonic() - self._last)
                self._last = monotonic()
            self._over.wait(EVERY)

    def begin(self) -> None:
        """Measure from now on."""
        self._longest, self._last = 0.0, monotonic()

    def longest(self) -> float:
        """The longest time without success since `begin`, also one that lasts."""
        return max(self._longest, monotonic() - self._last)

    def stop(self) -> None:
        """No more work."""
        self._over.set()

    def join(self) -> None:
        """Wait until it is over."""
        self._thread.join(90)


class RealWatch:
    """The worker's own loops, on a thread."""

    def __init__(self, world: World) -> None:
        who = world.logins["worker"]
        self._stores: list[ChainStore] = []

        def open_store(what: str) -> ChainStore:
            self._stores.append(ChainStore(world.server, who.login, who.password, what))
            return self._stores[-1]

        self._over = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(open_store)), daemon=True)
        self._thread.start()

    async def _run(self, open_store: Callable[[str], ChainStore]) -> None:
        watching = Watching(open_store)
        tasks = list(watching.start(lambda error: None))
        await asyncio.to_thread(self._over.wait)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        watching.shutdown()

    def stop(self) -> None:
        """End the loops and their connections."""
        self._over.set()
        self._thread.join(90)
        for store in self._stores:
            store.close()


class Desk:
    """The attacked desk: the parts that beat, and who may be stolen."""

    def __init__(self, world: World, watch: Callable[[World], Any] = RealWatch) -> None:
        self.world = world
        self.scene: Scene = set_up(world)
        self._numbers = itertools.count(1)
        self._block = threading.Lock()
        """Held while a block is stored and decided on."""
        self._open: dict[tuple[str, str], psycopg.Connection[Any]] = {}
        self._announced: list[str] = []
        self._seen: dict[str, Any] = {}
        for name, permissions in (
            ("colleague", frozenset(Permission) - {Permission.OPERATOR_ADMIN}),
            ("second", frozenset({Permission.OPERATOR_ADMIN})),
        ):
            self.operator(permissions, name)
        with world.connect("superuser") as root:
            who = Login("second_client_side", Secret(secrets.token_urlsafe(18)))
            administration.make_login(root, who.login, who.password, administration.INTAKE)
            world.logins["client side"] = who
        self._fresh()
        self._watch = watch(world)
        self.beats = [
            Beat("checkpoint", self._track),
            Beat("crediting", self._is_credited),
            Beat("sealing", self._is_sealed),
            Beat("client side", self._submit),
            Beat("colleague", self._add_wallet),
            Beat("contested record", self._contest),
            Beat("administrator", self._administer),
        ]

    # ------------------------------------------------------- attacks

    def attack(self, ways: Iterable[Way], seconds: float, held_first: bool = False) -> Standstill:
        """These ways at once, each with a stolen login of its own; then the logins are disabled.

        Args:
            held_first: the next block comes when something is held already, so that what it decides on is.
        """
        ways = tuple(ways)
        with self._block if held_first else nullcontext():
            self._fresh()
            stolen = [self._steal(way.who) for way in ways]
            for beat in self.beats:
                beat.begin()
            thieves = [
                Thief(self.world.server, who, way, self.scene.names)
                for who, way in zip(stolen, ways, strict=True)
            ]
            if held_first:
                self._until_held(stolen)
        threading.Event().wait(seconds)
        found = Standstill(tuple(way.name for way in ways))
        for who, way in zip(stolen, ways, strict=True):
            if way.who != "intake":
                found.disabling = max(found.disabling, self._disable(who.login))
        found.longest = {beat.name: beat.longest() for beat in self.beats}
        for thief in thieves:
            thief.stop()
        self._end(stolen)
        for thief in thieves:
            thief.join(30)
        found.sessions = sum(thief.begun for thief in thieves)
        return found

    def _until_held(self, stolen: list[Login], patience: float = 30.0) -> None:
        """Wait until one of them has written, was not refused, and does nothing more."""
        until = monotonic() + patience
        held = "SELECT FROM pg_stat_activity WHERE usename = ANY (%s)"
        held += " AND backend_xid IS NOT NULL AND state = 'idle in transaction'"
        with self.world.connect("superuser") as root:
            while root.execute(held.encode(), ([who.login for who in stolen],)).fetchone() is None:
                assert monotonic() < until, "nothing was held"
                threading.Event().wait(0.02)

    def _steal(self, kind: str) -> Login:
        """A new login of this kind."""
        if kind == "intake":
            who = Login(f"stolen_{next(self._numbers)}", Secret(secrets.token_urlsafe(18)))
            with self.world.connect("superuser") as root:
                administration.make_login(root, who.login, who.password, administration.INTAKE)
            return who
        return self.operator(OPERATORS[kind][1])

    def operator(self, permissions: Iterable[Permission], name: str | None = None) -> Login:
        """An operator made by the owner."""
        who = Login(name or f"stolen_{next(self._numbers)}", Secret(secrets.token_urlsafe(18)))
        with self.world.connect("owner") as owner:
            administration.make_first_operator(
                owner, who.login, who.password, who.login, permissions, one_time=False
            )
        self.world.logins[who.login] = who
        return who

    def _disable(self, login: str) -> float:
        """Seconds until the administrator's act succeeded, tried again as a person would."""
        began = monotonic()
        while monotonic() - began < 60:
            try:
                with self.world.connect("second") as admin:
                    admin.execute("SELECT wbo.disable_operator(%s, 'stolen')", (login,))
            except (RuleViolation, psycopg.Error) as error:
                if isinstance(error, psycopg.Error) and str(error.diag.message_primary) == "status_forbids":
                    break
                continue
            break
        return monotonic() - began

    def _end(self, stolen: list[Login]) -> None:
        """The client side's too, which no operator's act disables."""
        with self.world.connect("superuser") as root:
            for who in stolen:
                ended = "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = %s"
                root.execute(ended.encode(), (who.login,))
                root.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(who.login)))
                root.execute(ended.encode(), (who.login,))

    # ------------------------------------------------------- the parts

    def _session(self, who: str) -> psycopg.Connection[Any]:
        """Each part has sessions of its own."""
        key = who, threading.current_thread().name
        open_one = self._open.get(key)
        if open_one is None or open_one.closed:
            open_one = self._open[key] = self.world.connect(who)
        return open_one

    def _do(self, who: str, statement: str, *values: object) -> Any:
        found = self._session(who).execute(statement.encode(), values).fetchone()
        return found[0] if found else None

    def _fresh(self) -> None:
        """Records that can be fought over, waiting for their transfers."""
        client = self.world.clients[0]
        serial = f"S-{secrets.token_hex(5)}"
        names = self.scene.names
        names["waiting"] = self._apply(serial, client)
        names |= {
            "serial": serial,
            "account": client.securities_account,
            "source": client.wallet.address,
            "target": client.custodial,
            "colleague": "colleague",
        }

    def _apply(self, serial: str, client: DemoClient, txid: str | None = None) -> str:
        return str(
            self._do(
                "client side",
                "SELECT record_no FROM wbo.submit_deposit_application(%s, %s, 'USDT', 'Ethereum', %s, %s, %s, %s)",
                serial,
                client.securities_account,
                Decimal(5),
                client.wallet.address,
                client.custodial,
                txid,
            )
        )

    def _submit(self) -> bool:
        """An application, whose transfer comes with the next block."""
        txid = new_hash()
        self._apply(f"B-{secrets.token_hex(6)}", self.world.clients[1], txid)
        self._announced.append(txid)
        return True

    def _track(self) -> bool:
        """A block with what was announced, stored and decided on: the checkpoint has moved."""
        with self._block:
            self._next_block()
        return True

    def _next_block(self) -> None:
        chain, client = self.scene.chain, self.world.clients[1]
        sent = self._announced[:20]
        transfers = [
            chain.transfer("USDT", client.wallet.address, client.custodial, 5 * USDT, txid) for txid in sent
        ]
        block = chain.next_block(*transfers)
        work = chain.store.record_blocks(chain.lease, 300, chain.blocks[-1].hash, [block], block.number, None)
        chain.blocks.append(block)
        del self._announced[: len(sent)]
        decisions = chain.decisions(work)
        if decisions:
            chain.store.apply_decisions(chain.lease, decisions)

    def _moved(self, what: str, query: str) -> bool:
        """Whether a figure has changed since the last look."""
        found = self._do("superuser", query)
        before, self._seen[what] = self._seen.get(what), found
        return bool(found != before)

    def _is_credited(self) -> bool:
        return self._moved("credited", "SELECT count(*) FROM wbo_data.deposit WHERE status = 'success'")

    def _is_sealed(self) -> bool:
        """The parts leave entries all the time, so that there is always something to seal."""
        return self._moved("sealed", "SELECT position FROM wbo_data.audit_horizon")

    def _add_wallet(self) -> bool:
        address = "0x" + secrets.token_hex(20)
        number = self._do(
            "colleague",
            "SELECT wbo.add_wallet(%s, 'Ethereum', %s, 'x')",
            self.scene.names["client2"],
            address,
        )
        return number is not None

    def _contest(self) -> bool:
        """An act on the record that is fought over; that it is over by now counts too."""
        record = self.scene.names["waiting"]
        with suppress(KeyError):
            try:
                self._do(
                    "colleague",
                    "SELECT wbo.recheck_deposit(%s, (SELECT version FROM wbo.deposit_record WHERE record_no = %s))",
                    record,
                    record,
                )
            except psycopg.errors.DatabaseError as refused:
                return (refused.sqlstate or "").startswith("WB")
        return True

    def _administer(self) -> bool:
        self._do("second", "SELECT count(*) FROM wbo.operator")
        try:
            self._do("second", "SELECT wbo.revoke_permission('colleague', 'sys.operator_admin')")
        except psycopg.errors.DatabaseError as refused:
            return (refused.sqlstate or "").startswith("WB")
        return True

    def close(self) -> None:
        """End everything."""
        for beat in self.beats:
            beat.stop()
        with ExitStack() as ends:
            ends.callback(self.scene.chain.close)
            ends.callback(self._watch.stop)
            for beat in self.beats:
                ends.callback(beat.join)
            for session in self._open.values():
                ends.callback(session.close)
