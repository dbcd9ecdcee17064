"""The simulated day of the broker's clients: deposits at random, one in four with a mistake.

A refusal of the desk is an answer, as it would be to a real client; any other failure ends `live`, whose
caller supervises it.
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wbo_demo.clients import DECIMALS, Clients
from wbo_demo.second import NETWORK as SECOND
from wbo_demo.world import NETWORK, DemoClient, Ledger, World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import to_base_units

log = logging.getLogger("wbo.demo")

EVERY_SECONDS = 9.0
"""The mean seconds between two deeds."""

ANSWERS = frozenset({"txid_already_attached", "status_forbids", "deposit_disabled", "no_custodial_account"})
"""The refusals that a client meets on an ordinary day: another payment was taken for theirs, an operator was
faster."""


@dataclass(frozen=True)
class Wish:
    """A deposit that a client wants to make: `amount` in units of the coin."""

    client: DemoClient
    network: str
    coin: str
    amount: Decimal


_USUAL = {
    (NETWORK, "USDT"): (50, Decimal(20), Decimal(5000)),
    (NETWORK, "ETH"): (20, Decimal("0.05"), Decimal(2)),
    (NETWORK, "DAI"): (10, Decimal(20), Decimal(5000)),
    (SECOND, "USDC"): (12, Decimal(20), Decimal(3000)),
    (SECOND, "POL"): (8, Decimal(20), Decimal(4000)),
}
"""The weight of each coin, and the range of its amounts."""


@dataclass
class Life:
    """A simulation of clients.

    Attributes:
        counts: how many deeds of each kind were done, and how often each refusal came.
        answers: the number of refusals.
    """

    world: World
    dice: random.Random = field(default_factory=random.Random)
    counts: Counter[str] = field(default_factory=Counter)
    answers: int = 0

    def __post_init__(self) -> None:
        self.clients = Clients(self.world)

    async def live(self, every_seconds: float = EVERY_SECONDS) -> None:
        """Does deeds until cancelled; they overlap, since a client takes a moment between asking and paying.
        Raises every failure that is no refusal of the desk."""
        try:
            async with asyncio.TaskGroup() as deeds:
                while True:
                    await asyncio.sleep(self.dice.uniform(0.5, 1.5) * every_seconds)
                    deeds.create_task(self.deed(), name="a client's deed")
        except ExceptionGroup as several:
            raise several.exceptions[0] from several

    async def deed(self) -> None:
        """Does one deed of a random kind."""
        wish = self.wish()
        (kind,) = self.dice.choices(list(_DEEDS), [weight for _, weight in _DEEDS.values()])
        deed, _ = _DEEDS[kind]
        self.counts[kind] += 1
        await self.answered(deed(self, wish))

    def wish(self) -> Wish:
        """A random wish, on a network of this world."""
        usual = {where: what for where, what in _USUAL.items() if where[0] == NETWORK or self.world.second}
        ((network, coin),) = self.dice.choices(list(usual), [weight for weight, _, _ in usual.values()])
        _, low, high = usual[network, coin]
        amount = (low + (high - low) * Decimal(self.dice.random() ** 2)).quantize(Decimal("0.01"))
        client = self.dice.choice([*self.world.clients, *self.world.crowd])
        return Wish(client, network, coin, amount)

    def ask(self, wish: Wish, txid: str | None = None) -> str:
        """Submits the application of a wish. Returns its serial number."""
        made = self.clients.submit(wish.client, wish.coin, wish.amount, txid=txid, network=wish.network)
        return made.external_serial

    def pay(self, wish: Wish, part: Decimal = Decimal(1)) -> str:
        """Pays a wish, or a part of it. Returns the TXID."""
        amount = (wish.amount * part).quantize(Decimal("0.000001"))
        ledger = self.world.ledger(wish.network)
        ledger.provide(wish.client.wallet, wish.coin, to_base_units(amount, DECIMALS[wish.coin]))
        return self.clients.pay(wish.client, wish.coin, amount, network=wish.network)

    def pay_on(self, other: Ledger, wish: Wish) -> str:
        """Pays a wish in the coin of the same name on another network, to the same address. Returns the TXID
        there."""
        base = to_base_units(wish.amount, DECIMALS[wish.coin])
        other.provide(wish.client.wallet, wish.coin, base)
        return other.pay(wish.client.wallet, self.clients.account(wish.client, NETWORK), wish.coin, base)

    async def answered(self, deed: Deed) -> str | None:
        """Does the steps of a deed with pauses between them. Returns the code of the refusal that ended it,
        else None."""
        try:
            for step in deed:
                await asyncio.to_thread(step)
                await asyncio.sleep(self.dice.uniform(0.5, 2.0))
        except RuleViolation as refused:
            if refused.code not in ANSWERS:
                raise
            log.info("the desk answered a client: %s", refused)
            self.counts[refused.code] += 1
            self.answers += 1
            return refused.code
        return None


Deed = list[Callable[[], object]]


def asks_and_pays(life: Life, wish: Wish) -> Deed:
    """The ordinary deed: an application, the payment, then its TXID."""
    told: dict[str, str] = {}

    def ask() -> None:
        told["serial"] = life.ask(wish)

    def pay() -> None:
        told["txid"] = life.pay(wish)

    return [ask, pay, lambda: life.clients.attach(told["serial"], told["txid"])]


def names_a_txid_of_nothing(life: Life, wish: Wish) -> Deed:
    """An application with a TXID that is on no network."""
    return [lambda: life.ask(wish, "0x" + secrets.token_hex(32))]


def pays_less(life: Life, wish: Wish) -> Deed:
    """An application and a payment of four fifths of it."""
    return [lambda: life.ask(wish, life.pay(wish, Decimal("0.8")))]


def pays_without_asking(life: Life, wish: Wish) -> Deed:
    """A payment without an application."""
    return [lambda: life.pay(wish)]


def asks_and_forgets(life: Life, wish: Wish) -> Deed:
    """An application without a payment."""
    return [lambda: life.ask(wish)]


def pays_on_the_wrong_network(life: Life, wish: Wish) -> Deed:
    """An application for USDT on Ethereum and a payment on the second network, where the desk does not list
    it."""
    other = life.world.second
    if other is None:
        return asks_and_pays(life, wish)
    meant = replace(wish, network=NETWORK, coin="USDT")
    return [lambda: life.ask(meant, life.pay_on(other, meant))]


_DEEDS: dict[str, tuple[Callable[[Life, Wish], Deed], int]] = {
    "asks_and_pays": (asks_and_pays, 30),
    "names_a_txid_of_nothing": (names_a_txid_of_nothing, 2),
    "pays_less": (pays_less, 3),
    "pays_without_asking": (pays_without_asking, 2),
    "asks_and_forgets": (asks_and_forgets, 2),
    "pays_on_the_wrong_network": (pays_on_the_wrong_network, 1),
}
