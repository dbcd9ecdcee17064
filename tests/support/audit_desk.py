"""Operators, the intake and a worker who act at random, each on sessions of their own, until told to stop.

They bear a server that dies under them. What was answered as done is remembered: it must be there afterwards.
"""

from __future__ import annotations

import random
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.support.fuzz_ledger import Ledger, Payment, new_hash
from wbo_demo.world import NETWORK, World
from wbo_desktop.domain.errors import RuleViolation

SECONDS = 60.0


@dataclass
class Deeds:
    """What was done: acts by name, serials whose submission was answered, acts that were refused."""

    done: Counter[str] = field(default_factory=Counter)
    submitted: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    broken: int = 0


class Desk:
    """One person's (or program's) session and dice."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.dice, self.deeds = world, random.Random(seed), Deeds()
        self._sessions: dict[str, psycopg.Connection[Any]] = {}
        self._ledger = Ledger(NETWORK)

    def session(self, name: str) -> psycopg.Connection[Any]:
        """The session of a login, opened when there is none."""
        if name not in self._sessions or self._sessions[name].closed:
            self._sessions[name] = self.world.connect(name)
        return self._sessions[name]

    def close(self) -> None:
        """End the sessions."""
        for one in self._sessions.values():
            one.close()
        self._sessions.clear()

    def act(self, among: tuple[Callable[[Desk], None], ...]) -> None:
        """One act; a refusal is as good as any other answer."""
        chosen = self.dice.choice(among)
        try:
            chosen(self)
            self.deeds.done[chosen.__name__] += 1
        except psycopg.Error as error:
            if error.sqlstate is None or error.sqlstate.startswith(("08", "57P")):
                raise
            self.deeds.refused[error.diag.message_primary or ""] += 1

    def until(self, stop: threading.Event, among: tuple[Callable[[Desk], None], ...]) -> None:
        """Act until told to stop, through every crash of the server."""
        while not stop.is_set():
            try:
                self.act(among)
            except (psycopg.OperationalError, RuleViolation):
                self.deeds.broken += 1
                self.close()
                stop.wait(0.02)
        self.close()

    def pick(self, view: str, where: str) -> tuple[Any, ...] | None:
        """A row that an act may be tried on, as maker sees it."""
        rows = self.session("maker").execute(f"SELECT * FROM wbo.{view} WHERE {where} LIMIT 30".encode())
        names = [c.name for c in rows.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in rows]
        if not found:
            return None
        one = self.dice.choice(found)
        return tuple(
            one.get(k) for k in ("record_no", "refund_no", "wallet_id", "external_serial", "version")
        )


def submit(desk: Desk) -> None:
    """A client's request; its serial is remembered once it was answered."""
    client = desk.dice.choice(desk.world.clients)
    serial = f"S-{secrets.token_hex(8)}"
    desk.session("intake").execute(
        "SELECT wbo.submit_deposit_application(%s, %s, 'ETH', %s, %s, %s, %s)",
        (serial, client.securities_account, NETWORK, 1 + desk.dice.randrange(9), client.wallet.address,
         client.custodial if desk.dice.random() < 0.8 else client.wallet.address),
    )  # fmt: skip
    desk.deeds.submitted.add(serial)


def attach(desk: Desk) -> None:
    """The TXID told later."""
    if found := desk.pick("deposit_record", "txid IS NULL AND status IN ('pending_auth', 'abnormal')"):
        desk.session("intake").execute("SELECT wbo.attach_txid(%s, %s)", (found[3], new_hash()))


def revoke(desk: Desk) -> None:
    """撤銷."""
    if found := desk.pick("deposit_record", "status = 'pending_auth'"):
        desk.session("maker").execute("SELECT wbo.revoke_deposit(%s, 'not wanted', %s)", (found[0], found[4]))


def delete(desk: Desk) -> None:
    """刪除."""
    if found := desk.pick("deposit_record", "status = 'abnormal'"):
        desk.session("maker").execute("SELECT wbo.delete_application(%s, 'a mistake')", (found[3],))


def recheck(desk: Desk) -> None:
    """重新核對."""
    if found := desk.pick("deposit_record", "status = 'abnormal'"):
        desk.session("maker").execute("SELECT wbo.recheck_deposit(%s, %s)", (found[0], found[4]))


def add_wallet(desk: Desk) -> None:
    """A wallet, its verification begun, and half of them deleted again."""
    client = desk.dice.choice(desk.world.clients)
    maker = desk.session("maker")
    address = "0x" + secrets.token_hex(20)
    row = maker.execute(
        "SELECT wbo.add_wallet(%s, %s, %s, 'new')", (client.client_no, NETWORK, address)
    ).fetchone()
    assert row is not None
    maker.execute("SELECT wbo.begin_message_signature(%s, 1)", row)
    if desk.dice.random() < 0.5:
        maker.execute("SELECT wbo.delete_wallet(%s, 'never used', 3)", row)


def half_an_act(desk: Desk) -> None:
    """A change that is taken back: nothing of it may stay."""
    client = desk.dice.choice(desk.world.clients)
    maker = desk.session("maker")
    with maker.transaction(force_rollback=True):
        maker.execute(
            "SELECT wbo.add_wallet(%s, %s, %s, 'rolled back')",
            (client.client_no, NETWORK, "0x" + secrets.token_hex(20)),
        )


def track(desk: Desk) -> None:
    """A block that pays a request which waits for it, credited three blocks later; and what is due of the seals."""
    worker, ledger = desk.session("worker"), desk._ledger
    row = worker.execute("SELECT wbo_chain.checkpoint(%s)", (NETWORK,)).fetchone()
    assert row is not None
    if row[0] is None or ledger.epoch == 0:
        ledger.begin(worker)
    elif row[0]["hash"] != ledger.head.hash:
        ledger.blocks.append(ledger.next_block())  # stored, but the answer was lost
        ledger.blocks[-1] = type(ledger.head)(row[0]["number"], row[0]["hash"], ledger.head.parent_hash)
    payments = []
    client = desk.dice.choice(desk.world.clients[:3])
    if found := desk.pick("deposit_record", f"status = 'pending_auth' AND client_no = '{client.client_no}'"):
        amount = _claimed(desk, found[0])
        payments = [Payment(new_hash(), 0, None, client.wallet.address, client.custodial, amount)]
    work = ledger.store(worker, ledger.next_block(payments))
    _judge(worker, ledger, work)
    worker.execute("SELECT wbo_chain.seal_audit(500)")


def _claimed(desk: Desk, record: str) -> int:
    row = (
        desk.session("maker")
        .execute(
            "SELECT (claimed_amount * 10 ^ 18::numeric)::numeric(78, 0) FROM wbo.deposit_record WHERE record_no = %s",
            (record,),
        )
        .fetchone()
    )
    assert row is not None
    return int(row[0])


def _judge(worker: psycopg.Connection[Any], ledger: Ledger, work: dict[str, Any]) -> None:
    free = {t["id"]: t for record in work["records"] for t in record["transfers"] if t["used_by"] is None}
    records = []
    for record in work["records"]:
        same = [i for i, t in free.items() if t["amount"] == record["claimed"]]
        mine = next((i for i in same if free[i]["recipient"] == record["target_address"]), None)
        free.pop(mine, None)
        records.append(
            {"record_no": record["record_no"], "version": record["version"], "ticket": record["ticket"]}
            | ({"status": "processing", "transfer_id": mine} if mine else {"status": None})
            | {"check_again_seconds": None}
        )
    credits_due = [
        {"record_no": d["record_no"], "version": d["version"], "agreed": True} for d in work["due"]
    ]
    ledger.decide(worker, records=records, credits=credits_due)


def refund(desk: Desk) -> None:
    """A refund asked for; then approved by another, rejected, or cancelled."""
    found = desk.pick("deposit_record", "status = 'success'")
    if found is None:
        return
    maker = desk.session("maker")
    row = maker.execute(
        "SELECT wbo.request_refund(%s, (SELECT source_address FROM wbo.deposit_record WHERE record_no = %s),"
        " 0.5, 'a part', 'client asked')", (found[0], found[0]),
    ).fetchone()  # fmt: skip
    assert row is not None
    if desk.dice.random() < 0.5:
        desk.session("checker").execute("SELECT wbo.reject_refund(%s, 'no')", row)
    else:
        maker.execute("SELECT wbo.cancel_refund(%s, 'not any more')", row)


OPERATORS = (submit, submit, attach, revoke, delete, recheck, add_wallet, half_an_act, refund)
WORKER = (track,)


def crowd(
    world: World, stop: threading.Event, people: int, seed: int
) -> tuple[list[threading.Thread], list[Desk]]:
    """Operators in threads of their own, and one worker; all begun."""
    desks = [Desk(world, seed + n) for n in range(people + 1)]
    threads = [
        threading.Thread(target=desk.until, args=(stop, WORKER if n == 0 else OPERATORS), daemon=True)
        for n, desk in enumerate(desks)
    ]
    for thread in threads:
        thread.start()
    return threads, desks
