"""Many sessions press "execute" for the same refunds at the same moment; the sender pays what came of it."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import psycopg
from psycopg import sql

from tests.support.refunds import approve, assert_sums_agree, credit_each, payments
from tests.support.sending import sending_desk
from wbo_demo.world import World

SECONDS = 120.0


@dataclass
class Clicks:
    """What came of the clicks: how each request ended, and how often each refund was executed and paid."""

    requests: int = 0
    executed: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    refunds: int = 0
    nonces: list[int] = field(default_factory=list)

    @property
    def duplicates(self) -> int:
        """Transfers too many."""
        return sum(times - 1 for times in self.paid.values())

    @property
    def has_gap(self) -> bool:
        """Whether a nonce was left out, or used for two."""
        return sorted(self.nonces) != list(range(min(self.nonces), min(self.nonces) + len(self.nonces)))


def click(world: World, refunds: list[str], sessions: int, clicks: Clicks) -> None:
    """Each session is opened anew, as step-up demands, and executes every refund, in an order of its own."""
    ready, lock = threading.Barrier(sessions), threading.Lock()
    with world.connect("superuser") as root:  # one login in more sessions than a desk needs
        login = sql.Identifier(world.logins["maker"].login)
        root.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT 100").format(login))

    def operator(number: int) -> None:
        mine = random.Random(number).sample(refunds, len(refunds))
        with world.connect("maker") as session:
            versions = dict(session.execute("SELECT refund_no, version FROM wbo.refund").fetchall())
            ready.wait(SECONDS)
            for refund in mine:
                try:
                    session.execute("SELECT wbo.execute_refund(%s, %s)", (refund, versions[refund]))
                    outcome = ""
                except psycopg.Error as refused:
                    outcome = refused.diag.message_primary or type(refused).__name__
                with lock:
                    clicks.requests += 1
                    if outcome:
                        clicks.refusals[outcome] += 1
                    else:
                        clicks.executed[refund] += 1

    threads = [threading.Thread(target=operator, args=(n,), daemon=True) for n in range(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)


async def campaign(world: World, folder: Path, sessions: int, count: int) -> Clicks:
    """`sessions` operators execute the same `count` refunds; then they are paid."""
    clicks = Clicks(refunds=count)
    async with sending_desk(world, folder) as desk:
        await desk.step()
        amounts = [1_000_000 + n for n in range(count)]
        numbers = approve(world, credit_each(world, "USDT", amounts))
        click(world, numbers, sessions, clicks)
        deadline = monotonic() + SECONDS
        while desk.one("SELECT count(*) AS n FROM wbo.refund WHERE status <> 'confirmed'")["n"]:
            assert monotonic() < deadline, "they were not all paid"
            await desk.step()
            desk.settle()
        of_amount = dict(zip(amounts, numbers, strict=True))
        for paid in payments(desk.chain, world.hot_wallet.address, desk.first_block + 1):
            clicks.paid[of_amount[paid.amount]] += 1
            clicks.nonces.append(paid.nonce)
        assert_sums_agree(world, desk.first_block + 1)
    return clicks
