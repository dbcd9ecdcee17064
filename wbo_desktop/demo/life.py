"""The ordinary day of the made-up broker's clients: somebody deposits, and one time in four something is odd about it.

What the desk refuses is an answer, as it would be to a real client; anything else that fails ends `live`, whose caller
supervises it.
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from wbo_desktop.demo.clients import DECIMALS, Clients
from wbo_desktop.demo.world import DemoClient, World
from wbo_desktop.domain.errors import RuleViolation

log = logging.getLogger("wbo.demo")

ANSWERS = frozenset({"txid_already_attached", "status_forbids", "deposit_disabled", "no_custodial_account"})
"""Refusals that a client meets on an ordinary day: another payment was taken for theirs, an operator was faster."""

_USUAL = {
    "ETH": (Decimal("0.05"), Decimal(2)),
    "USDT": (Decimal(20), Decimal(5000)),
    "DAI": (Decimal(20), Decimal(5000)),
}


@dataclass
class Life:
    """Deeds at random. `counts` says how many of each kind were done, and which answers came."""

    world: World
    dice: random.Random = field(default_factory=random.Random)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.clients = Clients(self.world)

    async def live(self, every_seconds: float = 9.0) -> None:
        """Go on until cancelled; deeds overlap, for a client takes a moment between asking and paying.

        Raises whatever failed that is not an answer of the desk.
        """
        try:
            async with asyncio.TaskGroup() as deeds:
                while True:
                    await asyncio.sleep(self.dice.uniform(0.5, 1.5) * every_seconds)
                    deeds.create_task(self.deed(), name="a client's deed")
        except ExceptionGroup as several:
            raise several.exceptions[0] from several

    async def deed(self) -> None:
        """One client does one thing."""
        client = self.dice.choice(self.world.clients)
        coin = self.dice.choice(list(DECIMALS))
        low, high = _USUAL[coin]
        amount = (low + (high - low) * Decimal(self.dice.random())).quantize(Decimal("0.01"))
        (kind,) = self.dice.choices(list(_DEEDS), [weight for _, weight in _DEEDS.values()])
        deed, _ = _DEEDS[kind]
        self.counts[kind] += 1
        await self.answered(deed(self, client, coin, amount))

    async def answered(self, deed: Deed) -> str | None:
        """Do the steps of a deed with pauses between them; the code of the refusal that ended it, if one did."""
        try:
            for step in deed:
                await asyncio.to_thread(step)
                await asyncio.sleep(self.dice.uniform(0.5, 2.0))
        except RuleViolation as refused:
            if refused.code not in ANSWERS:
                raise
            log.info("the desk answered a client: %s", refused)
            self.counts[refused.code] += 1
            return refused.code
        return None


Deed = list[Callable[[], object]]


def asks_and_pays(life: Life, client: DemoClient, coin: str, amount: Decimal) -> Deed:
    """The ordinary case: a request, the payment, and its TXID told afterwards."""
    told: dict[str, str] = {}

    def ask() -> None:
        told["serial"] = life.clients.submit(client, coin, amount).external_serial

    def pay() -> None:
        told["txid"] = life.clients.pay(client, coin, amount)

    return [ask, pay, lambda: life.clients.attach(told["serial"], told["txid"])]


def names_a_txid_of_nothing(life: Life, client: DemoClient, coin: str, amount: Decimal) -> Deed:
    """A TXID that no network knows."""
    return [lambda: life.clients.submit(client, coin, amount, txid="0x" + secrets.token_hex(32))]


def pays_less(life: Life, client: DemoClient, coin: str, amount: Decimal) -> Deed:
    """A fifth less than asked for."""
    return [
        lambda: life.clients.submit(
            client, coin, amount, txid=life.clients.pay(client, coin, amount * Decimal("0.8"))
        )
    ]


def pays_without_asking(life: Life, client: DemoClient, coin: str, amount: Decimal) -> Deed:
    """A transfer that belongs to no request."""
    return [lambda: life.clients.pay(client, coin, amount)]


def asks_and_forgets(life: Life, client: DemoClient, coin: str, amount: Decimal) -> Deed:
    """A request that is never paid."""
    return [lambda: life.clients.submit(client, coin, amount)]


_DEEDS: dict[str, tuple[Callable[[Life, DemoClient, str, Decimal], Deed], int]] = {
    "asks_and_pays": (asks_and_pays, 30),
    "names_a_txid_of_nothing": (names_a_txid_of_nothing, 3),
    "pays_less": (pays_less, 3),
    "pays_without_asking": (pays_without_asking, 2),
    "asks_and_forgets": (asks_and_forgets, 2),
}
